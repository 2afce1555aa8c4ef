import pino, { type Logger } from "pino";
import { flatFields } from "./flat-fields";
import { scrub } from "./scrub";

export type LogLevel = "debug" | "info" | "warn" | "error";

/** Writes one JSON line. Bodies and prompts are never given to it; secrets are blanked anyway. */
export interface Log {
  (level: LogLevel, line: Readonly<Record<string, unknown>>): void;
  /** Writes what is still buffered, at once: for the end of the process. */
  flush(): void;
}

interface Sink {
  write(line: string): unknown;
  flushSync?(): void;
}

/**
 * JSON lines on standard output, written behind the caller's back. A thrown thing goes under `err`
 * or `error` and is logged with its causes. No line leaves that was not judged as `scrub` would.
 */
export function openLog(level: LogLevel | "silent", sink: Sink = standardOutput()): Log {
  const logger = pino(
    {
      level,
      base: { pid: process.pid },
      timestamp: pino.stdTimeFunctions.isoTime,
      serializers: { err: errWithCause, error: errWithCause },
    },
    { write: (line: string) => void sink.write(scrub(line)) },
  );
  const heads = headsOf(logger);
  const now = isoClock();
  const log = (at: LogLevel, line: Readonly<Record<string, unknown>>) => {
    const head = heads[at];
    if (head === undefined) return;
    const fields = flatFields(line);
    if (fields === null) logger[at](line);
    else sink.write(`${head}${now()}${PID}${fields}}\n`);
  };
  return Object.assign(log, { flush: () => sink.flushSync?.() });
}

const { errWithCause } = pino.stdSerializers;

/** How a line of each level begins that is written at all. */
function headsOf(logger: Logger): Partial<Record<LogLevel, string>> {
  const written = LEVELS.filter((at) => logger.isLevelEnabled(at));
  return Object.fromEntries(
    written.map((at) => [at, `{"level":${logger.levels.values[at]},"time":"`]),
  );
}

const LEVELS: readonly LogLevel[] = ["debug", "info", "warn", "error"];
const PID = `","pid":${process.pid}`;

/** The time in ISO form: a date is taken apart once a second, put together once a millisecond. */
function isoClock(): () => string {
  let nowMs = Number.NaN;
  let secondMs = Number.NaN;
  let second = "";
  let text = "";
  return () => {
    const ms = Date.now();
    if (ms === nowMs) return text;
    const rest = ms % 1_000;
    if (ms - rest !== secondMs) {
      secondMs = ms - rest;
      second = new Date(secondMs).toISOString().slice(0, -4);
    }
    nowMs = ms;
    text = `${second}${String(rest).padStart(3, "0")}Z`;
    return text;
  };
}

/** Lines leave together: this many characters of them, and at the latest after `FLUSH_MS`. */
const GATHERED = 16_384;
const FLUSH_MS = 100;

/** Lines are put together here: the destination would measure all that it holds at each of them. */
function standardOutput(): Sink {
  const out = pino.destination({ fd: 1, sync: false });
  let waiting = "";
  const hand = () => {
    const lines = waiting;
    waiting = "";
    if (lines !== "") out.write(lines);
  };
  setInterval(hand, FLUSH_MS).unref();
  // Before the destination's own listeners, which write what they were given.
  process.prependListener("beforeExit", hand).prependListener("exit", hand);
  return {
    write(line) {
      waiting += line;
      if (waiting.length >= GATHERED) hand();
    },
    flushSync() {
      hand();
      out.flushSync();
    },
  };
}
