import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  request,
  type ServerResponse,
} from "node:http";
import type { AddressInfo } from "node:net";
import type { Transform } from "node:stream";

/** A call to a provider's own backend, read whole. */
export interface BackendCall {
  method: string;
  url: URL;
  headers: IncomingHttpHeaders;
  body: Buffer;
}

/** What a backend does with a call: answers it, or hands it to the fake of the public API behind it. */
export type BackendReply = Answered | Passed;

interface Answered {
  status: number;
  answer: object;
  headers?: Readonly<Record<string, string>>;
}

interface Passed {
  path: string;
  /** Replace the call's own of those names. */
  headers?: Readonly<Record<string, string>>;
  body?: Buffer;
  /** Changes a successful answer's bytes. */
  through?: { type: string; change: Transform };
}

/** A provider's own backend on loopback, in front of a fake of a public API. */
export async function startBackend(
  behind: { port: number },
  serve: (call: BackendCall) => BackendReply,
) {
  const server = createServer((req, res) => {
    callOf(req)
      .then((call) => reply(behind, call, serve(call), res))
      .catch(() => res.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    hostPort: `127.0.0.1:${port}`,
    close(): Promise<void> {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

async function callOf(req: IncomingMessage): Promise<BackendCall> {
  const parts: Buffer[] = [];
  for await (const part of req) parts.push(Buffer.from(part));
  const url = new URL(req.url ?? "/", "http://backend.test");
  return { method: req.method ?? "GET", url, headers: req.headers, body: Buffer.concat(parts) };
}

function reply(
  behind: { port: number },
  call: BackendCall,
  given: BackendReply,
  res: ServerResponse,
): void {
  if ("path" in given) {
    passOn(behind, call, given, res);
    return;
  }
  const { status, answer, headers } = given;
  res.writeHead(status, { "content-type": "application/json; charset=UTF-8", ...headers });
  res.end(JSON.stringify(answer));
}

/** Headers of the call itself, and what would be wrong for another body. */
const OWN_HEADERS = ["host", "authorization", "content-length", "transfer-encoding"];

function passOn(
  { port }: { port: number },
  call: BackendCall,
  { path, headers, body = call.body, through }: Passed,
  res: ServerResponse,
): void {
  const kept = Object.entries(call.headers).filter(([name]) => !OWN_HEADERS.includes(name));
  const sent = { ...Object.fromEntries(kept), ...headers, "content-length": String(body.length) };
  const target = { host: "127.0.0.1", port, path, method: call.method, headers: sent };
  const inner = request(target, (answer) => {
    const status = answer.statusCode ?? 502;
    const isChanged = through !== undefined && status < 300;
    const { "content-length": _, ...changed } = answer.headers;
    res.writeHead(
      status,
      isChanged ? { ...changed, "content-type": through.type } : answer.headers,
    );
    // A fake that cuts its answer must look cut from here, too.
    answer.on("error", () => res.destroy());
    through?.change.on("error", () => res.destroy());
    (isChanged ? answer.pipe(through.change) : answer).pipe(res);
  });
  inner.on("error", () => res.destroy());
  res.on("close", () => inner.destroy());
  inner.end(body);
}
