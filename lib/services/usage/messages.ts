import type { AttemptRecord, RefusalRecord, Settlement } from "../../relay/ports";

/** A value as it comes back from JSON: whole numbers of money travel as decimal texts. */
export type Wired<T> = T extends bigint
  ? string
  : T extends object
    ? { [K in keyof T]: Wired<T[K]> }
    : T;

/** A settlement on its way to Postgres. */
export interface SettlementMessage {
  settlement: Wired<Settlement>;
  /** Set when a sweep closed the request: numbers are the last check-point's. */
  swept: boolean;
  /** Account of the intent, for a request that was swept before its first check-point. */
  accountId: string | null;
}

/** Something that happened to an account, for its history. */
export interface AccountEventMessage {
  id: string;
  accountId: string;
  atMs: number;
  kind: "cooling" | "limited" | "stopped" | "recovered";
  code: string;
  status: number | null;
  evidence: string;
  untilMs: number | null;
  /** Reason that the account takes no requests until somebody acts; null when it may. */
  stopped: string | null;
}

/**
 * Attempts as JSON can carry them. Field by field: a replacer makes `JSON.stringify` many times slower,
 * and so does a copy with replaced fields.
 */
export function wiredAttempts(attempts: readonly AttemptRecord[]): Wired<AttemptRecord>[] {
  return attempts.map((attempt) => ({
    attempt: attempt.attempt,
    accountId: attempt.accountId,
    provider: attempt.provider,
    sentModel: attempt.sentModel,
    reportedModel: attempt.reportedModel,
    startedMs: attempt.startedMs,
    firstByteMs: attempt.firstByteMs,
    endedMs: attempt.endedMs,
    status: attempt.status,
    failure: attempt.failure,
    evidence: attempt.evidence,
    usage: attempt.usage,
    estimated: attempt.estimated,
    priceBookId: attempt.priceBookId,
    priceName: attempt.priceName,
    costMicroUsd: attempt.costMicroUsd.toString(),
    chargeMicroUsd: attempt.chargeMicroUsd.toString(),
    decision: attempt.decision,
  }));
}

/** JSON text of a settlement's message. */
export function encodeSettlement(settlement: Settlement): string {
  const { id, ownerId, payerTag } = settlement.key;
  const message: SettlementMessage = {
    settlement: {
      requestId: settlement.requestId,
      startedAtMs: settlement.startedAtMs,
      endedAtMs: settlement.endedAtMs,
      durationMs: settlement.durationMs,
      // A whole key record may have been given: its limits have no business in the message.
      key: { id, ownerId, payerTag },
      face: settlement.face,
      action: settlement.action,
      requestedModel: settlement.requestedModel,
      stream: settlement.stream,
      session: settlement.session,
      client: settlement.client,
      status: settlement.status,
      outcome: settlement.outcome,
      failure: settlement.failure,
      failureMessage: settlement.failureMessage,
      firstByteMs: settlement.firstByteMs,
      passThroughOf: settlement.passThroughOf,
      planRatePpm: settlement.planRatePpm.toString(),
      keyRatePpm: settlement.keyRatePpm.toString(),
      accountLeaseIds: settlement.accountLeaseIds,
      attempts: wiredAttempts(settlement.attempts),
    },
    swept: false,
    accountId: null,
  };
  return JSON.stringify(message);
}

/** A settlement's message; throws SyntaxError or TypeError when the text is none. */
export function decodeSettlement(json: string): SettlementMessage {
  const message: SettlementMessage = JSON.parse(json);
  if (typeof message.settlement?.requestId !== "string") throw new TypeError("Not a settlement.");
  return message;
}

/** A refusal's message; throws when the text is none. */
export function decodeRefusal(json: string): RefusalRecord {
  const record: RefusalRecord = JSON.parse(json);
  if (typeof record.requestId !== "string") throw new TypeError("Not a refusal.");
  return record;
}

/** An account event's message; throws when the text is none. */
export function decodeAccountEvent(json: string): AccountEventMessage {
  const event: AccountEventMessage = JSON.parse(json);
  if (typeof event.accountId !== "string") throw new TypeError("Not an account event.");
  return event;
}
