import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { type Dispatcher, Pool } from "undici";

/** The least that a Node relay can be: node:http in front, undici behind, bytes in between. */
const upstream = new Pool(process.argv[2] ?? "", { pipelining: 1 });

const server = createServer((req, res) => {
  const { host: _, connection: __, ...headers } = req.headers;
  const path = req.url ?? "/";
  const method = (req.method ?? "GET") as Dispatcher.HttpMethod;
  upstream.dispatch({ path, method, headers, body: req }, handlerOf(req, res));
});
server.listen(0, "127.0.0.1", () => process.send?.((server.address() as AddressInfo).port));
process.on("disconnect", () => process.exit(0));

function handlerOf(req: IncomingMessage, res: ServerResponse): Dispatcher.DispatchHandler {
  return {
    onRequestStart(controller) {
      res.on("close", () => {
        if (!res.writableEnded) controller.abort(new Error("The caller left."));
      });
      res.on("drain", () => controller.resume());
    },
    onResponseStart(_, status, headers) {
      const { connection: __, "transfer-encoding": ___, "keep-alive": ____, ...rest } = headers;
      res.writeHead(status, rest);
    },
    onResponseData(controller, chunk) {
      if (!res.write(chunk)) controller.pause();
    },
    onResponseEnd: () => void res.end(),
    onResponseError: () => void req.socket.destroy(),
  };
}
