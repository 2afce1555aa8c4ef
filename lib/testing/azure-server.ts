import { type BackendCall, type BackendReply, startBackend } from "./backend";
import { FAKE_OPENAI_KEY } from "./upstream/keys";

const KEY = "fake-azure-key-for-tests-only-0123456789";
const DEPLOYMENTS: Readonly<Record<string, string>> = {
  "prod-chat": "gpt-5.5",
  "text-embedding-3-small": "text-embedding-3-small",
};
const CLASSIC = /^\/openai\/deployments\/([^/]+)(\/chat\/completions|\/embeddings)$/;
const UNDATED = /^\/openai\/v1(\/chat\/completions|\/responses|\/embeddings)$/;

/**
 * A resource of Azure OpenAI on loopback: its own key, deployments instead of models, dated paths beside the
 * undated ones; what is asked is handed to a fake of OpenAI.
 */
export async function startAzureServer(behind: { port: number }) {
  const dates: string[] = [];
  const backend = await startBackend(behind, (call) => serve(call, dates));
  return { ...backend, key: KEY, /** Versions that were asked for, in order. */ dates };
}

function serve({ url, headers, body: bytes }: BackendCall, dates: string[]): BackendReply {
  if (headers["api-key"] !== KEY) {
    return refused(401, "401", "Access denied due to invalid subscription key or wrong endpoint.");
  }
  const { path, deployment } = placeOf(url);
  if (path === undefined) return refused(404, "404", "Resource not found");
  const date = url.searchParams.get("api-version");
  if (date !== null) dates.push(date);
  const body = JSON.parse(bytes.toString("utf8"));
  const model = DEPLOYMENTS[deployment ?? body.model];
  if (model === undefined) {
    const message = "The API deployment for this resource does not exist.";
    return refused(404, "DeploymentNotFound", message);
  }
  return {
    path: `/v1${path}`,
    headers: { authorization: `Bearer ${FAKE_OPENAI_KEY}` },
    body: Buffer.from(JSON.stringify({ ...body, model })),
  };
}

/** Dated paths want a date, the others none. */
function placeOf({ pathname, searchParams }: URL): {
  path?: string | undefined;
  deployment?: string | undefined;
} {
  if (!searchParams.has("api-version")) return { path: UNDATED.exec(pathname)?.[1] };
  if (pathname === "/openai/responses") return { path: "/responses" };
  const [, deployment, path] = CLASSIC.exec(pathname) ?? [];
  return { path, deployment };
}

function refused(status: number, code: string, message: string): BackendReply {
  return { status, answer: { error: { code, message } } };
}
