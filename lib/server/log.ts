import pino from "pino";

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
 * or `error` and is logged with its causes. Every line passes `scrub`.
 */
export function openLog(level: LogLevel | "silent", sink: Sink = standardOutput()): Log {
  const write = (line: string) => void sink.write(scrub(line));
  const logger = pino(
    {
      level,
      base: { pid: process.pid },
      timestamp: pino.stdTimeFunctions.isoTime,
      serializers: { err: errWithCause, error: errWithCause },
    },
    { write },
  );
  const log = (at: LogLevel, line: Readonly<Record<string, unknown>>) => {
    if (!isFlat(line)) logger[at](line);
    else if (logger.isLevelEnabled(at)) write(flatLine(logger.levels.values[at], line));
  };
  return Object.assign(log, { flush: () => sink.flushSync?.() });
}

const { errWithCause } = pino.stdSerializers;

/** Only texts, numbers and the like, as in the one line of each request: nothing to be serialized. */
function isFlat(line: Readonly<Record<string, unknown>>): boolean {
  for (const name in line) {
    const value = line[name];
    if (typeof value === "object" ? value !== null : typeof value === "bigint") return false;
  }
  return true;
}

/** A flat line as pino writes it, at a third of the cost. */
function flatLine(level: number | undefined, line: Readonly<Record<string, unknown>>): string {
  const head = `{"level":${level},"time":"${new Date().toISOString()}","pid":${process.pid}`;
  const fields = JSON.stringify(line);
  return fields === "{}" ? `${head}}\n` : `${head},${fields.slice(1)}\n`;
}

/** Lines leave together, at the latest after this: a write for each would cost a request a tenth more. */
const FLUSH_MS = 100;
const standardOutput = () =>
  pino.destination({ fd: 1, sync: false, minLength: 8_192, periodicFlush: FLUSH_MS });

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

const STRING_OR_LIST = String.raw`"(?:[^"\\]|\\.)*"|\[[^\]]*\]`;
const FIELD = new RegExp(`("(?:${SECRET_FIELDS.join("|")})":)(?:${STRING_OR_LIST})`, "gi");
/** Shapes of secrets wherever they stand: portal keys, Anthropic, OpenAI, Google, bearer tokens, query keys. */
const SHAPES = [
  /\bcr_[A-Za-z0-9_-]{8,}/g,
  /\bsk-[A-Za-z0-9_-]{8,}/g,
  /\bAIza[A-Za-z0-9_-]{10,}/g,
  /\bya29\.[A-Za-z0-9._-]{8,}/g,
  /\beyJ[A-Za-z0-9_-]{5,}\.[A-Za-z0-9_-]{5,}\.[A-Za-z0-9_-]*/g,
  /\b(?:Bearer|Basic) +[A-Za-z0-9._~+/=-]{8,}/gi,
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
  const byField = text.replace(FIELD, '$1"[redacted]"');
  return SHAPES.reduce((line, shape) => line.replace(shape, "[redacted]"), byField);
}
