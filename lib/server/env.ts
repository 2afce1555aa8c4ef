import { z } from "zod";
import { secretFault } from "./env-secrets";

const whole = (fallback: number, min: number, max: number) =>
  z.coerce.number().int().min(min).max(max).default(fallback);
/** A limit that settings decide unless the environment overrides it (tests shorten them so). */
const override = (min: number) => z.coerce.number().int().min(min).optional();
const url = (...protocols: string[]) =>
  z.string().refine((text) => URL.canParse(text) && protocols.includes(new URL(text).protocol), {
    message: `must be an address that starts with ${protocols.map((p) => `${p}//`).join(" or ")}`,
  });
const flag = z.enum(["0", "1"]).default("0");

const EnvShape = z.object({
  NODE_ENV: z.enum(["production", "development", "test"]).default("development"),
  PORT: whole(3000, 0, 65_535),
  HOST: z.string().min(1).default("127.0.0.1"),
  DATA_DIR: z.string().min(1).default(".data"),
  DATABASE_URL: url("postgres:", "postgresql:"),
  REDIS_URL: url("redis:", "rediss:"),
  PUBLIC_URL: url("http:", "https:").optional(),
  ENCRYPTION_KEY: z.string(),
  SESSION_SECRET: z.string(),
  TRUSTED_PROXY_HOPS: whole(0, 0, 10),
  METRICS_TOKEN: z.string().min(16, "must have at least 16 characters").optional(),
  LOG_LEVEL: z.enum(["debug", "info", "warn", "error", "silent"]).default("info"),
  DB_POOL_SIZE: whole(10, 1, 200),
  UPSTREAM_CONNECTIONS: whole(2_000, 1, 100_000),
  WORKER_CONCURRENCY: whole(5, 1, 100),
  DRAIN_MS: whole(480_000, 0, 3_600_000),
  /** Prefix of every Redis key: several portals, or tests, can share a server. */
  REDIS_PREFIX: z.string().min(1).max(40).default("rp"),
  RELAY_DOOR: z.enum(["fast", "web"]).default("fast"),
  RELAY_ONLY: flag,
  RELAY_MAX_BODY_BYTES: override(1_024),
  RELAY_CONNECT_MS: override(1),
  RELAY_FIRST_BYTE_MS: override(1),
  RELAY_IDLE_MS: override(1),
  RELAY_TOTAL_MS: override(1),
  RELAY_KEEP_ALIVE_MS: override(1),
  RELAY_WRITE_STALL_MS: override(1),
  RELAY_MAX_ATTEMPTS: override(1),
  HEART_BEAT_MS: override(1),
  SWEEP_AFTER_MS: override(1),
});

type Raw = z.output<typeof EnvShape>;

/** Limits that the environment overrides; what is undefined is decided by the portal's settings. */
export interface LimitOverrides {
  maxBodyBytes: number | undefined;
  connectMs: number | undefined;
  firstByteMs: number | undefined;
  idleMs: number | undefined;
  totalMs: number | undefined;
  keepAliveMs: number | undefined;
  writeStallMs: number | undefined;
  maxAttempts: number | undefined;
  heartBeatMs: number | undefined;
  sweepAfterMs: number | undefined;
}

export interface Env {
  mode: "production" | "development" | "test";
  port: number;
  host: string;
  dataDir: string;
  databaseUrl: string;
  redisUrl: string;
  redisPrefix: string;
  /** Without trailing slash; the address that people and links use. */
  publicUrl: string;
  encryptionKey: string;
  sessionSecret: string;
  trustedProxyHops: number;
  metricsToken: string | null;
  logLevel: Raw["LOG_LEVEL"];
  dbPoolSize: number;
  upstreamConnections: number;
  workerConcurrency: number;
  /** How long running streams may go on after SIGTERM. */
  drainMs: number;
  relayDoor: "fast" | "web";
  /** Serve the relay and health only, without Next: for measuring and for small test set-ups. */
  relayOnly: boolean;
  limits: LimitOverrides;
}

