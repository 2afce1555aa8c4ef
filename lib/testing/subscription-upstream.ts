import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  request,
  type ServerResponse,
} from "node:http";
import type { AddressInfo } from "node:net";
import type { OAuthServer } from "./oauth-server";
import { FAKE_ANTHROPIC_KEY, FAKE_OPENAI_KEY } from "./upstream/keys";

/** Paths of subscriptions' own backends, and those of the public API that stands behind them here. */
const BEHIND: readonly (readonly [own: RegExp, path: string])[] = [
  [/^\/codex\/responses/, "/v1/responses"],
  [/^\/a\/v1\/messages/, "/v1/messages"],
  [/^\/o\/v1\/responses/, "/v1/responses"],
  [/^\/o\/v1\/chat\/completions/, "/v1/chat/completions"],
];
const USAGE: Readonly<Record<string, object>> = {
  "/api/oauth/usage": {
    five_hour: { utilization: 12, resets_at: "2030-01-01T05:00:00Z" },
    seven_day: { utilization: 34, resets_at: "2030-01-07T00:00:00Z" },
  },
  "/wham/usage": { plan_type: "plus", rate_limit: { primary_window: { used_percent: 12 } } },
  "/api/oauth/profile": { account: { email: "owner@example.org" } },
};

/**
 * The backend of a subscription: takes only access tokens that are live at the sign-in service, and hands
 * what they ask to a fake of the provider's public API.
 */
export async function startSubscriptionUpstream(
  oauth: Pick<OAuthServer, "isLive">,
  behind: { port: number },
) {
  let refused = 0;
  const server = createServer((req, res) => {
    const token = /^Bearer (.*)$/.exec(req.headers.authorization ?? "")?.[1] ?? "";
    if (!oauth.isLive(token)) {
      refused++;
      const error = { type: "authentication_error", message: "OAuth token has expired." };
      return answer(req, res, 401, { type: "error", error });
    }
    const url = new URL(req.url ?? "/", "http://backend.test");
    const told = USAGE[url.pathname];
    if (told) return answer(req, res, 200, told);
    passOn(req, res, behind.port, publicPath(url));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    hostPort: `127.0.0.1:${port}`,
    /** Calls with a token that was not live. */
    refused: () => refused,
    close(): Promise<void> {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

function publicPath({ pathname, search }: URL): string {
  const [own, path] = BEHIND.find(([form]) => form.test(pathname)) ?? [];
  return `${own && path ? pathname.replace(own, path) : pathname}${search}`;
}

function passOn(req: IncomingMessage, res: ServerResponse, port: number, path: string): void {
  const { method } = req;
  const target = {
    host: "127.0.0.1",
    port,
    path,
    method,
    headers: publicHeaders(req.headers, path),
  };
  const inner = request(target, (reply) => {
    res.writeHead(reply.statusCode ?? 502, reply.headers);
    reply.pipe(res);
  });
  inner.on("error", () => res.destroy());
  res.on("close", () => inner.destroy());
  req.pipe(inner);
}

/** The same with a key of the public API in place of the token. */
function publicHeaders(headers: IncomingHttpHeaders, path: string): IncomingHttpHeaders {
  const { authorization: _, host: __, ...rest } = headers;
  return path.startsWith("/v1/messages")
    ? { ...rest, "x-api-key": FAKE_ANTHROPIC_KEY }
    : { ...rest, authorization: `Bearer ${FAKE_OPENAI_KEY}` };
}

function answer(req: IncomingMessage, res: ServerResponse, status: number, body: object): void {
  req.resume();
  res.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
}
