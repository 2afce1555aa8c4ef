import pino, { type Logger } from "pino";

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

/**
 * The fields of a line of texts, numbers and the like, as in the one line of each request: what
 * pino and `scrub` would make of them at a fraction of the cost. null when there is more to it.
 */
function flatFields(line: Readonly<Record<string, unknown>>): string | null {
  let fields = "";
  for (const name in line) {
    const text = flatField(FIELDS.get(name) ?? newField(name), line[name]);
    if (text === null) return null;
    fields += text;
  }
  return fields;
}

/** A field that has been written before. */
interface Field {
  /** Comma, name and colon. */
  start: string;
  isSecret: boolean;
  /** The harmless value that it had last, and the whole field with it. */
  value: string | null;
  text: string;
}

/** Bounds of what is kept: names of fields, and values with their length. */
const MAX_KEPT = 1_000;
const MAX_KEPT_LENGTH = 128;
const FIELDS = new Map<string, Field>();
/** Harmless values as JSON writes them: names of models and other texts that come again. */
const HARMLESS = new Map<string, string>();
/** Letters, digits and underscores: no shape of a secret is made of these but with these beginnings. */
const PLAIN_WORD = /^(?!cr_|AIza)[A-Za-z0-9_]*$/;

function newField(name: string): Field {
  const judged = scrub(`${JSON.stringify(name)}:""`);
  const isSecret = !judged.endsWith(':""');
  const start = `,${judged.slice(0, judged.lastIndexOf(":") + 1)}`;
  const field: Field = { start, isSecret, value: null, text: "" };
  keep(FIELDS, name, field);
  return field;
}

function flatField(field: Field, value: unknown): string | null {
  if (typeof value === "string") return textField(field, value);
  if (typeof value === "number") return field.start + (Number.isFinite(value) ? value : "null");
  if (value === null || typeof value === "boolean") return field.start + value;
  return typeof value === "object" || typeof value === "bigint" ? null : "";
}

function textField(field: Field, value: string): string {
  if (value === field.value) return field.text;
  if (field.isSecret) return `${field.start}${REDACTED}`;
  const harmless = value.length > MAX_KEPT_LENGTH ? undefined : harmlessText(value);
  if (harmless === undefined) return field.start + scrub(JSON.stringify(value));
  field.value = value;
  field.text = field.start + harmless;
  return field.text;
}

/** A short value as JSON writes it; undefined when there is something to blank. */
function harmlessText(value: string): string | undefined {
  if (PLAIN_WORD.test(value)) return `"${value}"`;
  const known = HARMLESS.get(value);
  if (known !== undefined) return known;
  const text = JSON.stringify(value);
  if (scrub(text) !== text) return undefined;
  keep(HARMLESS, value, text);
  return text;
}

/** Forgets everything rather than grow without end. */
function keep<V>(kept: Map<string, V>, name: string, value: V): void {
  if (kept.size >= MAX_KEPT) kept.clear();
  kept.set(name, value);
}

/** Fields whose value is a secret whatever it looks like; matched without regard to case. */
const SECRET_FIELDS = [
  "authorization",
  "proxy-authorization",
  "x-api-key",
  "x-goog-api-key",
  "api-key",
  "api_key",
  "apikey",
  "key_secret",
  "cookie",
  "set-cookie",
  "password",
  "passwordhash",
  "secret",
  "sealedsecret",
  "client_secret",
  "token",
  "access_token",
  "accesstoken",
  "refresh_token",
  "refreshtoken",
  "id_token",
  "sessiontoken",
];

const REDACTED = '"[redacted]"';
const STRING_OR_LIST = String.raw`"(?:[^"\\]|\\.)*"|\[[^\]]*\]`;
const FIELD = new RegExp(`("(?:${SECRET_FIELDS.join("|")})":)(?:${STRING_OR_LIST})`, "gi");
/** Where a word begins, also right after a line end or the like as JSON writes it. */
const START = String.raw`(?:\b|(?<=\\(?:[bfnrt]|u[0-9a-f]{4})))`;
/** Shapes of secrets wherever they stand: portal keys, Anthropic, OpenAI, Google, bearer tokens, query keys. */
const SHAPES = [
  new RegExp(`${START}cr_[A-Za-z0-9_-]{8,}`, "g"),
  new RegExp(`${START}sk-[A-Za-z0-9_-]{8,}`, "g"),
  new RegExp(`${START}AIza[A-Za-z0-9_-]{10,}`, "g"),
  new RegExp(String.raw`${START}ya29\.[A-Za-z0-9._-]{8,}`, "g"),
  new RegExp(String.raw`${START}eyJ[A-Za-z0-9_-]{5,}\.[A-Za-z0-9_-]{5,}\.[A-Za-z0-9_-]*`, "g"),
  new RegExp(`${START}(?:Bearer|Basic) +[A-Za-z0-9._~+/=-]{8,}`, "gi"),
  /(?<=[?&](?:key|token|access_token|code)=)[^&\s"\\]+/gi,
  /(?<=:\/\/[^\s/@":]{0,64}:)[^\s/@"]+(?=@)/g,
];

/** What every one of them begins with or stands beside: most lines hold none of it and are left alone. */
const SUSPICIOUS = new RegExp(
  `(?:${SECRET_FIELDS.join("|")})"|cr_|sk-|aiza|ya29|eyj|bearer |basic |[?&](?:key|token|access_token|code)=|@`,
  "i",
);

/** The text with every secret that can be known by its field or its shape replaced. */
export function scrub(text: string): string {
  return SUSPICIOUS.test(text) ? blanked(text) : text;
}

function blanked(text: string): string {
  const byField = text.replace(FIELD, `$1${REDACTED}`);
  return SHAPES.reduce((line, shape) => line.replace(shape, "[redacted]"), byField);
}
