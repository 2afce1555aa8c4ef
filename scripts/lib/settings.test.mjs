import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { childEnv } from "./child-env.mjs";
import { Failure } from "./failure.mjs";
import { postgresUrl } from "./postgres.mjs";
import { configText, redisUrl } from "./redis.mjs";
import { reachableHost, readSettings } from "./settings.mjs";

it("serves this machine on port 3000 when nothing is said", () => {
  const settings = readSettings({});
  expect(settings).toMatchObject({
    port: 3000,
    host: "127.0.0.1",
    databaseUrl: null,
    redisUrl: null,
    publicUrl: "http://localhost:3000",
  });
  expect(settings.dataDir).toMatch(/\.data$/);
});

it("takes a public address without its last slash", () => {
  expect(readSettings({ PUBLIC_URL: "https://ai.example.com/" }).publicUrl).toBe(
    "https://ai.example.com",
  );
});

it("refuses what is no port or no address, without showing a password", () => {
  for (const PORT of ["0", "70000", "12a", "-1", "3.5"]) {
    expect(() => readSettings({ PORT }), PORT).toThrow(Failure);
  }
  const wrong = () => readSettings({ DATABASE_URL: "mysql://u:secret@host/db" });
  expect(wrong).toThrow(/DATABASE_URL/);
  expect(wrong).not.toThrow(/secret/);
});

it("reaches a server that listens everywhere under this machine's own name", () => {
  expect(["0.0.0.0", "::", "127.0.0.1", "10.0.0.5", "fd00::1"].map(reachableHost)).toEqual([
    "localhost",
    "[::1]",
    "localhost",
    "10.0.0.5",
    "[fd00::1]",
  ]);
});

it("builds addresses that hold any password", () => {
  const password = "p@ss/word:#?";
  const parse = (url) => decodeURIComponent(new URL(url).password);
  expect(parse(postgresUrl({ port: 1, password }))).toBe(password);
  expect(parse(redisUrl({ dataDir: "/nowhere", port: 1, password }))).toBe(password);
});

it("names a Redis server's socket where there is one, and the port always", () => {
  const dataDir = mkdtempSync(join(tmpdir(), "redis & co-"));
  const url = () => new URL(redisUrl({ dataDir, port: 6390, password: "p" }));
  expect(url().searchParams.get("path")).toBeNull();
  writeFileSync(join(dataDir, "redis.sock"), "");
  expect(url().searchParams.get("path")).toBe(join(dataDir, "redis.sock"));
  expect(url().host).toBe("127.0.0.1:6390");
  rmSync(dataDir, { recursive: true });
  const deep = join(tmpdir(), "x".repeat(120));
  expect(configText({ dataDir: deep, port: 1, password: "p" })).not.toContain("unixsocket");
});

it("gives web and worker their addresses and secrets, and nothing of npm's", () => {
  const env = childEnv(
    readSettings({ PORT: "3005" }),
    { ENCRYPTION_KEY: "e", SESSION_SECRET: "s", POSTGRES_PASSWORD: "hidden" },
    { databaseUrl: "postgresql://x", redisUrl: "redis://y" },
    { npm_config_x: "1", SMTP_URL: "smtp://z", NODE_ENV: "test" },
  );
  expect(env).toMatchObject({
    NODE_ENV: "production",
    PORT: "3005",
    DATABASE_URL: "postgresql://x",
    REDIS_URL: "redis://y",
    NEXTAUTH_URL: "http://localhost:3005",
    SMTP_URL: "smtp://z",
  });
  expect(env).not.toHaveProperty("npm_config_x");
  expect(Object.values(env)).not.toContain("hidden");
});
