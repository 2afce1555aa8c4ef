import type { AddressInfo } from "node:net";
import { connect, createServer, type Socket } from "node:net";

export interface TcpProxy {
  /** The given address with the proxy's host and port in place of its own. */
  address: string;
  /** Bytes that went towards the server so far. */
  sentBytes(): number;
  /** Holds every answer back by so long from now on: round trips become visible. */
  delayAnswers(ms: number): void;
  /** Breaks every connection and refuses further ones, until `mend`. */
  cut(): void;
  mend(): void;
  stop(): Promise<void>;
}

/** A TCP proxy in front of the server that an address (postgresql://…, redis://…) names. */
export async function startProxy(address: string): Promise<TcpProxy> {
  const target = new URL(address);
  const sockets = new Set<Socket>();
  let sent = 0;
  let delayMs = 0;
  let isCut = false;
  const server = createServer((client) => {
    if (isCut) {
      client.resetAndDestroy();
      return;
    }
    const upstream = connect(Number(target.port), target.hostname);
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      socket.setNoDelay(true).on("error", () => {});
      socket.on("close", () => sockets.delete(socket));
    }
    client.on("data", (chunk) => {
      sent += chunk.length;
      upstream.write(chunk);
    });
    upstream.on("data", (chunk) => {
      if (delayMs === 0) client.write(chunk);
      else setTimeout(() => client.write(chunk), delayMs);
    });
    client.on("close", () => upstream.destroy());
    upstream.on("close", () => client.destroy());
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const through = new URL(address);
  through.host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  // A socket named beside the port would lead past the proxy.
  through.searchParams.delete("path");
  return {
    address: through.toString(),
    sentBytes: () => sent,
    delayAnswers(ms) {
      delayMs = ms;
    },
    cut() {
      isCut = true;
      for (const socket of sockets) socket.resetAndDestroy();
    },
    mend() {
      isCut = false;
    },
    async stop() {
      for (const socket of sockets) socket.destroy();
      await new Promise((done) => server.close(done));
    },
  };
}
