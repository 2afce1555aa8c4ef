import { AppError, toAppError } from "../../shared/errors";
import { once } from "../../shared/once";
import type { PoolAccount } from "../model";
import type { Ticket } from "../ports";
import type { Meter } from "../protocols/protocol";
import type { Provider } from "../providers/provider";
import type { QuotaWindow } from "../providers/quota-window";
import { type Heartbeat, heartbeat } from "../stream/heartbeat";
import type { UpstreamExchange, UpstreamHandler } from "../upstream-port";
import { type Call, elapsedMs } from "./call";
import type { Passage } from "./passage";
import { receiveFailure } from "./receive-failure";
import { receiveStream } from "./receive-stream";
import { receiveWhole } from "./receive-whole";
import type { Received, Receiver, ReceiverTools } from "./receiver";
import { lossHeaders, streamHeaders } from "./reply-headers";
import { type Outgoing, outgoingRequest, signedRequest } from "./send";
import { unwrapped } from "./unwrapped";

export interface AttemptPlan {
  account: PoolAccount;
  provider: Provider;
  sentModel: string;
  passage: Passage;
  ticket: Ticket;
  /** Called with usage so far, when it first appears and then now and again. */
  checkpoint(meter: Meter, firstByteMs: number | null): void;
}

export interface AttemptEnd extends Received {
  status: number | null;
  /** Ms after the request's start at which the upstream's head came. */
  firstByteMs: number | null;
  /** Quota windows that the answer stated. */
  windows?: readonly QuotaWindow[];
}

/** One try at one account. Resolves when it is over, whichever way; never rejects. */
export function runAttempt(call: Call, plan: AttemptPlan): Promise<AttemptEnd> {
  return new Promise((resolve) => {
    let status: number | null = null;
    let firstByteMs: number | null = null;
    let windows: readonly QuotaWindow[] = NO_WINDOWS;
    let exchange: UpstreamExchange = { resume() {}, abort() {} };
    const beat = keepAlive(call, plan.passage);
    const done = once((received: Received) => {
      beat.stop();
      const { outcome, error, meter, evidence, refusals } = received;
      resolve({ outcome, error, meter, evidence, refusals, status, firstByteMs, windows });
    });
    const tools: ReceiverTools = {
      call,
      passage: plan.passage,
      mapped: isChanged(call, plan.sentModel),
      upstream: () => exchange,
      touch: beat.touch,
      checkpoint: (meter) => plan.checkpoint(meter, firstByteMs),
      done,
    };
    let receiver: Receiver = beforeHead(tools);
    let outgoing: Outgoing | null = null;
    const handler: UpstreamHandler = {
      onHead(code, headers) {
        status = code;
        firstByteMs = elapsedMs(call);
        windows = plan.provider.windows?.(headers, call.ports.clock.nowMs()) ?? NO_WINDOWS;
        receiver = receiverFor(tools, plan, outgoing, code, headers);
      },
      onData: (chunk) => receiver.onData(chunk),
      onEnd: () => receiver.onEnd(),
      onError: (error) => receiver.onError(error),
    };
    const depart = (ready: Outgoing) => {
      outgoing = ready;
      exchange = call.ports.dispatch(ready.request, handler);
      call.leave.whenLeft(() => receiver.onLeave());
    };
    whenReady(call, plan, depart, (thrown) => done(failed(toAppError(thrown))));
  });
}

/** Only a request that has to be signed is not ready at once. */
function whenReady(
  call: Call,
  { account, provider, passage, sentModel, ticket }: AttemptPlan,
  depart: (ready: Outgoing) => void,
  fail: (thrown: unknown) => void,
): void {
  try {
    if (call.facts.action === "count" && !provider.counts) throw noCounter();
    const outgoing = outgoingRequest(call, account, provider, passage, sentModel, ticket);
    const { sign } = provider;
    const nowMs = call.ports.clock.nowMs();
    if (sign) signedRequest(outgoing, account, sign, nowMs).then(depart).catch(fail);
    else depart(outgoing);
  } catch (thrown) {
    fail(thrown);
  }
}

const NO_WINDOWS: readonly QuotaWindow[] = [];

/** Until the upstream's head is there. */
function beforeHead(tools: ReceiverTools): Receiver {
  return {
    onData: () => true,
    onEnd() {
      const message = "The upstream closed the connection unanswered.";
      tools.done(failed(new AppError("upstream_broken", message)));
    },
    onError: (error) => tools.done(failed(error)),
    onLeave() {
      tools.upstream().abort();
      const error = new AppError("client_left", "The client left before the answer began.");
      tools.done({ outcome: "left", error, meter: null, evidence: null });
    },
  };
}

function receiverFor(
  tools: ReceiverTools,
  { provider, sentModel }: AttemptPlan,
  outgoing: Outgoing | null,
  status: number,
  headers: Readonly<Record<string, string>>,
): Receiver {
  const { stream } = tools.call.facts;
  if (status < 200 || status >= 300) {
    return receiveFailure(tools, { status, headers }, provider, sentModel);
  }
  const wire = outgoing?.wire ?? null;
  // Some upstreams answer a stream request with one JSON object.
  const isEvents = (headers["content-type"] ?? "").includes(wire?.streamType ?? "event-stream");
  const streamed = stream === "array" || (stream === "sse" && isEvents);
  const receiver = streamed
    ? receiveStream(tools, stream)
    : receiveWhole(tools, { status, headers: wire ? JSON_HEAD : headers });
  return wire && outgoing ? unwrapped(receiver, wire, outgoing.send, streamed) : receiver;
}

/** What is unwrapped is the protocol's own JSON, whatever it came as. */
const JSON_HEAD = { "content-type": "application/json" };

/** Differs the answer that the caller is given from the upstream's, if only in the model's name? */
function isChanged({ facts, protocol }: Call, sentModel: string): boolean {
  return facts.model !== sentModel || protocol.changesAnswer?.(facts) === true;
}

function noCounter(): AppError {
  return new AppError("upstream_refused", "The upstream counts no tokens.", { status: 501 });
}

function failed(error: AppError): Received {
  return { outcome: "failed", error, meter: null, evidence: null };
}

/** Sends a keep-alive whenever a stream was silent for long; it commits the answer to status 200. */
function keepAlive(call: Call, passage: Passage): Heartbeat {
  const { stream } = call.facts;
  const bytes = stream ? call.protocol.keepAlive(stream) : null;
  if (!stream || !bytes) return { touch() {}, stop() {} };
  return heartbeat(call.ports.clock, call.settings.keepAliveMs, () => {
    call.reply.begin(200, {
      ...streamHeaders(stream, call.requestId),
      ...lossHeaders(passage.losses),
    });
    call.reply.write(bytes);
  });
}
