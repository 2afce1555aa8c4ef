import { once } from "node:events";
import { connect } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";

/** Waits until a program that was just started takes connections. */
export async function untilOpen(name: string, port: number, readyMs: number): Promise<void> {
  for (const deadline = Date.now() + readyMs; Date.now() < deadline; await sleep(50)) {
    const socket = connect(port, "127.0.0.1");
    const open = await once(socket, "connect").then(
      () => true,
      () => false,
    );
    socket.destroy();
    if (open) return;
  }
  throw new Error(`${name} did not listen in time.`);
}
