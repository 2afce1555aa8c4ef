import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { hashTree, readStamp, whenChanged } from "./stamp.mjs";

let root;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "stamp-"));
  mkdirSync(join(root, "src", "deep"), { recursive: true });
  writeFileSync(join(root, "src", "a.ts"), "a");
  writeFileSync(join(root, "src", "deep", "b.ts"), "b");
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const hash = (keep) => hashTree(root, ["src", "absent.ts"], keep);

it("changes with content, names and what is added", () => {
  const seen = [hash()];
  writeFileSync(join(root, "src", "deep", "b.ts"), "B");
  seen.push(hash());
  writeFileSync(join(root, "src", "c.ts"), "");
  seen.push(hash());
  rmSync(join(root, "src", "a.ts"));
  seen.push(hash());
  expect(new Set(seen).size).toBe(4);
});

it("ignores what is left out", () => {
  const before = hash((name) => name !== "src/deep");
  writeFileSync(join(root, "src", "deep", "b.ts"), "changed");
  expect(hash((name) => name !== "src/deep")).toBe(before);
});

it("does the work once, and again after a change or an interruption", async () => {
  const stamp = join(root, "out", ".stamp");
  const done = [];
  const work = (name) => async () => done.push(name);
  expect(await whenChanged(stamp, "1", work("first"))).toBe(true);
  expect(await whenChanged(stamp, "1", work("same"))).toBe(false);
  const broken = whenChanged(stamp, "2", async () => {
    throw new Error("interrupted");
  });
  await expect(broken).rejects.toThrow("interrupted");
  expect(readStamp(stamp)).toBeNull();
  // Even back at the old sources: what is on disk may be half of the new ones.
  expect(await whenChanged(stamp, "1", work("again"))).toBe(true);
  expect(done).toEqual(["first", "again"]);
});
