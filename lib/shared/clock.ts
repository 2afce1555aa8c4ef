/** Time as the core sees it. Tests pass a hand-turned one. */
export interface Clock {
  /** Wall time in ms since the epoch; may jump. */
  nowMs(): number;
  /** Monotonic ms, for durations and time-outs. */
  monotonicMs(): number;
  /** Runs `fn` once after `delayMs`; the answer cancels it. A pending timer never keeps a process alive. */
  after(delayMs: number, fn: () => void): () => void;
}

export const systemClock: Clock = {
  nowMs: () => Date.now(),
  monotonicMs: () => performance.now(),
  after(delayMs, fn) {
    const timer = setTimeout(fn, delayMs);
    // Browsers answer a number here, which has no unref.
    if (typeof timer === "object") timer.unref();
    return () => clearTimeout(timer);
  },
};
