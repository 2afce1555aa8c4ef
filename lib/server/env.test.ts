import { randomBytes } from "node:crypto";
import { expect, it } from "vitest";
import { EnvError, readEnv } from "./env";

const secret = () => randomBytes(32).toString("base64");
const GOOD = {
  NODE_ENV: "production",
  DATABASE_URL: "postgresql://localhost:5432/portal",
  REDIS_URL: "redis://localhost:6379",
  ENCRYPTION_KEY: secret(),
  SESSION_SECRET: secret(),
};

function faultsOf(changes: Record<string, string | undefined>): readonly string[] {
  try {
    readEnv({ ...GOOD, ...changes });
    return [];
  } catch (thrown) {
    if (thrown instanceof EnvError) return thrown.faults;
    throw thrown;
  }
}

it("reads a complete environment and fills in defaults", () => {
  expect(readEnv(GOOD)).toMatchObject({
    mode: "production",
    port: 3000,
    publicUrl: "http://localhost:3000",
    trustedProxyHops: 0,
    metricsToken: null,
    relayDoor: "fast",
  });
});

it("cuts the slash at the end of the public address and treats empty values as not set", () => {
  const env = readEnv({ ...GOOD, PUBLIC_URL: "https://portal.example/", PORT: "" });
  expect(env).toMatchObject({ publicUrl: "https://portal.example", port: 3000 });
});

// Eight ways in which secrets are wrong in the field; each must name the variable and the cure.
const BAD_SECRETS: [string, Record<string, string | undefined>, RegExp][] = [
  ["no encryption key", { ENCRYPTION_KEY: undefined }, /^ENCRYPTION_KEY is not set/],
  ["an empty encryption key", { ENCRYPTION_KEY: "" }, /^ENCRYPTION_KEY is not set/],
  ["a short encryption key", { ENCRYPTION_KEY: "c2hvcnQ=" }, /^ENCRYPTION_KEY must be 32 bytes/],
  [
    "an encryption key of zeros",
    { ENCRYPTION_KEY: Buffer.alloc(32).toString("base64") },
    /^ENCRYPTION_KEY is a sample value/,
  ],
  [
    "an encryption key from a manual",
    { ENCRYPTION_KEY: Buffer.from("change-me-change-me-change-me-32").toString("base64") },
    /^ENCRYPTION_KEY is a sample value/,
  ],
  ["no session secret", { SESSION_SECRET: undefined }, /^SESSION_SECRET is not set/],
  ["a short session secret", { SESSION_SECRET: "tooshort" }, /^SESSION_SECRET is shorter/],
  [
    "a session secret from a manual",
    { SESSION_SECRET: "your-session-secret-change-in-production" },
    /^SESSION_SECRET is a sample value/,
  ],
];

it.each(BAD_SECRETS)("refuses to start in production with %s", (_, changes, expected) => {
  expect(faultsOf(changes)).toEqual([expect.stringMatching(expected)]);
});

it("names every fault at once and never shows a value", () => {
  const faults = faultsOf({
    DATABASE_URL: "mysql://root:hunter2@db",
    PORT: "99999",
    SESSION_SECRET: "hunter2",
  });
  expect(faults).toHaveLength(3);
  expect(faults.join()).not.toContain("hunter2");
});

it("accepts a list of encryption keys for rotation, but no id twice", () => {
  expect(faultsOf({ ENCRYPTION_KEY: `b:${secret()},a:${secret()}` })).toEqual([]);
  expect(faultsOf({ ENCRYPTION_KEY: `a:${secret()},a:${secret()}` })).toHaveLength(1);
});
