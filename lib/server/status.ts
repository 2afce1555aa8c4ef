import type { IncomingMessage, ServerResponse } from "node:http";
import { getContainer } from "./container";
import { declarePolicy } from "./http/route";
import { mayReadMetrics } from "./metrics";

interface Answer {
  status: number;
  contentType: string;
  body: string;
}

/** Path → what answers there, by the caller's authorization header. */
const ANSWERS: Readonly<Record<string, (authorization: string | null) => Promise<Answer>>> = {
  "/api/health/live": async () => json(getContainer().health.live()),
  "/api/health/ready": async () => json(await getContainer().health.ready()),
  "/api/metrics": metrics,
};

export const liveHandler = webHandler("/api/health/live");
export const readyHandler = webHandler("/api/health/ready");
export const metricsHandler = webHandler("/api/metrics");

/**
 * Answers health and metrics on the server itself, so that they work while Next does not.
 * @returns false when the request asks for neither
 */
export function serveStatus(req: IncomingMessage, res: ServerResponse, path: string): boolean {
  const answer = ANSWERS[path];
  if (!answer || (req.method !== "GET" && req.method !== "HEAD")) return false;
  answer(req.headers.authorization ?? null).then(
    ({ status, contentType, body }) => {
      res.writeHead(status, { "content-type": contentType, "cache-control": "no-store" });
      res.end(body);
    },
    () => res.writeHead(500).end(),
  );
  return true;
}

function webHandler(path: string) {
  return declarePolicy("anyone", async (request: Request) => {
    const answer = await ANSWERS[path]?.(request.headers.get("authorization"));
    return new Response(answer?.body, {
      status: answer?.status,
      headers: { "content-type": answer?.contentType ?? "", "cache-control": "no-store" },
    });
  });
}

function json({ status, body }: { status: number; body: unknown }): Answer {
  return { status, contentType: "application/json", body: JSON.stringify(body) };
}

async function metrics(authorization: string | null): Promise<Answer> {
  const { env, metrics } = getContainer();
  // Without a token the path does not exist, so that its being there tells nothing.
  if (!mayReadMetrics(env.metricsToken, authorization)) {
    return { status: 404, contentType: "text/plain; charset=utf-8", body: "Not found\n" };
  }
  return { status: 200, ...(await metrics.text()) };
}
