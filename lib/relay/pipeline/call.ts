import type { AppError } from "../../shared/errors";
import type { CallFacts, KeyRecord, StreamForm } from "../model";
import type { RelayPorts, RelayRequest, RelaySettings } from "../ports";
import type { FailureContext, Protocol, RouteMatch } from "../protocols/protocol";
import type { Leave } from "./leave";
import type { Reply } from "./reply";

/** What is known of a request from its first moment. */
export interface Visit {
  requestId: string;
  request: RelayRequest;
  ports: RelayPorts;
  settings: RelaySettings;
  /** Monotonic ms at which it began. */
  startedMs: number;
  client: string | null;
  reply: Reply;
  leave: Leave;
}

/** A request that was read and may be served. */
export interface Call extends Visit {
  key: KeyRecord;
  route: RouteMatch;
  protocol: Protocol;
  facts: CallFacts;
  body: Uint8Array;
}

/** Ms since the request began. */
export function elapsedMs({ ports, startedMs }: Pick<Visit, "ports" | "startedMs">): number {
  return Math.round(ports.clock.monotonicMs() - startedMs);
}

/** What a failure's envelope says about the request besides the failure. */
export function failureContext({
  requestId,
  settings,
}: Pick<Visit, "requestId" | "settings">): FailureContext {
  const { publicUrl } = settings;
  return { requestId, storyUrl: publicUrl ? `${publicUrl}/requests/${requestId}` : null };
}

/**
 * Answers a failure: with its real status while nothing was sent, else as an event of the stream
 * followed by the protocol's kind of end. Answers the status that the caller saw.
 */
export function answerFailure(
  visit: Visit,
  protocol: Protocol,
  error: AppError,
  stream: StreamForm | null = null,
): number {
  const { reply, request } = visit;
  const context = failureContext(visit);
  if (!reply.begun()) {
    const { status, headers, body } = protocol.failure(error, context);
    reply.whole(status, headers, request.method === "HEAD" ? null : body);
    return status;
  }
  if (stream && !reply.over()) reply.write(protocol.failureInBand(error, stream, context));
  if (protocol.afterFailureInBand === "end") reply.end();
  else reply.fail();
  return 200;
}
