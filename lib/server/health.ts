import type { Clock } from "../shared/clock";

/** Looks at one thing that must work; rejects when it does not. */
export type Check = () => Promise<unknown>;

export interface HealthAnswer {
  status: 200 | 503;
  body: { status: "ok" | "unavailable"; parts: Readonly<Record<string, "ok" | "failed">> };
}

export interface Health {
  /** The process runs and its event loop turns. */
  live(): HealthAnswer;
  /** Everything that serving needs works. */
  ready(): Promise<HealthAnswer>;
  /** From now on not ready, whatever works: the process is about to end. */
  drain(): void;
}

const CHECK_TIMEOUT_MS = 2_000;
/** Anybody may ask; the database must not pay for each time. */
const KEPT_MS = 500;

/** Readiness as the sum of named checks, looked at side by side, bounded and briefly remembered. */
export function createHealth(checks: Readonly<Record<string, Check>>, clock: Clock): Health {
  let draining = false;
  let last: { atMs: number; answer: Promise<HealthAnswer> } | null = null;
  return {
    live: () => ({ status: 200, body: { status: "ok", parts: {} } }),
    async ready() {
      if (draining) return answerOf({ accepting: "failed" });
      const nowMs = clock.monotonicMs();
      if (!last || nowMs - last.atMs > KEPT_MS) last = { atMs: nowMs, answer: look(checks, clock) };
      return last.answer;
    },
    drain() {
      draining = true;
    },
  };
}

async function look(checks: Readonly<Record<string, Check>>, clock: Clock): Promise<HealthAnswer> {
  const seen = Object.entries(checks).map(async ([name, check]) => {
    const ok = await withinTime(check, clock);
    return [name, ok ? "ok" : "failed"] as const;
  });
  return answerOf(Object.fromEntries(await Promise.all(seen)));
}

function withinTime(check: Check, clock: Clock): Promise<boolean> {
  return new Promise((resolve) => {
    const cancel = clock.after(CHECK_TIMEOUT_MS, () => resolve(false));
    check().then(
      () => {
        cancel();
        resolve(true);
      },
      () => {
        cancel();
        resolve(false);
      },
    );
  });
}

function answerOf(parts: Readonly<Record<string, "ok" | "failed">>): HealthAnswer {
  const ok = Object.values(parts).every((part) => part === "ok");
  return ok
    ? { status: 200, body: { status: "ok", parts } }
    : { status: 503, body: { status: "unavailable", parts } };
}
