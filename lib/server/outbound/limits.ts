import type { UpstreamLimits } from "../../relay/upstream-port";
import type { Clock } from "../../shared/clock";
import { AppError } from "../../shared/errors";

type Phase = "connect" | "firstByte" | "idle";

const PHASES = {
  connect: { limit: "connectMs", message: "The upstream did not accept a connection in time." },
  firstByte: { limit: "firstByteMs", message: "The upstream did not answer in time." },
  idle: { limit: "idleMs", message: "The upstream fell silent in the middle of its answer." },
} as const satisfies Record<Phase, { limit: keyof UpstreamLimits; message: string }>;

const TOTAL = "The upstream's answer took longer than a request may take.";

/** Watches one call. Each method says what has just happened. */
export interface LimitWatch {
  sent(): void;
  received(): void;
  /** The caller takes no more: the upstream's silence is not its fault until `resumed`. */
  paused(): void;
  resumed(): void;
  stop(): void;
}

/**
 * Ends a call that takes too long, with `upstream_silent` and the limit's own words. One timer is
 * armed for the nearest deadline and looked at again when it fires: a chunk costs no timer.
 */
export function watchLimits(
  limits: UpstreamLimits,
  clock: Clock,
  expire: (error: AppError) => void,
): LimitWatch {
  const begun = clock.monotonicMs();
  let phase: Phase = "connect";
  let since = begun;
  let waiting = false;
  let armedFor = Number.POSITIVE_INFINITY;
  let cancel = () => {};

  const total = begun + limits.totalMs;
  const deadline = () => (waiting ? total : Math.min(total, since + limits[PHASES[phase].limit]));
  const look = () => {
    armedFor = Number.POSITIVE_INFINITY;
    const now = clock.monotonicMs();
    if (now < deadline()) return arm(now);
    const message = now >= total ? TOTAL : PHASES[phase].message;
    expire(new AppError("upstream_silent", message));
  };
  const arm = (now: number) => {
    const next = deadline();
    if (next >= armedFor) return;
    cancel();
    armedFor = next;
    cancel = clock.after(Math.max(1, Math.ceil(next - now)), look);
  };
  const enter = (next: Phase) => {
    phase = next;
    since = clock.monotonicMs();
    arm(since);
  };
  arm(begun);
  return {
    sent: () => enter("firstByte"),
    received() {
      if (phase !== "idle") return enter("idle");
      since = clock.monotonicMs();
    },
    paused() {
      waiting = true;
    },
    resumed() {
      waiting = false;
      enter(phase);
    },
    stop: () => cancel(),
  };
}
