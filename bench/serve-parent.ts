import type { AddressInfo, Server } from "node:net";

/** Listens on a free port, tells the parent process which one, and ends with it; see `startChild`. */
export function serveParent(server: Server): void {
  server.listen(0, "127.0.0.1", () => process.send?.((server.address() as AddressInfo).port));
  process.on("disconnect", () => process.exit(0));
}
