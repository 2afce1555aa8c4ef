import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { type Dispatcher, Pool } from "undici";
import { passedHeaders } from "./pass";
import { serveParent } from "./serve-parent";

/**
 * A bare relay as one writes it: node:http in front, undici's `request` behind, the answer's chunks in
 * between. The goals are judged beside this one; `dispatch-process.ts` is leaner, and in the report as
 * well.
 */
const upstream = new Pool(process.argv[2] ?? "", { pipelining: 1 });

async function relay(req: IncomingMessage, res: ServerResponse): Promise<void> {
  const { host: _, connection: __, ...headers } = req.headers;
  const left = new AbortController();
  res.once("close", () => {
    if (!res.writableEnded) left.abort();
  });
  const answer = await upstream.request({
    path: req.url ?? "/",
    method: (req.method ?? "GET") as Dispatcher.HttpMethod,
    headers,
    body: req,
    signal: left.signal,
  });
  res.writeHead(answer.statusCode, passedHeaders(answer.headers));
  for await (const chunk of answer.body) {
    if (!res.write(chunk)) await once(res, "drain", { signal: left.signal });
  }
  res.end();
}

const server = createServer((req, res) => {
  // The caller may be gone, and its connection with it.
  relay(req, res).catch(() => req.socket?.destroy());
});
serveParent(server);
