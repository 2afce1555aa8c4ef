import { connect } from "node:net";
import { Failure } from "./failure.mjs";

const TIMEOUT_MS = 5_000;
const DEFAULT_PORTS = { "postgres:": 5432, "postgresql:": 5432, "redis:": 6379, "rediss:": 6379 };

/** Where a server's address points to. */
export function endpoint(url) {
  const { hostname, port, protocol } = new URL(url);
  return {
    host: hostname.replace(/^\[|\]$/g, "") || "localhost",
    port: Number(port) || DEFAULT_PORTS[protocol],
  };
}

/**
 * Whether the servers that were given by address can be reached, so that a typing mistake shows
 * before the long steps.
 * @param {Record<string, string | null>} given variable name to address; null was not given
 * @throws {Failure} naming the variable, never the address with its password
 */
export async function checkReachable(given) {
  for (const [name, url] of Object.entries(given)) {
    if (url === null) continue;
    const { host, port } = endpoint(url);
    const problem = await connectProblem(host, port);
    if (problem === null) continue;
    throw new Failure(
      `The server of ${name} cannot be reached: ${host}:${port} (${problem}).`,
      `Start that server or correct ${name}; without ${name} the portal runs its own.`,
    );
  }
}

function connectProblem(host, port) {
  return new Promise((resolve) => {
    const socket = connect({ host, port });
    const finish = (problem) => {
      socket.destroy();
      resolve(problem);
    };
    socket.setTimeout(TIMEOUT_MS, () => finish("no answer"));
    socket.once("connect", () => finish(null));
    socket.once("error", (error) => finish(error.code ?? error.message));
  });
}
