import type { IncomingMessage, ServerResponse } from "node:http";
import type { Book, BookEntry, UpstreamProtocol } from "./book";
import type { UpstreamCall } from "./call";
import { planWrites } from "./fault-plan";
import type { Fault, Faults } from "./faults";
import { newUpstreamId } from "./ids";
import { isObject, type Json, textOf } from "./json";
import type { UpstreamKeys } from "./keys";
import { promptFaults } from "./prompt-faults";
import { readBody } from "./read-body";
import type { Reply } from "./reply";
import type { LoggedRequest, RequestLog } from "./request-log";
import { findUpstreamRoute, protocolOfPath, type UpstreamRoute } from "./routes";
import { SPEECHES } from "./speeches";
import type { UpstreamWorld } from "./world";
import { carryOut } from "./writer";

/** Everything that exchanges of one fake share. */
export interface UpstreamState {
  book: Book;
  faults: Faults;
  requests: RequestLog;
  keys: UpstreamKeys;
  world: UpstreamWorld;
}

/** Plays one exchange from the request's head to the closed book entry. */
export async function playExchange(
  request: IncomingMessage,
  response: ServerResponse,
  state: UpstreamState,
): Promise<void> {
  const url = new URL(request.url ?? "/", "http://127.0.0.1");
  const route = findUpstreamRoute(request.method ?? "", url, request.headers);
  const protocol = route?.protocol ?? protocolOfPath(url.pathname);
  const key = SPEECHES[protocol].keyOf(request.headers, url.searchParams);
  const early = state.faults.pickForArrival({ protocol, path: url.pathname, key });
  const slow = early.find((fault) => fault.kind === "slow-read");
  const body = await readBody(request, slow?.kind === "slow-read" ? slow.bytesPerSecond : null);
  if (body === null) return;

  const logged = state.requests.add(request, body);
  const call = callOf(route, protocol, request, url, key, body, logged.bodySha256);
  const stream = call.action === "stream";
  const picked = { protocol, path: url.pathname, key, model: call.model, stream };
  const faults = [...early, ...state.faults.pickForAnswer(picked), ...promptFaults(body)];
  const reply = answer({ ...call, faults }, route, protocol, state);
  const entry = openEntry(call, { route, protocol, path: url.pathname, stream }, faults, logged);
  entry.plannedUsage = reply.usage;
  if (reply.status >= 400) entry.refusal = reply.events[0]?.text.slice(0, 500) ?? null;
  state.book.add(entry);
  write(response, reply, faults, entry);
}

function answer(
  call: UpstreamCall,
  route: UpstreamRoute | null,
  protocol: UpstreamProtocol,
  state: UpstreamState,
): Reply {
  const speech = SPEECHES[protocol];
  if (route === null) return speech.refusePath(call);
  if (!state.keys[speech.keyring].has(call.key)) return speech.refuseKey(call);
  const failed = call.faults.find((fault) => fault.kind === "status");
  if (failed?.kind === "status") return speech.failWith(failed, call, Date.now());
  return speech.handle(call, state.world);
}

function callOf(
  route: UpstreamRoute | null,
  protocol: UpstreamProtocol,
  request: IncomingMessage,
  url: URL,
  key: string,
  bytes: Buffer,
  bodySha256: string,
): UpstreamCall {
  const body = parseObject(bytes);
  const fromPath = route?.action ?? "get-model";
  const { idPrefix, streamsByBody } = SPEECHES[protocol];
  const streams = streamsByBody && body?.stream === true;
  return {
    id: newUpstreamId(idPrefix),
    action: streams && fromPath === "generate" ? "stream" : fromPath,
    method: request.method ?? "",
    path: url.pathname,
    model: route?.model ?? textOf(body?.model),
    version: route?.version ?? "v1",
    query: url.searchParams,
    headers: request.headers,
    key,
    body: body ?? {},
    badJson: body === null,
    bodySha256,
    faults: [],
  };
}

function parseObject(bytes: Buffer): Json | null {
  try {
    const value: unknown = JSON.parse(bytes.toString("utf8"));
    return isObject(value) ? value : null;
  } catch {
    return null;
  }
}

function openEntry(
  call: UpstreamCall,
  request: {
    route: UpstreamRoute | null;
    protocol: UpstreamProtocol;
    path: string;
    stream: boolean;
  },
  faults: readonly Fault[],
  logged: LoggedRequest,
): BookEntry {
  const relayHeaders = Object.entries(logged.headers).filter(([name]) =>
    name.startsWith("x-relay-"),
  );
  return {
    id: call.id,
    at: logged.at,
    protocol: request.protocol,
    action: request.route === null ? "unknown" : call.action,
    model: call.model,
    path: request.path,
    key: call.key,
    requestBytesSha256: logged.bodySha256,
    stream: request.stream,
    status: 0,
    refusal: null,
    plannedUsage: null,
    deliveredUsage: null,
    closedByClientAtMs: null,
    closedEarly: false,
    fault: faults.map((fault) => fault.kind).join("+"),
    relayHeaders: Object.fromEntries(relayHeaders),
    ms: null,
  };
}

/** Writes the reply, and what became of it into the entry. */
function write(
  response: ServerResponse,
  reply: Reply,
  faults: readonly Fault[],
  entry: BookEntry,
): void {
  const startedAt = performance.now();
  carryOut(response, reply, planWrites(reply, faults), {
    onHead(status) {
      entry.status = status;
    },
    onWritten({ output, reasoning }) {
      if (reply.usage === null) return;
      entry.deliveredUsage = { ...reply.usage, output, reasoning };
    },
    onClosed(early) {
      entry.ms = performance.now() - startedAt;
      entry.closedEarly = early;
      if (early) entry.closedByClientAtMs = Date.now();
    },
  });
}
