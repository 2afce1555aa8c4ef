import type { Fault } from "./faults";

const MARKER = /\[\[fault:([a-z-]+?)(?:-(\d+))?(?:-(\d+))?\]\]/g;

/** What each name stands for; `n` and `m` are the numbers behind it. */
const BY_NAME: Readonly<Record<string, (n: number, m: number | null) => Fault>> = {
  status: (n, m) => ({
    kind: "status",
    status: n,
    ...(m === null ? {} : { retryAfterSeconds: m }),
  }),
  "error-event": (n, m) => ({
    kind: "error-event",
    afterEvents: n,
    ...(m === null ? {} : { status: m }),
  }),
  "cut-reset": (n) => ({ kind: "cut", form: "reset", afterEvents: n }),
  "cut-fin": (n) => ({ kind: "cut", form: "fin", afterEvents: n }),
  "early-end": (n) => ({ kind: "early-end", afterEvents: n }),
  "half-event": (n) => ({ kind: "half-event", event: n }),
  "malformed-json": (n) => ({ kind: "malformed-json", event: n }),
  silent: (n) => ({ kind: "silent-after", events: n }),
  "delay-head": (n) => ({ kind: "delay-head", ms: n }),
};

/**
 * Faults that a prompt asks for itself, so that they reach the fake through any relay: `[[fault:<name>-<number>]]`
 * with status-<status>[-<retry after, s>], error-event-<after events>[-<status>], cut-reset-<after events>,
 * cut-fin-<…>, early-end-<…>, half-event-<event>, malformed-json-<event>, silent-<after events>,
 * delay-head-<ms>. The whole body is looked through: they hold for every turn of a conversation.
 */
export function promptFaults(body: Buffer): Fault[] {
  if (!body.includes("[[fault:")) return [];
  return [...body.toString("utf8").matchAll(MARKER)].flatMap(([, name, n, m]) => {
    const make = BY_NAME[name ?? ""];
    return make === undefined ? [] : [make(Number(n ?? 0), m === undefined ? null : Number(m))];
  });
}
