import type { Clock } from "../../shared/clock";

export interface Heartbeat {
  /** Something was written at that moment: silence begins anew. Cheap enough for every chunk. */
  touch(nowMs: number): void;
  stop(): void;
}

/**
 * Calls `beat` after each `silenceMs` without a `touch`. One timer for the whole stream: it looks at
 * the time of the last write instead of being set anew at every chunk.
 */
export function heartbeat(clock: Clock, silenceMs: number, beat: () => void): Heartbeat {
  let lastMs = clock.monotonicMs();
  let cancel: () => void = () => {};
  const arm = (delayMs: number) => {
    cancel = clock.after(delayMs, look);
  };
  const look = () => {
    const silentMs = clock.monotonicMs() - lastMs;
    if (silentMs < silenceMs) {
      arm(silenceMs - silentMs);
      return;
    }
    lastMs = clock.monotonicMs();
    arm(silenceMs);
    beat();
  };
  arm(silenceMs);
  return {
    touch(nowMs) {
      lastMs = nowMs;
    },
    stop: () => cancel(),
  };
}
