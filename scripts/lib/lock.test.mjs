import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterEach, beforeEach, expect, it } from "vitest";
import { lockHolder, takeLock } from "./lock.mjs";
import { inRoot } from "./paths.mjs";

let folder;
let file;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "lock-"));
  file = join(folder, "some.lock");
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

it("is held by one, who is named, until it is released", async () => {
  const lock = await takeLock(file, { label: "first" });
  expect(await takeLock(file)).toEqual({ heldBy: { pid: process.pid, label: "first" } });
  lock.release();
  expect(existsSync(file)).toBe(false);
});

it("is taken over from a process that was killed", async () => {
  const module = pathToFileURL(inRoot("scripts", "lib", "lock.mjs")).href;
  const code = `import { takeLock } from "${module}"; await takeLock("${file}"); process.kill(process.pid, "SIGKILL");`;
  spawnSync(process.execPath, ["--input-type=module", "-e", code]);
  expect(existsSync(file)).toBe(true);
  expect(lockHolder(file)).toBeNull();
  expect(await takeLock(file)).toHaveProperty("release");
});

it("is taken over when another process has the dead owner's pid", async () => {
  writeFileSync(file, JSON.stringify({ pid: process.pid, identity: "from before a restart" }));
  expect(await takeLock(file)).toHaveProperty("release");
});
