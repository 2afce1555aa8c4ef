import { createHash, timingSafeEqual } from "node:crypto";
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";
import type { RefusalRecord, Settlement } from "../relay/ports";

export interface Metrics {
  settled(settlement: Settlement): void;
  refused(record: RefusalRecord): void;
  /** The registry's text in Prometheus' format, and its content type. */
  text(): Promise<{ body: string; contentType: string }>;
}

const FIRST_BYTE_BUCKETS = [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60];

/** Counters of one process: the relay's own, memory, processor time and delay of the event loop. */
export function createMetrics(openRequests: () => number): Metrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  const requests = new Counter({
    name: "relay_requests_total",
    help: "Relayed requests that have ended, by face, action, outcome and failure.",
    labelNames: ["face", "action", "outcome", "failure"],
    registers,
  });
  const attempts = new Counter({
    name: "relay_attempts_total",
    help: "Tries at upstream accounts, by kind of account and failure.",
    labelNames: ["provider", "failure"],
    registers,
  });
  const firstByte = new Histogram({
    name: "relay_first_byte_seconds",
    help: "Time from a request's arrival to the first byte of its answer.",
    labelNames: ["face"],
    buckets: FIRST_BYTE_BUCKETS,
    registers,
  });
  new Gauge({
    name: "relay_open_requests",
    help: "Requests that this process is answering now.",
    registers,
    collect() {
      this.set(openRequests());
    },
  });
  const ended = gathered(requests);
  const tried = gathered(attempts);
  return {
    settled({ face, action, outcome, failure, firstByteMs, attempts: tries }) {
      ended.add({ face, action, outcome, failure: failure ?? "none" });
      if (firstByteMs !== null) firstByte.observe({ face }, firstByteMs / 1000);
      for (const attempt of tries) {
        tried.add({ provider: attempt.provider, failure: attempt.failure ?? "none" });
      }
    },
    refused({ face, action, failure }) {
      ended.add({ face, action, outcome: "refused", failure });
    },
    async text() {
      ended.hand();
      tried.hand();
      return { body: await registry.metrics(), contentType: registry.contentType };
    },
  };
}

/** Counts in a map until somebody reads: finding a counter by its labels costs more than counting. */
function gathered<L extends string>(counter: Counter<L>) {
  const counts = new Map<string, { labels: Record<L, string>; count: number }>();
  return {
    add(labels: Record<L, string>): void {
      let name = "";
      for (const label in labels) name += `${labels[label]} `;
      const found = counts.get(name);
      if (found) found.count++;
      else counts.set(name, { labels, count: 1 });
    },
    hand(): void {
      for (const { labels, count } of counts.values()) counter.inc(labels, count);
      counts.clear();
    },
  };
}

/** Does the header carry the metrics token? Without a configured token nobody may read them. */
export function mayReadMetrics(token: string | null, authorization: string | null): boolean {
  if (token === null || authorization === null) return false;
  // Hashes have one length, so that the comparison tells nothing about the token's.
  const hash = (text: string) => createHash("sha256").update(text).digest();
  return timingSafeEqual(hash(`Bearer ${token}`), hash(authorization));
}
