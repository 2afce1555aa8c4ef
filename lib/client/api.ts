import { Problem } from "../contracts/common";

/** A refused or failed call of the portal's API, with everything that a form or page can show. */
export class ApiError extends Error {
  override readonly name = "ApiError";
  constructor(readonly problem: Problem) {
    super(problem.detail);
  }

  get code(): string {
    return this.problem.code;
  }

  /** Wrong fields: path to sentence; empty when it is not about fields. */
  get fields(): Readonly<Record<string, string>> {
    return this.problem.fields ?? {};
  }
}

type QueryValue = string | number | boolean | null | undefined;

/** GETs JSON of the portal's own API. Throws ApiError; `network` is its code when nothing answered. */
export async function getJson<T>(
  path: string,
  query: Readonly<Record<string, QueryValue>> = {},
  signal?: AbortSignal,
): Promise<T> {
  const response = await request(path + queryText(query), { method: "GET", signal });
  return trusted<T>(await response.json());
}

/** Sends JSON and answers the reply's JSON; undefined for an empty reply. Throws ApiError. */
export async function sendJson<T>(
  method: "POST" | "PATCH" | "DELETE",
  path: string,
  body: unknown = {},
  signal?: AbortSignal,
): Promise<T> {
  const response = await sendForResponse(method, path, body, signal);
  return trusted<T>(response.status === 204 ? undefined : await response.json());
}

/** Like `sendJson`, but hands out the response, whose body may be a stream. Throws ApiError. */
export async function sendForResponse(
  method: "POST" | "PATCH" | "DELETE",
  path: string,
  body: unknown,
  signal?: AbortSignal,
): Promise<Response> {
  return request(path, {
    method,
    body: JSON.stringify(body),
    headers: { "content-type": "application/json" },
    signal,
  });
}

/** Path piece that is safe whatever an id looks like. */
export function piece(id: string): string {
  return encodeURIComponent(id);
}

async function request(path: string, init: RequestInit): Promise<Response> {
  const response = await fetch(path, { credentials: "same-origin", ...init }).catch((cause) => {
    if (init.signal?.aborted) throw cause;
    throw networkFailure();
  });
  if (!response.ok) throw new ApiError(await readProblem(response));
  return response;
}

async function readProblem(response: Response): Promise<Problem> {
  const parsed = Problem.safeParse(await response.json().catch(() => null));
  if (parsed.success) return parsed.data;
  return {
    type: "about:blank",
    title: "Unexpected answer",
    status: response.status,
    code: response.status === 429 ? "limit_reached" : "internal",
    detail: "The portal gave an answer that this page does not understand.",
  };
}

function networkFailure(): ApiError {
  return new ApiError({
    type: "about:blank",
    title: "No connection",
    status: 0,
    code: "network",
    detail: "The portal could not be reached.",
  });
}

/** Our own API answers by its contract, which its tests check: parsing again here would only cost bytes. */
function trusted<T>(json: unknown): T {
  return json as T;
}

function queryText(query: Readonly<Record<string, QueryValue>>): string {
  const given = Object.entries(query).filter(([, value]) => value !== undefined && value !== null);
  if (given.length === 0) return "";
  return `?${new URLSearchParams(given.map(([name, value]) => [name, String(value)]))}`;
}
