import type { Clock } from "../shared/clock";
import type { AppError, FailureCode } from "../shared/errors";
import type { CapabilityTable } from "./capabilities/capability-table";
import type { KeyStanding } from "./key-standing";
import type {
  CallAction,
  FaceId,
  KeyRecord,
  PoolAccount,
  PriceBook,
  ProtocolId,
  StreamForm,
  Usage,
} from "./model";
import type { ListedModel } from "./protocols/protocol";
import type { QuotaWindow } from "./providers/quota-window";
import type { FairLine } from "./scheduling/fair-line";
import type { RecordedFacts } from "./scheduling/recorded-facts";
import type { ScoreWeights } from "./scheduling/score";
import type { KeptThought } from "./translation/thoughts/thoughts";
import type {
  UpstreamExchange,
  UpstreamHandler,
  UpstreamLimits,
  UpstreamRequest,
} from "./upstream-port";

/** A request as an adapter hands it in. The body arrives while `body` is awaited. */
export interface RelayRequest {
  method: string;
  /** Path without query, already free of doubled and trailing slashes. */
  path: string;
  query: URLSearchParams;
  /** Lower-case names; a repeated header is joined with ", ". */
  headers: Readonly<Record<string, string>>;
  /** Address of the caller, counted from trusted hops only. */
  ip: string;
  /** Reads the whole body once, bounded; rejects with AppError("too_large") while reading. */
  body(maxBytes: number): Promise<Uint8Array>;
  /** Calls back once when the caller is gone; the answer unsubscribes. */
  onLeave(fn: () => void): () => void;
}

/** Where the answer goes. `head` comes first and once; then `write`s; then `end` or `fail`, once. */
export interface RelaySink {
  head(status: number, headers: Readonly<Record<string, string>>): void;
  /** false means: wait for `onDrain` before writing more. */
  write(bytes: Uint8Array): boolean;
  /** Calls back once, at the next drain; asked for again after each further refused write. */
  onDrain(fn: () => void): void;
  /** Ends the answer, with its last bytes where they are at hand: they travel together. */
  end(last?: Uint8Array): void;
  /**
   * Breaks the connection after what was written, so that the caller sees a cut and no clean end.
   */
  fail(): void;
}

/** How a request can be known as the second hop of one that is in flight. */
export interface HopClaim {
  /** Value of the signed hop header, when the upstream kept it. */
  header: string | null;
  /** Fingerprint of the last turn. */
  fingerprint: string | null;
}

/** Asked before the upstream call. One script answers it: all levels or none, and the intent with it. */
export interface AdmissionRequest {
  requestId: string;
  key: KeyRecord;
  face: FaceId;
  action: CallAction;
  model: string;
  stream: StreamForm | null;
  session: string | null;
  accountId: string;
  /** Take a lease on the account too; null when it has no limit. */
  accountLimit: number | null;
  /** Keep this session on this account unless another process already chose one. */
  sticky: { id: string; accountId: string } | null;
  /** Upper bound of what this request can cost, charge factors included. */
  reservationMicroUsd: bigint;
  /** The chosen account leads back: leave a trace for the second hop to be matched with. */
  leavesHop: { returnKeyId: string; returnPayerTag: string; fingerprint: string } | null;
  /** This key is a return key: try to match. */
  claimsHop: HopClaim | null;
}

/** An admitted call. */
export interface Ticket {
  requestId: string;
  /** Fixed here, carried in every message: the usage tables are partitioned by it. Epoch ms. */
  startedAtMs: number;
  /** Set when this is the second hop of a request in flight: recorded, charged 0. */
  passThroughOf: string | null;
  /** Number of portal hops so far, this one included. */
  depth: number;
  /** Another process holds this session on another account; null when the asked one holds. */
  stickyAccountId: string | null;
  /** Opaque value of the hop header to send upstream to an account that leads back. */
  hopHeader: string | null;
  /** The account's own lease was refused: choose another and call `leaseAccount`. */
  accountFull: boolean;
}

/** What excluded an account, one reason each; also the words of the decision trace. */
export type ExclusionReason =
  | "disabled"
  | "not-schedulable"
  | "draining"
  | "stopped"
  | "cooling"
  | "family-limited"
  | "quota-reached"
  | "model-unsupported"
  | "protocol-unreachable"
  | "no-consent"
  | "client-reserved"
  | "not-bound"
  | "plan-expired"
  | "concurrency-full"
  | "tried";

/** Immutable trace of one choice. Admins see it whole, members without identities. */
export interface DecisionTrace {
  strategy: string;
  binding: string | null;
  sticky: "hit" | "miss" | "left" | "none";
  excluded: readonly { accountId: string; reason: ExclusionReason }[];
  candidates: readonly { accountId: string; score: readonly number[] }[];
  chosen: string | null;
  /** What the choice was made from, for replays; absent where it is not kept. */
  facts?: RecordedFacts;
}

export type Outcome = "complete" | "refused" | "failed" | "left" | "cut";

/** One try at one account. Money fields are decimal strings of micro-USD where they cross JSON. */
export interface AttemptRecord {
  attempt: number;
  accountId: string;
  provider: string;
  sentModel: string;
  reportedModel: string | null;
  /** Ms after the request's start. */
  startedMs: number;
  firstByteMs: number | null;
  endedMs: number;
  status: number | null;
  failure: FailureCode | null;
  /** First 500 characters of a failed answer, secrets blanked; null when it succeeded. */
  evidence: string | null;
  usage: Usage | null;
  /** Usage was not stated to the end by the upstream: counted from what was delivered. */
  estimated: boolean;
  priceBookId: string | null;
  /** Model name that the price was found under; null = unrated. */
  priceName: string | null;
  costMicroUsd: bigint;
  chargeMicroUsd: bigint;
  decision: DecisionTrace;
}

