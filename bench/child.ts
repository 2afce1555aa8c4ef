import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";

/** A helper process that listens on a port of its own and ends with this one. */
export interface Child {
  pid: number;
  port: number;
  /** Sends an order and waits for the answer to it. */
  ask(order: object): Promise<void>;
  stop(): Promise<void>;
}

/** Forks a file of this folder; its first message is the port that it listens on. */
export async function startChild(file: string, args: readonly string[] = []): Promise<Child> {
  const child = fork(new URL(file, import.meta.url), [...args], {
    stdio: ["ignore", "inherit", "inherit", "ipc"],
  });
  const [port] = await firstOf(child, "message");
  return {
    pid: child.pid ?? -1,
    port: Number(port),
    async ask(order) {
      const answered = firstOf(child, "message");
      child.send(order);
      await answered;
    },
    async stop() {
      const ended = once(child, "exit");
      child.disconnect();
      await ended;
    },
  };
}

async function firstOf(child: ChildProcess, event: string): Promise<unknown[]> {
  const stop = new AbortController();
  const { signal } = stop;
  const died = once(child, "exit", { signal }).then(([code]) => {
    throw new Error(`${child.spawnargs.at(-1)} ended with ${code}.`);
  });
  try {
    return await Promise.race([once(child, event, { signal }), died]);
  } finally {
    died.catch(() => {});
    stop.abort();
  }
}
