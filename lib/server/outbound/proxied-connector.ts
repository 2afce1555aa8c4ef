import type { Socket } from "node:net";
import { SocksClient, type SocksClientError } from "socks";
import { buildConnector, Client } from "undici";
import { AppError } from "../../shared/errors";

/** Reading the proxy's answer to CONNECT; its socket has its own limit. */
const MAX_HEAD_BYTES = 16 * 1024;

/** A way to one place through a proxy: a socket that reaches it, before any TLS of the place's own. */
type Tunnel = (target: { host: string; port: number }) => Promise<Socket>;

/**
 * Connects to an origin through an account's proxy. The proxy itself is called by `connect`, that is through
 * the guard. The place behind it is judged by its name only, before: what the proxy's own look-up answers for
 * a name cannot be seen from here, nor does it lead into this portal's network.
 */
export function proxiedConnector(
  proxy: URL,
  connect: buildConnector.connector,
  port: number,
  timeoutMs: number,
): buildConnector.connector {
  const open = tunnelOf(proxy, connect, timeoutMs);
  // Over a socket that is open already this only adds TLS where the origin wants it.
  const secured = buildConnector({ timeout: timeoutMs, port });
  return (options, callback) => {
    open({ host: options.hostname, port }).then(
      (socket) =>
        options.protocol === "https:"
          ? secured({ ...options, httpSocket: socket }, callback)
          : callback(null, socket),
      (thrown) => callback(thrown instanceof Error ? thrown : broken(UNREACHABLE), null),
    );
  };
}

function tunnelOf(proxy: URL, connect: buildConnector.connector, timeoutMs: number): Tunnel {
  return proxy.protocol === "socks5:"
    ? socksTunnel(proxy, connect, timeoutMs)
    : connectTunnel(proxy, connect);
}

/** @see https://www.rfc-editor.org/rfc/rfc9110#name-connect */
function connectTunnel(proxy: URL, connect: buildConnector.connector): Tunnel {
  return async ({ host, port }) => {
    const place = `${host.includes(":") && !host.startsWith("[") ? `[${host}]` : host}:${port}`;
    const client = new Client(proxy.origin, { connect, maxHeaderSize: MAX_HEAD_BYTES });
    const headers = { host: place, ...logInHeader(proxy) };
    const { statusCode, socket } = await client
      .connect({ path: place, headers })
      .catch((cause: unknown) => {
        throw cause instanceof AppError ? cause : broken(UNREACHABLE, cause);
      });
    if (statusCode === 200) return socket as Socket;
    socket.on("error", () => {}).destroy();
    if (statusCode === 407) throw broken(REFUSED_LOG_IN);
    throw broken(`The account's proxy opens no way to the upstream (status ${statusCode}).`);
  };
}

function logInHeader({ username, password }: URL): Record<string, string> {
  if (username === "") return {};
  const logIn = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  return { "proxy-authorization": `Basic ${Buffer.from(logIn).toString("base64")}` };
}

/** Names are looked up by the proxy. @see https://www.rfc-editor.org/rfc/rfc1928 */
function socksTunnel(proxy: URL, connect: buildConnector.connector, timeout: number): Tunnel {
  const { hostname, username, password } = proxy;
  const port = Number(proxy.port || 1080);
  return async (target) => {
    const existing = await opened(connect, { hostname, port: String(port) });
    const logIn = username && {
      userId: decodeURIComponent(username),
      password: decodeURIComponent(password),
    };
    try {
      const { socket } = await SocksClient.createConnection({
        command: "connect",
        proxy: { host: hostname, port, type: 5, ...logIn },
        destination: { host: unbracketed(target.host), port: target.port },
        existing_socket: existing,
        timeout,
      });
      return socket;
    } catch (thrown) {
      existing.destroy();
      throw socksFailure(thrown as SocksClientError | Error);
    }
  };
}

function opened(
  connect: buildConnector.connector,
  { hostname, port }: { hostname: string; port: string },
): Promise<Socket> {
  return new Promise((resolve, reject) => {
    connect({ hostname, port, protocol: "http:" }, (error, socket) => {
      if (socket) resolve(socket);
      else reject(error instanceof AppError ? error : broken(UNREACHABLE, error));
    });
  });
}

/** The library's error carries the log-in: only its words go on. */
function socksFailure({ message }: Error): AppError {
  if (/authentication/i.test(message)) return broken(REFUSED_LOG_IN, new Error(message));
  return broken("The account's proxy opens no way to the upstream.", new Error(message));
}

const unbracketed = (host: string) => host.replace(/^\[(.*)\]$/, "$1");
const UNREACHABLE = "The account's proxy cannot be reached.";
const REFUSED_LOG_IN = "The account's proxy refuses its user name and password.";

function broken(message: string, cause?: unknown): AppError {
  return new AppError("upstream_broken", message, {}, cause);
}
