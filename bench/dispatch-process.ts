import { createServer } from "node:http";
import { type Dispatcher, Pool } from "undici";
import { passTo } from "./pass";
import { serveParent } from "./serve-parent";

/** The least that a Node relay can be: undici's `dispatch`, which the portal uses as well. */
const upstream = new Pool(process.argv[2] ?? "", { pipelining: 1 });

const server = createServer((req, res) => {
  const { host: _, connection: __, ...headers } = req.headers;
  const path = req.url ?? "/";
  const method = (req.method ?? "GET") as Dispatcher.HttpMethod;
  upstream.dispatch({ path, method, headers, body: req }, passTo(req, res));
});
serveParent(server);