/** Everything about an ended request. It stands alone: no intent is needed to book it. */
export interface Settlement {
  requestId: string;
  startedAtMs: number;
  endedAtMs: number;
  /** From the arrival of the request, as the attempts' own times are; monotonic ms. */
  durationMs: number;
  key: Pick<KeyRecord, "id" | "ownerId" | "payerTag">;
  face: FaceId;
  action: CallAction;
  requestedModel: string;
  stream: StreamForm | null;
  session: string | null;
  /** Product token of the user agent, e.g. "claude-cli/2.1.330". */
  client: string | null;
  status: number;
  outcome: Outcome;
  failure: FailureCode | null;
  /** The sentence that the caller was given. */
  failureMessage: string | null;
  firstByteMs: number | null;
  passThroughOf: string | null;
  planRatePpm: bigint;
  keyRatePpm: bigint;
  accountLeaseIds: readonly string[];
  attempts: readonly AttemptRecord[];
}

/** A request that never got a ticket: logged for its owner ("why was I refused"), never charged. */
export interface RefusalRecord {
  requestId: string;
  atMs: number;
  key: Pick<KeyRecord, "id" | "ownerId"> | null;
  face: FaceId;
  action: CallAction;
  requestedModel: string;
  client: string | null;
  status: number;
  failure: FailureCode;
  failureMessage: string;
}

/** What an attempt taught about its account. */
export type AccountReport = { accountId: string; windows?: readonly QuotaWindow[] } & (
  | { kind: "served"; firstByteMs: number }
  | { kind: "failed"; error: AppError; family: string | null }
);

export interface RelaySettings {
  maxBodyBytes: number;
  upstream: UpstreamLimits;
  /** Silence on a stream after which a keep-alive is sent. */
  keepAliveMs: number;
  /** A client that takes nothing for this long is ended. */
  writeStallMs: number;
  maxAttempts: number;
  stickyTtlMs: number;
  strategy: "priority-lru" | "weighted" | "score";
  /** Of the strategy "score". */
  scoreWeights: ScoreWeights;
  /** Public address of the portal, for links in failures; no trailing slash. */
  publicUrl: string;
  /** Longest wait for an account with room, ms; 0 = none. */
  queueMs: number;
  /** Requests of one key that may wait in one process. */
  queuePerKey: number;
}

/** Whose thoughts are kept: nobody else can name them. */
export type ThoughtOwner = Pick<KeyRecord, "ownerId" | "payerTag">;

/** What the core asks of the world. Implemented by lib/services/relay and lib/server. */
export interface RelayPorts {
  clock: Clock;
  newRequestId(): string;
  settings(): RelaySettings;
  /** In-process snapshot; a promise only for a key that is not in it yet. null = unknown. */
  findKey(secret: string, ip: string): KeyRecord | null | Promise<KeyRecord | null>;
  pool(): readonly PoolAccount[];
  /** Name under which the pool, as it is set, can be found again; null while it is not kept. */
  poolVersion(): string | null;
  prices(): PriceBook;
  /** How a key stands, from the books; rejects with AppError("unavailable") when they cannot be read. */
  standing(keyId: string): Promise<KeyStanding>;
  /** Models of a protocol that the price book or the pool knows by name, for models lists. */
  knownModels(protocol: ProtocolId): readonly ListedModel[];
  /** The sticky account of a session as this process knows it. */
  stickyAccount(id: string): string | null;
  /** One waited round trip. Throws AppError: limit_reached, budget_exhausted, loop_detected, unavailable. */
  admit(request: AdmissionRequest): Promise<Ticket>;
  /** For a further account after a failover: its lease, sticky and hop trace. False when it is full. */
  leaseAccount(ticket: Ticket, request: AdmissionRequest): Promise<boolean>;
  /** Usage seen so far; batched by the process. */
  checkpoint(
    ticket: Ticket,
    request: AdmissionRequest,
    attempts: () => readonly AttemptRecord[],
  ): void;
  /** Never throws and is never waited for; spools when Redis does not take it. */
  settle(settlement: Settlement): void;
  refused(record: RefusalRecord): void;
  report(report: AccountReport): void;
  /** Is one more retry within the process's retry budget? Counts it when it is. */
  mayRetry(): boolean;
  /**
   * The account with a token that serves: renewed once over all processes, whoever asks. `worn` is the
   * account as the caller knew it. Rejects with `upstream_denied` where it must be signed in again, with
   * another failure of the upstream's where it may be tried later.
   */
  renewed(worn: PoolAccount): Promise<PoolAccount>;
  dispatch(request: UpstreamRequest, handler: UpstreamHandler): UpstreamExchange;
  /** Where requests wait while every account is full. */
  line: FairLine;
  /** What upstreams were seen to refuse, as this process knows it. */
  capabilities: CapabilityTable;
  sha256(text: string): string;
  /** Keyed hash in base64url, the same in every process: proves what clients carry for the portal. */
  hmac(text: string): string;
  /**
   * Signatures that were kept for this owner, by name; what is unknown is absent. One round trip at most,
   * and none for what this process still knows. Never rejects: thoughts can be done without.
   */
  recallThoughts(
    owner: ThoughtOwner,
    names: readonly string[],
  ): Promise<ReadonlyMap<string, string>>;
  /** Keeps signatures that the client cannot carry. Never throws and is never waited for. */
  keepThoughts(owner: ThoughtOwner, thoughts: readonly KeptThought[]): void;
  log(level: "debug" | "info" | "warn" | "error", line: Readonly<Record<string, unknown>>): void;
}
