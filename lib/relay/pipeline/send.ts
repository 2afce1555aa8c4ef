import { AppError } from "../../shared/errors";
import { perName } from "../../shared/per-name";
import { perObject } from "../../shared/per-object";
import { BETA_HEADER, withoutBetas } from "../capabilities/betas";
import type { Removal } from "../capabilities/removal";
import type { PoolAccount } from "../model";
import type { Ticket } from "../ports";
import type { Provider, SendFacts, Wire } from "../providers/provider";
import type { UpstreamRequest } from "../upstream-port";
import type { Call } from "./call";
import { HOP_HEADER } from "./hop-header";
import type { Passage } from "./passage";

/** What travels of a caller's headers when its call is translated: they belong to the other format. */
const TRANSLATED_HEADERS: readonly string[] = ["user-agent"];
const NO_QUERY = new URLSearchParams();

/** A request that is ready to leave, and what has to be known to read its answer. */
export interface Outgoing {
  request: UpstreamRequest;
  send: SendFacts;
  /** null where the upstream speaks the protocol's own bytes. */
  wire: Wire | null;
}

/**
 * The request to an account's upstream: address and credential by its provider, the caller's headers
 * by the protocol's allow-list, the body as the passage has it, in the provider's own wrapping. The caller's key, cookies and forwarding headers never travel.
 */
export function outgoingRequest(
  call: Call,
  account: PoolAccount,
  provider: Provider,
  passage: Passage,
  sentModel: string,
  ticket: Pick<Ticket, "hopHeader">,
): Outgoing {
  const send = sendFacts(call, passage, sentModel);
  const { settings } = account;
  const secret = named(() => account.openSecret());
  const url = named(() => provider.address(settings, send, secret));
  const own = named(() => provider.headers(secret, settings, send));
  const wire = named(() => provider.wire(settings, secret));
  // Nobody else holds the forwarded ones: they become the request's.
  const headers = send.forwarded;
  headers["content-type"] = "application/json";
  headers["accept-encoding"] = "identity";
  for (const name in own) headers[name] = own[name] ?? "";
  if (account.leadsBack && ticket.hopHeader) headers[HOP_HEADER] = ticket.hopHeader;
  const body = wire ? wire.body(passage.body, send) : passage.body;
  const { upstream: limits } = call.settings;
  const proxy = named(() => account.openProxy());
  const method = "POST" as const;
  const request = { accountId: account.id, url, method, headers, body, limits, proxy };
  return { request, send, wire };
}

/** The request with the headers that sign all of it, for upstreams that want that. Rejects as above throws. */
export async function signedRequest(
  outgoing: Outgoing,
  { settings, openSecret }: PoolAccount,
  sign: NonNullable<Provider["sign"]>,
  nowMs: number,
): Promise<Outgoing> {
  const { request } = outgoing;
  const { method, url, headers, body } = request;
  try {
    const signable = { method, url, headers, body: body ?? NO_BYTES, nowMs };
    const signature = await sign(openSecret(), settings, signable);
    return { ...outgoing, request: { ...request, headers: { ...headers, ...signature } } };
  } catch (thrown) {
    throw unusable(thrown);
  }
}

const NO_BYTES = new Uint8Array();

type OwnedSend = SendFacts & { forwarded: Record<string, string> };

function sendFacts({ protocol, request, route }: Call, passage: Passage, model: string): OwnedSend {
  const { facts, spoken, translation, removed } = passage;
  const travelling = translation ? TRANSLATED_HEADERS : protocol.forwardedHeaders;
  const forwarded = forwardedHeaders(request.headers, travelling);
  if (removed.length > 0) removeBetas(forwarded, removed);
  return {
    action: facts.action,
    model,
    protocol: spoken.id,
    method: translation ? "" : route.method,
    facts,
    forwarded,
    query: translation ? NO_QUERY : request.query,
  };
}

function removeBetas(headers: Record<string, string>, removed: readonly Removal[]): void {
  const left = withoutBetas(headers[BETA_HEADER] ?? "", removed);
  if (left === null) delete headers[BETA_HEADER];
  else headers[BETA_HEADER] = left;
}

/** The headers of a list that the caller sent; a trailing `*` in the list stands for any rest. */
export function forwardedHeaders(
  headers: Readonly<Record<string, string>>,
  allowed: readonly string[],
): Record<string, string> {
  const travels = travelsBy(allowed);
  const forwarded: Record<string, string> = {};
  // Not for-in: an object of many headers is a dictionary, which for-in reads at twice the cost.
  for (const name of Object.keys(headers)) {
    if (!travels(name)) continue;
    const value = headers[name];
    if (value !== undefined) forwarded[name] = value;
  }
  return forwarded;
}

/** Bounds of the verdicts kept per list: names come from callers. */
const KEPT = { most: 1_000, longest: 64 };

/** Is a header's name on the list? There is one list per protocol, read at every request. */
const travelsBy = perObject((allowed: readonly string[]) => {
  const isOpen = (form: string) => form.endsWith("*");
  const names = new Set(allowed.filter((form) => !isOpen(form)));
  const beginnings = allowed.filter(isOpen).map((form) => form.slice(0, -1));
  return perName(
    KEPT,
    (name) => names.has(name) || beginnings.some((form) => name.startsWith(form)),
  );
});

/** A stored account that no longer fits its provider's schema is the account's failure. */
function named<T>(build: () => T): T {
  try {
    return build();
  } catch (thrown) {
    throw unusable(thrown);
  }
}

function unusable(thrown: unknown): AppError {
  if (thrown instanceof AppError) return thrown;
  return new AppError("upstream_denied", "The account's settings cannot be used.", {}, thrown);
}