/** The environment does not allow a start; each line says what is wrong and how to mend it. */
export class EnvError extends Error {
  override readonly name = "EnvError";
  constructor(readonly faults: readonly string[]) {
    super(`The portal cannot start:\n${faults.map((fault) => `  - ${fault}`).join("\n")}`);
  }
}

/**
 * The process's environment, checked and typed. Secrets that are missing, too short or copied from
 * an example are refused in production.
 * @throws {EnvError} with one sentence per fault
 */
export function readEnv(source: Readonly<Record<string, string | undefined>> = process.env): Env {
  // An empty value is how shells and compose files say "not set".
  const given = Object.fromEntries(Object.entries(source).filter(([, value]) => value !== ""));
  const parsed = EnvShape.safeParse(given);
  const mode = given.NODE_ENV === "production" ? "production" : "other";
  const faults = [
    ...(parsed.success ? [] : parsed.error.issues.map((issue) => faultOf(issue, given))),
    ...(mode === "production" ? secretFaults(given) : []),
  ];
  if (!parsed.success || faults.length > 0) throw new EnvError(faults);
  return shape(parsed.data);
}

function faultOf(
  { path, message }: z.core.$ZodIssue,
  given: Readonly<Record<string, string | undefined>>,
): string {
  const name = path.join(".");
  if (given[name] === undefined) return `${name} is not set.`;
  return `${name} is not usable: ${message}.`;
}

function secretFaults(given: Readonly<Record<string, string | undefined>>): string[] {
  return (["ENCRYPTION_KEY", "SESSION_SECRET"] as const).flatMap((name) => {
    const value = given[name];
    const fault = value === undefined ? null : secretFault(name, value);
    return fault ? [`${name} ${fault}`] : [];
  });
}

function shape(raw: Raw): Env {
  return {
    mode: raw.NODE_ENV,
    port: raw.PORT,
    host: raw.HOST,
    dataDir: raw.DATA_DIR,
    databaseUrl: raw.DATABASE_URL,
    redisUrl: raw.REDIS_URL,
    redisPrefix: raw.REDIS_PREFIX,
    publicUrl: (raw.PUBLIC_URL ?? `http://localhost:${raw.PORT}`).replace(/\/+$/, ""),
    encryptionKey: raw.ENCRYPTION_KEY,
    sessionSecret: raw.SESSION_SECRET,
    trustedProxyHops: raw.TRUSTED_PROXY_HOPS,
    metricsToken: raw.METRICS_TOKEN ?? null,
    logLevel: raw.LOG_LEVEL,
    dbPoolSize: raw.DB_POOL_SIZE,
    upstreamConnections: raw.UPSTREAM_CONNECTIONS,
    workerConcurrency: raw.WORKER_CONCURRENCY,
    drainMs: raw.DRAIN_MS,
    relayDoor: raw.RELAY_DOOR,
    relayOnly: raw.RELAY_ONLY === "1",
    limits: {
      maxBodyBytes: raw.RELAY_MAX_BODY_BYTES,
      connectMs: raw.RELAY_CONNECT_MS,
      firstByteMs: raw.RELAY_FIRST_BYTE_MS,
      idleMs: raw.RELAY_IDLE_MS,
      totalMs: raw.RELAY_TOTAL_MS,
      keepAliveMs: raw.RELAY_KEEP_ALIVE_MS,
      writeStallMs: raw.RELAY_WRITE_STALL_MS,
      maxAttempts: raw.RELAY_MAX_ATTEMPTS,
      heartBeatMs: raw.HEART_BEAT_MS,
      sweepAfterMs: raw.SWEEP_AFTER_MS,
    },
  };
}

/**
 * Tells next-auth the portal's one address. Left alone it would believe the Host header of whoever
 * asks, in some environments.
 */
export function fixNextAuthUrl(publicUrl: string): void {
  process.env.NEXTAUTH_URL = publicUrl;
  delete process.env.AUTH_TRUST_HOST;
  delete process.env.VERCEL;
}
