import { createServer as createHttp } from "node:http";
import { type AddressInfo, connect, createServer, type Server, type Socket } from "node:net";

export interface TestProxy {
  hostPort: string;
  /** Places that ways were opened to. */
  ways: string[];
  close(): Promise<void>;
}

interface LogIn {
  user: string;
  password: string;
}

/** A proxy on loopback that opens a way by CONNECT, with Basic authentication where a log-in is given. */
export async function startHttpProxy(logIn?: LogIn): Promise<TestProxy> {
  const server = createHttp((_, res) => res.writeHead(405).end());
  const ways: string[] = [];
  const wanted =
    logIn && `Basic ${Buffer.from(`${logIn.user}:${logIn.password}`).toString("base64")}`;
  server.on("connect", (req, client: Socket) => {
    client.on("error", () => {});
    if (wanted && req.headers["proxy-authorization"] !== wanted) {
      client.end("HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n");
      return;
    }
    const place = req.url ?? "";
    ways.push(place);
    const colon = place.lastIndexOf(":");
    join(client, place.slice(0, colon), Number(place.slice(colon + 1)), {
      opened: () => client.write("HTTP/1.1 200 Connection established\r\n\r\n"),
      failed: () => client.end("HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n"),
    });
  });
  return listening(server, ways);
}

const VERSION = 5;
const NO_LOG_IN = 0;
const BY_PASSWORD = 2;
const NONE_FITS = 0xff;
const IPV4 = 1;
const NAME = 3;

/** A SOCKS 5 proxy on loopback, with user name and password where a log-in is given. */
export async function startSocksProxy(logIn?: LogIn): Promise<TestProxy> {
  const ways: string[] = [];
  const server = createServer((client) => {
    client.on("error", () => {});
    serveSocks(client, ways, logIn).catch(() => client.destroy());
  });
  return listening(server, ways);
}

async function serveSocks(client: Socket, ways: string[], logIn: LogIn | undefined) {
  const greeting = await nextChunk(client);
  const method = logIn ? BY_PASSWORD : NO_LOG_IN;
  const offered = greeting.subarray(2, 2 + (greeting[1] ?? 0));
  if (!offered.includes(method)) return void client.end(Buffer.from([VERSION, NONE_FITS]));
  client.write(Buffer.from([VERSION, method]));
  if (logIn && !(await isLogIn(client, logIn))) return void client.end(Buffer.from([1, 1]));
  if (logIn) client.write(Buffer.from([1, 0]));
  const { host, port } = placeOf(await nextChunk(client));
  ways.push(`${host}:${port}`);
  const reply = (code: number) => Buffer.from([VERSION, code, 0, IPV4, 0, 0, 0, 0, 0, 0]);
  join(client, host, port, {
    opened: () => client.write(reply(0)),
    failed: () => client.end(reply(5)),
  });
}

async function isLogIn(client: Socket, { user, password }: LogIn): Promise<boolean> {
  const given = await nextChunk(client);
  const userEnd = 2 + (given[1] ?? 0);
  const givenUser = given.subarray(2, userEnd).toString("utf8");
  return givenUser === user && given.subarray(userEnd + 1).toString("utf8") === password;
}

function placeOf(request: Buffer): { host: string; port: number } {
  const isName = request[3] === NAME;
  const end = isName ? 5 + (request[4] ?? 0) : 8;
  const host = isName
    ? request.subarray(5, end).toString("utf8")
    : [...request.subarray(4, 8)].join(".");
  return { host, port: request.readUInt16BE(end) };
}

function nextChunk(client: Socket): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    client.once("data", resolve);
    client.once("close", () => reject(new Error("closed")));
  });
}

function join(
  client: Socket,
  host: string,
  port: number,
  { opened, failed }: { opened: () => void; failed: () => void },
): void {
  const upstream = connect({ host, port });
  upstream.once("error", failed);
  upstream.once("connect", () => {
    upstream.off("error", failed).on("error", () => client.destroy());
    opened();
    client.pipe(upstream).pipe(client);
  });
  client.on("close", () => upstream.destroy());
}

async function listening(server: Server, ways: string[]): Promise<TestProxy> {
  const sockets = new Set<Socket>();
  server.on("connection", (socket) => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    hostPort: `127.0.0.1:${port}`,
    ways,
    close() {
      for (const socket of sockets) socket.destroy();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}
