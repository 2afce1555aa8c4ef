import type { AppError } from "../../shared/errors";
import { once } from "../../shared/once";
import type { AttemptRecord, Outcome, Settlement, Ticket } from "../ports";
import { type Call, elapsedMs } from "./call";

export interface Ending {
  status: number;
  outcome: Outcome;
  error: AppError | null;
}

/**
 * Ends an admitted call: usage, cost, leases and the log line, exactly once, however it ended. The
 * settlement carries all that is needed to book it without its intent.
 */
export function settler(
  call: Call,
  ticket: Ticket,
  attempts: readonly AttemptRecord[],
  leases: ReadonlySet<string>,
): (ending: Ending) => void {
  return once((ending: Ending) => {
    const settlement = settlementOf(call, ticket, attempts, leases, ending);
    call.ports.settle(settlement);
    call.ports.log("info", logLine(call, settlement));
  });
}

function settlementOf(
  call: Call,
  ticket: Ticket,
  attempts: readonly AttemptRecord[],
  leases: ReadonlySet<string>,
  { status, outcome, error }: Ending,
): Settlement {
  const { key, facts } = call;
  return {
    requestId: call.requestId,
    startedAtMs: ticket.startedAtMs,
    endedAtMs: call.ports.clock.nowMs(),
    durationMs: elapsedMs(call),
    key: { id: key.id, ownerId: key.ownerId, payerTag: key.payerTag },
    face: facts.face,
    action: facts.action,
    requestedModel: facts.model,
    stream: facts.stream,
    session: facts.session,
    client: call.client,
    status,
    outcome,
    failure: error?.code ?? null,
    failureMessage: error?.message ?? null,
    firstByteMs: attempts.at(-1)?.firstByteMs ?? null,
    passThroughOf: ticket.passThroughOf,
    planRatePpm: key.planRatePpm,
    keyRatePpm: key.keyRatePpm,
    accountLeaseIds: [...leases],
    attempts,
  };
}

function logLine(call: Call, settlement: Settlement) {
  const { attempts } = settlement;
  const last = attempts.at(-1);
  return {
    msg: "relayed",
    requestId: call.requestId,
    keyId: call.key.id,
    face: settlement.face,
    action: settlement.action,
    model: settlement.requestedModel,
    sentModel: last?.sentModel ?? null,
    accountId: last?.accountId ?? null,
    status: settlement.status,
    outcome: settlement.outcome,
    failure: settlement.failure,
    attempts: attempts.length,
    firstByteMs: settlement.firstByteMs,
    tookMs: last?.endedMs ?? null,
    input: last?.usage?.input ?? null,
    output: last?.usage?.output ?? null,
  };
}
