import { createHash, timingSafeEqual } from "node:crypto";
import { Counter, collectDefaultMetrics, Gauge, Registry } from "prom-client";
import type { RefusalRecord, Settlement } from "../relay/ports";

export interface Metrics {
  settled(settlement: Settlement): void;
  refused(record: RefusalRecord): void;
  /** The registry's text in Prometheus' format, and its content type. */
  text(): Promise<{ body: string; contentType: string }>;
}

/** Counters of one process: the relay's own, memory, processor time and delay of the event loop. */
export function createMetrics(openRequests: () => number): Metrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  const ended = gathered(registry, {
    name: "relay_requests_total",
    help: "Relayed requests that have ended, by face, action, outcome and failure.",
    labelNames: ["face", "action", "outcome", "failure"],
  });
  const tried = gathered(registry, {
    name: "relay_attempts_total",
    help: "Tries at upstream accounts, by kind of account and failure.",
    labelNames: ["provider", "failure"],
  });
  const firstByte = firstByteTimes();
  new Gauge({
    name: "relay_open_requests",
    help: "Requests that this process is answering now.",
    registers,
    collect() {
      this.set(openRequests());
    },
  });
  return {
    settled({ face, action, outcome, failure, firstByteMs, attempts }) {
      ended.add(face, action, outcome, failure ?? "none");
      if (firstByteMs !== null) firstByte.observe(face, firstByteMs / 1000);
      for (const attempt of attempts) tried.add(attempt.provider, attempt.failure ?? "none");
    },
    refused({ face, action, failure }) {
      ended.add(face, action, "refused", failure);
    },
    async text() {
      ended.hand();
      tried.hand();
      const counted = await registry.metrics();
      return { body: `${counted}\n${firstByte.text()}`, contentType: registry.contentType };
    },
  };
}

interface CounterOptions {
  name: string;
  help: string;
  labelNames: readonly string[];
}

/** What was counted under these labels since somebody read, and the counts that begin with them. */
interface Count {
  count: number;
  labels: readonly string[];
  longer: Map<string, Count>;
}

/**
 * A counter that is counted here until somebody reads: finding one by its labels costs prom-client
 * more than counting. Labels are few and the portal's own words.
 */
function gathered(registry: Registry, options: CounterOptions) {
  const counter = new Counter({ ...options, registers: [registry] });
  const newCount = (labels: readonly string[]): Count => ({ count: 0, labels, longer: new Map() });
  const root = newCount([]);
  const all: Count[] = [];
  const grow = (from: Count, label: string): Count => {
    const grown = newCount([...from.labels, label]);
    from.longer.set(label, grown);
    all.push(grown);
    return grown;
  };
  return {
    /** Counts one more. @param labels in the order of the counter's names */
    add(...labels: string[]): void {
      let at = root;
      for (const label of labels) at = at.longer.get(label) ?? grow(at, label);
      at.count++;
    },
    hand(): void {
      for (const one of all) {
        if (one.count > 0) counter.labels(...one.labels).inc(one.count);
        one.count = 0;
      }
    },
  };
}

const FIRST_BYTE = "relay_first_byte_seconds";
const FIRST_BYTE_BUCKETS = [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60];

/** Times of one face: how many fell into each bucket, how many above the last, and their sum. */
interface Times {
  counts: number[];
  overMax: number;
  sum: number;
}

/** A histogram by face, kept and written by hand: prom-client's hashes its labels at each time. */
function firstByteTimes() {
  const byFace = new Map<string, Times>();
  const begin = (face: string): Times => {
    const times = { counts: FIRST_BYTE_BUCKETS.map(() => 0), overMax: 0, sum: 0 };
    byFace.set(face, times);
    return times;
  };
  return {
    observe(face: string, seconds: number): void {
      const times = byFace.get(face) ?? begin(face);
      times.sum += seconds;
      const bucket = FIRST_BYTE_BUCKETS.findIndex((bound) => seconds <= bound);
      if (bucket < 0) times.overMax++;
      else times.counts[bucket] = (times.counts[bucket] ?? 0) + 1;
    },
    text(): string {
      const lines = [...byFace].flatMap(([face, times]) => timesLines(`face="${face}"`, times));
      const help = "Time from a request's arrival to the first byte of its answer.";
      return [`# HELP ${FIRST_BYTE} ${help}`, `# TYPE ${FIRST_BYTE} histogram`, ...lines, ""].join(
        "\n",
      );
    },
  };
}

/** @see https://prometheus.io/docs/instrumenting/exposition_formats/#histograms-and-summaries */
function timesLines(face: string, { counts, overMax, sum }: Times): string[] {
  let total = 0;
  const buckets = FIRST_BYTE_BUCKETS.map((bound, i) => {
    total += counts[i] ?? 0;
    return `${FIRST_BYTE}_bucket{le="${bound}",${face}} ${total}`;
  });
  const all = total + overMax;
  return [
    ...buckets,
    `${FIRST_BYTE}_bucket{le="+Inf",${face}} ${all}`,
    `${FIRST_BYTE}_sum{${face}} ${sum}`,
    `${FIRST_BYTE}_count{${face}} ${all}`,
  ];
}

/** Does the header carry the metrics token? Without a configured token nobody may read them. */
export function mayReadMetrics(token: string | null, authorization: string | null): boolean {
  if (token === null || authorization === null) return false;
  // Hashes have one length, so that the comparison tells nothing about the token's.
  const hash = (text: string) => createHash("sha256").update(text).digest();
  return timingSafeEqual(hash(`Bearer ${token}`), hash(authorization));
}
