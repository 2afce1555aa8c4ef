import { AppError } from "../../shared/errors";
import { newCapabilityTable } from "../capabilities/capability-table";
import type { KeyUse } from "../key-standing";
import type { KeyRecord, PoolAccount } from "../model";
import type {
  AccountReport,
  AdmissionRequest,
  AttemptRecord,
  RefusalRecord,
  RelayPorts,
  RelaySettings,
  Settlement,
  Ticket,
} from "../ports";
import { createFairLine } from "../scheduling/fair-line";
import { DEFAULT_WEIGHTS } from "../scheduling/score";
import type { UpstreamHandler, UpstreamRequest } from "../upstream-port";
import { type HandClock, handClock } from "./hand-clock";
import { sampleBook } from "./samples";

/** A call that arrived at the fake upstream. */
export interface Dispatched {
  request: UpstreamRequest;
  handler: UpstreamHandler;
  aborted: boolean;
  resumed: number;
}

/** What the fake upstream does with a call; runs after `dispatch` has returned. */
export type Upstream = (dispatched: Dispatched) => void;

export interface FakePorts extends RelayPorts {
  clock: HandClock;
  /** Everything that the core told the world, in order. */
  told: {
    admitted: AdmissionRequest[];
    leased: AdmissionRequest[];
    dispatched: Dispatched[];
    checkpoints: AttemptRecord[][];
    settled: Settlement[];
    refused: RefusalRecord[];
    reports: AccountReport[];
    lines: Readonly<Record<string, unknown>>[];
  };
}

export interface FakeWorld {
  keys?: Readonly<Record<string, KeyRecord>>;
  pool?: readonly PoolAccount[];
  upstream?: Upstream;
  settings?: Partial<RelaySettings>;
  ports?: Partial<RelayPorts>;
  renewed?: RelayPorts["renewed"];
  /** Changes every ticket. */
  ticket?: Partial<Ticket>;
}

const SETTINGS: RelaySettings = {
  maxBodyBytes: 32 * 1024 * 1024,
  upstream: { connectMs: 1_000, firstByteMs: 5_000, idleMs: 5_000, totalMs: 60_000 },
  keepAliveMs: 10_000,
  writeStallMs: 90_000,
  maxAttempts: 3,
  stickyTtlMs: 3_600_000,
  queueMs: 0,
  queuePerKey: 10,
  strategy: "priority-lru",
  scoreWeights: DEFAULT_WEIGHTS,
  publicUrl: "https://portal.test",
};

const NO_USE: KeyUse = {
  requests: 0,
  inputTokens: 0,
  cacheReadTokens: 0,
  cacheWriteTokens: 0,
  outputTokens: 0,
  chargeMicroUsd: 0n,
};

/** A world of arrays: nothing waits, nothing leaves the process, and all of it can be looked at. */
export function fakePorts(world: FakeWorld = {}): FakePorts {
  const clock = handClock();
  const settings = { ...SETTINGS, ...world.settings };
  const told: FakePorts["told"] = {
    admitted: [],
    leased: [],
    dispatched: [],
    checkpoints: [],
    settled: [],
    refused: [],
    reports: [],
    lines: [],
  };
  const thoughts = new Map<string, string>();
  let requests = 0;
  return {
    told,
    newRequestId: () => `req_${++requests}`,
    settings: () => settings,
    findKey: (secret) => world.keys?.[secret] ?? null,
    pool: () => world.pool ?? [],
    poolVersion: () => null,
    prices: sampleBook,
    standing: async () => ({ createdAtMs: 0, today: NO_USE, month: NO_USE, total: NO_USE }),
    knownModels: () => [],
    stickyAccount: () => null,
    async admit(request) {
      told.admitted.push(request);
      return { ...ticketOf(request, clock.nowMs()), ...world.ticket };
    },
    async leaseAccount(_, request) {
      told.leased.push(request);
      return true;
    },
    checkpoint: (_, __, attempts) => void told.checkpoints.push([...attempts()]),
    settle: (settlement) => void told.settled.push(settlement),
    refused: (record) => void told.refused.push(record),
    report: (report) => void told.reports.push(report),
    mayRetry: () => true,
    renewed: world.renewed ?? (async (worn) => worn),
    dispatch(request, handler) {
      const dispatched: Dispatched = { request, handler, aborted: false, resumed: 0 };
      told.dispatched.push(dispatched);
      queueMicrotask(() => world.upstream?.(dispatched));
      return {
        resume: () => void dispatched.resumed++,
        abort: () => {
          dispatched.aborted = true;
        },
      };
    },
    line: createFairLine({ clock }),
    capabilities: newCapabilityTable(),
    sha256: fakeHash,
    // Its beginning has to tell texts apart, which of a fake hash only the end does.
    hmac: (text) => [...fakeHash(`key ${text}`)].reverse().join("").padEnd(43, "0"),
    recallThoughts: async (owner, names) =>
      new Map(
        names.flatMap((name) => {
          const sealed = thoughts.get(`${owner.ownerId} ${name}`);
          return sealed === undefined ? [] : [[name, sealed] as const];
        }),
      ),
    keepThoughts(owner, kept) {
      for (const { name, sealed } of kept) thoughts.set(`${owner.ownerId} ${name}`, sealed);
    },
    log: (_, line) => void told.lines.push(line),
    ...world.ports,
    clock,
  };
}

/** Answers every call with a status, headers and chunks, and ends. */
export function answering(
  status: number,
  chunks: readonly Uint8Array[],
  headers: Readonly<Record<string, string>> = {},
): Upstream {
  return ({ handler }) => {
    handler.onHead(status, headers);
    for (const chunk of chunks) handler.onData(chunk);
    handler.onEnd();
  };
}

/** Answers calls one after the other; the last one holds for the rest. */
export function inTurn(...upstreams: readonly Upstream[]): Upstream {
  let calls = 0;
  return (dispatched) => {
    const upstream = upstreams[Math.min(calls++, upstreams.length - 1)];
    if (!upstream) throw new AppError("internal", "No upstream was given.");
    upstream(dispatched);
  };
}

function ticketOf({ requestId }: AdmissionRequest, nowMs: number): Ticket {
  return {
    requestId,
    startedAtMs: nowMs,
    passThroughOf: null,
    depth: 1,
    stickyAccountId: null,
    hopHeader: null,
    accountFull: false,
  };
}

/** Tells texts apart; cryptography is none of a test's business. */
function fakeHash(text: string): string {
  let hash = 7n;
  for (const char of text) hash = (hash * 31n + BigInt(char.codePointAt(0) ?? 0)) % (1n << 255n);
  return hash.toString(16);
}
