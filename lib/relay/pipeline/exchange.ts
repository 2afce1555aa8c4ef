import { AppError, FAILURES, toAppError } from "../../shared/errors";
import { clientToken } from "../clients";
import type { KeyRecord } from "../model";
import type { RelayPorts, RelayRequest, RelaySink } from "../ports";
import type { Protocol, RouteMatch } from "../protocols/protocol";
import { protocolOf } from "../protocols/registry";
import { matchRoute } from "../routes";
import { encode } from "../stream/bytes";
import { aboutAnswer } from "./about";
import { checkKeyRules, checkModel } from "./access";
import { authenticate } from "./authenticate";
import { answerFailure, type Call, type Visit } from "./call";
import { watchLeave } from "./leave";
import { usableModel, usableModels } from "./list-models";
import { replyTo } from "./reply";
import { wholeHeaders } from "./reply-headers";
import { serveCall } from "./serve";

/** Status that nobody reads: the caller is gone. */
const CALLER_LEFT = 499;

/** What is known so far, for the record of a refusal. */
interface Progress {
  protocol: Protocol;
  route: RouteMatch | null;
  key: KeyRecord | null;
  model: string;
}

/**
 * Plays one exchange from its first line to its settlement. Never rejects: every failure is answered
 * in the face's own form. The path must be one of the relay's.
 */
export async function exchange(
  request: RelayRequest,
  sink: RelaySink,
  ports: RelayPorts,
): Promise<void> {
  const visit = beginVisit(request, sink, ports);
  const progress: Progress = {
    protocol: protocolOf("anthropic"),
    route: null,
    key: null,
    model: "",
  };
  try {
    const route = findRoute(visit, progress);
    if (route.action === "probe") {
      answerJson(visit, { service: "relay" });
      return;
    }
    const found = authenticate(request, ports);
    const key = found instanceof Promise ? await found : found;
    progress.key = key;
    checkKeyRules(key, route.face, request);
    if (route.action === "about") {
      answerJson(visit, await aboutAnswer(visit, key, route));
      return;
    }
    if (route.action === "list-models" || route.action === "get-model") {
      answerModels(visit, key, route, progress.protocol);
      return;
    }
    const call = await readCall(visit, key, route, progress);
    checkModel(key, call.facts.model);
    await serveCall(call);
  } catch (thrown) {
    refuse(visit, progress, toAppError(thrown));
  } finally {
    visit.leave.stop();
    closeForGone(visit);
  }
}

/** A caller who left gets no answer, but whoever holds its connection must come to an end. */
function closeForGone({ reply, requestId }: Visit): void {
  if (reply.over()) return;
  if (reply.begun()) reply.fail();
  else reply.whole(CALLER_LEFT, { "request-id": requestId }, null);
}

function beginVisit(request: RelayRequest, sink: RelaySink, ports: RelayPorts): Visit {
  return {
    requestId: ports.newRequestId(),
    request,
    ports,
    settings: ports.settings(),
    startedMs: ports.clock.monotonicMs(),
    client: clientToken(request.headers["user-agent"]),
    reply: replyTo(sink),
    leave: watchLeave(request),
  };
}

function findRoute({ request }: Visit, progress: Progress): RouteMatch {
  const result = matchRoute(request.method, request.path);
  if (!result) throw new AppError("not_found", "There is nothing at this address.");
  progress.protocol = protocolOf(result.kind === "match" ? result.route.protocol : result.protocol);
  if (result.kind === "not-found") throw new AppError("not_found", result.message);
  if (result.kind === "bad-name") throw new AppError("invalid_request", result.message);
  if (result.kind === "wrong-method") {
    const message = `This address takes ${result.allow.join(", ")} only.`;
    throw new AppError("not_found", message, { status: 405 });
  }
  progress.route = result.route;
  progress.model = result.route.model ?? "";
  return result.route;
}

async function readCall(
  visit: Visit,
  key: KeyRecord,
  route: RouteMatch,
  progress: Progress,
): Promise<Call> {
  const { request, settings, ports } = visit;
  const { protocol } = progress;
  const body = await request.body(settings.maxBodyBytes);
  const { headers, query } = request;
  const facts = protocol.readCall({ route, headers, query, body, sha256: ports.sha256 });
  progress.model = facts.model;
  const { requestId, startedMs, client, reply, leave } = visit;
  return {
    requestId,
    request,
    ports,
    settings,
    startedMs,
    client,
    reply,
    leave,
    key,
    route,
    protocol,
    facts,
    body,
  };
}

function answerModels(visit: Visit, key: KeyRecord, route: RouteMatch, protocol: Protocol): void {
  const models = usableModels(key, route.protocol, visit.ports);
  const answer =
    route.model === null
      ? protocol.modelsAnswer(models, visit.request.query)
      : protocol.modelAnswer(usableModel(models, route.model));
  answerJson(visit, answer);
}

function answerJson({ reply, request, requestId }: Visit, value: unknown): void {
  const body = encode(JSON.stringify(value));
  const headers = wholeHeaders("application/json", requestId, body.length);
  reply.whole(200, headers, request.method === "HEAD" ? null : body);
}

/** Answers and records what was never admitted. */
function refuse(visit: Visit, progress: Progress, error: AppError): void {
  const { ports, requestId, client, leave } = visit;
  const { protocol, route, key, model } = progress;
  const status = leave.hasLeft() ? CALLER_LEFT : answerFailure(visit, protocol, error);
  ports.log(FAILURES[error.code].log, {
    msg: "refused",
    requestId,
    keyId: key?.id ?? null,
    failure: error.code,
    status,
    model,
    cause: error.code === "internal" ? String(error.cause) : undefined,
  });
  if (!route || !key) return;
  ports.refused({
    requestId,
    atMs: ports.clock.nowMs(),
    key: { id: key.id, ownerId: key.ownerId },
    face: route.face,
    action: route.action,
    requestedModel: model,
    client,
    status,
    failure: error.code,
    failureMessage: error.message,
  });
}
