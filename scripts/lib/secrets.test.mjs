import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { loadSecrets } from "./secrets.mjs";

let dataDir;
let file;
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), "secrets-"));
  file = join(dataDir, "secrets.json");
});
afterEach(() => rmSync(dataDir, { recursive: true, force: true }));

it("makes secrets once, for their owner's eyes only", () => {
  const first = loadSecrets(dataDir);
  expect(Buffer.from(first.ENCRYPTION_KEY, "base64")).toHaveLength(32);
  expect(statSync(file).mode & 0o777).toBe(0o600);
  chmodSync(file, 0o644);
  expect(loadSecrets(dataDir)).toEqual(first);
  expect(statSync(file).mode & 0o777).toBe(0o600);
});

it("uses what the environment gives and does not write it down", () => {
  const secrets = loadSecrets(dataDir, { ENCRYPTION_KEY: "given" });
  expect(secrets.ENCRYPTION_KEY).toBe("given");
  expect(readFileSync(file, "utf8")).not.toContain("given");
});

it("refuses to make new secrets beside data that was encrypted with lost ones", () => {
  mkdirSync(join(dataDir, "postgres"));
  writeFileSync(join(dataDir, "postgres", "PG_VERSION"), "18\n");
  expect(() => loadSecrets(dataDir)).toThrow(/missing/);
  writeFileSync(file, "{ half");
  expect(() => loadSecrets(dataDir)).toThrow(/cannot be read/);
  expect(readFileSync(file, "utf8")).toBe("{ half");
});
