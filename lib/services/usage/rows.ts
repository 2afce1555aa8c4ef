import type { RefusalRecord } from "../../relay/ports";
import type { SettlementMessage, Wired } from "./messages";

type Settled = SettlementMessage["settlement"];
type SettledAttempt = Settled["attempts"][number];

/** A row of `request`, by column name, as JSON: bigints are decimal texts, moments ISO texts. */
export interface RequestRow {
  started_at: string;
  request_id: string;
  ended_at: string;
  user_id: string | null;
  key_id: string | null;
  face: string;
  action: string;
  model: string;
  stream: string | null;
  session: string | null;
  client: string | null;
  status: number;
  outcome: string;
  failure: string | null;
  failure_message: string | null;
  first_byte_ms: number | null;
  duration_ms: number;
  attempts: number;
  account_id: string | null;
  sent_model: string | null;
  pass_through_of: string | null;
  estimated: boolean;
  unrated: boolean;
  input_tokens: string;
  cache_read_tokens: string;
  cache_write_tokens: string;
  output_tokens: string;
  cost_micro_usd: string;
  charge_micro_usd: string;
}

/** A row of `attempt`. */
export interface AttemptRow {
  started_at: string;
  request_id: string;
  attempt: number;
  account_id: string;
  provider: string;
  sent_model: string;
  reported_model: string | null;
  started_ms: number;
  first_byte_ms: number | null;
  ended_ms: number;
  status: number | null;
  failure: string | null;
  evidence: string | null;
  input_tokens: number | null;
  cache_read_tokens: number | null;
  cache_write_5m_tokens: number | null;
  cache_write_1h_tokens: number | null;
  output_tokens: number | null;
  reasoning_tokens: number | null;
  images: number | null;
  web_searches: number | null;
  estimated: boolean;
  price_book_id: string | null;
  price_name: string | null;
  plan_rate_ppm: string;
  key_rate_ppm: string;
  cost_micro_usd: string;
  charge_micro_usd: string;
  decision: unknown;
}

export interface BookedRows {
  request: RequestRow;
  attempts: AttemptRow[];
}

const iso = (ms: number) => new Date(ms).toISOString();
const whole = (value: number) => Math.max(0, Math.round(value));
const wholeOrNull = (value: number | null) => (value === null ? null : whole(value));
/** Postgres takes no NUL in texts. */
const clean = (text: string | null) => text?.replaceAll("\u0000", "") ?? null;

/** The rows of a settled request. The second hop of another request is charged nothing. */
export function settlementRows(message: SettlementMessage): BookedRows {
  const { settlement, swept } = message;
  const free = settlement.passThroughOf !== null;
  const attempts = settlement.attempts.map((attempt) =>
    attemptRow(settlement, attempt, swept, free),
  );
  const last = settlement.attempts.at(-1);
  const request: RequestRow = {
    started_at: iso(settlement.startedAtMs),
    request_id: settlement.requestId,
    ended_at: iso(settlement.endedAtMs),
    user_id: settlement.key.ownerId,
    key_id: settlement.key.id,
    face: settlement.face,
    action: settlement.action,
    model: clean(settlement.requestedModel) ?? "",
    stream: settlement.stream,
    session: clean(settlement.session),
    client: clean(settlement.client),
    status: settlement.status,
    outcome: settlement.outcome,
    failure: settlement.failure,
    failure_message: clean(settlement.failureMessage),
    first_byte_ms: wholeOrNull(settlement.firstByteMs),
    duration_ms: whole(settlement.durationMs),
    attempts: attempts.length,
    account_id: last?.accountId ?? message.accountId,
    sent_model: clean(last?.sentModel ?? null),
    pass_through_of: settlement.passThroughOf,
    estimated: swept || attempts.some((attempt) => attempt.estimated),
    unrated: settlement.attempts.some((attempt) => attempt.usage && attempt.priceName === null),
    ...tokenSums(attempts),
    cost_micro_usd: sum(attempts.map((attempt) => attempt.cost_micro_usd)),
    charge_micro_usd: sum(attempts.map((attempt) => attempt.charge_micro_usd)),
  };
  return { request, attempts };
}

/** The row of a request that never got a ticket. */
export function refusalRow(record: RefusalRecord): BookedRows {
  const at = iso(record.atMs);
  const request: RequestRow = {
    started_at: at,
    request_id: record.requestId,
    ended_at: at,
    user_id: record.key?.ownerId ?? null,
    key_id: record.key?.id ?? null,
    face: record.face,
    action: record.action,
    model: clean(record.requestedModel) ?? "",
    stream: null,
    session: null,
    client: clean(record.client),
    status: record.status,
    outcome: "refused",
    failure: record.failure,
    failure_message: clean(record.failureMessage),
    first_byte_ms: null,
    duration_ms: 0,
    attempts: 0,
    account_id: null,
    sent_model: null,
    pass_through_of: null,
    estimated: false,
    unrated: false,
    input_tokens: "0",
    cache_read_tokens: "0",
    cache_write_tokens: "0",
    output_tokens: "0",
    cost_micro_usd: "0",
    charge_micro_usd: "0",
  };
  return { request, attempts: [] };
}

function attemptRow(
  settlement: Settled,
  attempt: SettledAttempt,
  swept: boolean,
  free: boolean,
): AttemptRow {
  const usage: Partial<Wired<NonNullable<SettledAttempt["usage"]>>> = attempt.usage ?? {};
  return {
    started_at: iso(settlement.startedAtMs),
    request_id: settlement.requestId,
    attempt: attempt.attempt,
    account_id: attempt.accountId,
    provider: attempt.provider,
    sent_model: clean(attempt.sentModel) ?? "",
    reported_model: clean(attempt.reportedModel),
    started_ms: whole(attempt.startedMs),
    first_byte_ms: wholeOrNull(attempt.firstByteMs),
    ended_ms: whole(attempt.endedMs),
    status: attempt.status,
    failure: attempt.failure,
    evidence: clean(attempt.evidence),
    input_tokens: usage.input ?? null,
    cache_read_tokens: usage.cacheRead ?? null,
    cache_write_5m_tokens: usage.cacheWrite5m ?? null,
    cache_write_1h_tokens: usage.cacheWrite1h ?? null,
    output_tokens: usage.output ?? null,
    reasoning_tokens: usage.reasoning ?? null,
    images: usage.images ?? null,
    web_searches: usage.webSearches ?? null,
    estimated: swept || attempt.estimated,
    price_book_id: attempt.priceBookId,
    price_name: attempt.priceName,
    plan_rate_ppm: settlement.planRatePpm,
    key_rate_ppm: settlement.keyRatePpm,
    cost_micro_usd: attempt.costMicroUsd,
    charge_micro_usd: free ? "0" : attempt.chargeMicroUsd,
    decision: attempt.decision,
  };
}

function tokenSums(attempts: readonly AttemptRow[]) {
  const total = (pick: (attempt: AttemptRow) => number | null) =>
    String(attempts.reduce((all, attempt) => all + (pick(attempt) ?? 0), 0));
  return {
    input_tokens: total((attempt) => attempt.input_tokens),
    cache_read_tokens: total((attempt) => attempt.cache_read_tokens),
    cache_write_tokens: total(
      (attempt) => (attempt.cache_write_5m_tokens ?? 0) + (attempt.cache_write_1h_tokens ?? 0),
    ),
    output_tokens: total((attempt) => attempt.output_tokens),
  };
}

function sum(texts: readonly string[]): string {
  return texts.reduce((total, text) => total + BigInt(text), 0n).toString();
}
