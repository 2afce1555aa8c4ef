import type { IncomingMessage, ServerResponse } from "node:http";
import type { UpstreamState } from "./exchange";
import type { FaultRule } from "./faults";
import { readBody } from "./read-body";

/** What `POST /__faults` takes. Done in this order. */
export interface FaultOrder {
  clear?: boolean;
  seed?: number;
  rules?: FaultRule[];
  /** Refuses connections for so long, then listens again on the same port. */
  refuseForMs?: number;
}

/** Things that only the server itself can do. */
interface AdminHooks {
  refuseConnections(forMs: number): void;
}

/**
 * The fake's own endpoints, for tests that run it as a process of its own: `/__book` (GET, DELETE),
 * `/__requests` (GET, DELETE), `/__bodies` (GET, texts of the latest bodies) and `/__faults` (GET, POST a `FaultOrder`, DELETE).
 */
export async function playAdmin(
  request: IncomingMessage,
  response: ServerResponse,
  state: UpstreamState,
  hooks: AdminHooks,
): Promise<void> {
  const body = await readBody(request, null);
  if (body === null) return;
  const { pathname } = new URL(request.url ?? "/", "http://127.0.0.1");
  const handle = ENDPOINTS[`${request.method} ${pathname}`];
  if (handle === undefined) {
    response.writeHead(404).end();
    return;
  }
  const answer = handle(state, body, hooks);
  response.writeHead(200, { "content-type": "application/json" });
  response.end(JSON.stringify(answer));
}

type Endpoint = (state: UpstreamState, body: Buffer, hooks: AdminHooks) => unknown;

const ENDPOINTS: Readonly<Record<string, Endpoint>> = {
  "GET /__book": ({ book }) => ({ entries: book.entries(), totals: book.totals() }),
  "DELETE /__book": ({ book }) => done(() => book.clear()),
  "GET /__requests": ({ requests }) => requests.all().map(({ body: _, ...rest }) => rest),
  "GET /__bodies": ({ requests }) =>
    requests.all().map(({ target, body }) => ({ target, body: body?.toString("utf8") ?? null })),
  "DELETE /__requests": ({ requests }) => done(() => requests.clear()),
  "GET /__faults": ({ faults }) => faults.rules(),
  "POST /__faults": (state, body, hooks) => done(() => order(state, body, hooks)),
  "DELETE /__faults": ({ faults }) => done(() => faults.clear()),
};

function order({ faults }: UpstreamState, body: Buffer, hooks: AdminHooks): void {
  // Only tests speak to this endpoint, and they send this type.
  const asked = JSON.parse(body.toString("utf8")) as FaultOrder;
  if (asked.clear === true) faults.clear();
  if (asked.seed !== undefined) faults.seed(asked.seed);
  faults.add(...(asked.rules ?? []));
  if (asked.refuseForMs !== undefined) hooks.refuseConnections(asked.refuseForMs);
}

function done(act: () => void): { ok: true } {
  act();
  return { ok: true };
}
