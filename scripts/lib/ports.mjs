import { createServer } from "node:net";

/** Whether this process could listen there. Resolves with the error's code, or null when free. */
export function portProblem(port, host = "127.0.0.1") {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", (error) => resolve(error.code ?? "UNKNOWN"));
    server.listen({ port, host, exclusive: true }, () => server.close(() => resolve(null)));
  });
}

/** A port that nobody uses on loopback: the preferred one when it is free. */
export async function freePort(preferred = 0) {
  if (preferred > 0 && (await portProblem(preferred)) === null) return preferred;
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen({ port: 0, host: "127.0.0.1" }, () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}
