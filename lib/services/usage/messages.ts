import type { RefusalRecord, Settlement } from "../../relay/ports";

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
