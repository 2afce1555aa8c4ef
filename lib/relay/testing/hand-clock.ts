import type { Clock } from "../../shared/clock";

export interface HandClock extends Clock {
  /** Turns time forward and runs what falls due, in order. */
  advance(ms: number): void;
  /** Timers that are still armed: 0 when nothing leaks. */
  pending(): number;
}

/** A clock that stands still until a test turns it. */
export function handClock(startMs = 1_800_000_000_000): HandClock {
  let elapsed = 0;
  let timers: { atMs: number; fn: () => void }[] = [];
  const nextDue = (untilMs: number) =>
    timers.filter(({ atMs }) => atMs <= untilMs).sort((a, b) => a.atMs - b.atMs)[0];
  return {
    nowMs: () => startMs + elapsed,
    monotonicMs: () => elapsed,
    after(delayMs, fn) {
      const timer = { atMs: elapsed + delayMs, fn };
      timers.push(timer);
      return () => {
        timers = timers.filter((other) => other !== timer);
      };
    },
    advance(ms) {
      const untilMs = elapsed + ms;
      for (let due = nextDue(untilMs); due; due = nextDue(untilMs)) {
        const timer = due;
        timers = timers.filter((other) => other !== timer);
        elapsed = Math.max(elapsed, timer.atMs);
        timer.fn();
      }
      elapsed = untilMs;
    },
    pending: () => timers.length,
  };
}
