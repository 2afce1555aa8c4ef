import { capture } from "./command.mjs";
import { inRoot } from "./paths.mjs";
import { elapsed } from "./steps.mjs";

const bin = (...parts) => inRoot("node_modules", ...parts);

/** What the whole code must satisfy, besides its tests. */
export const GATES = [
  { name: "types", args: [bin("typescript", "bin", "tsc"), "--noEmit"] },
  {
    name: "lint",
    args: [
      bin("@biomejs", "biome", "bin", "biome"),
      "check",
      "--error-on-warnings",
      "--colors=off",
    ],
  },
  {
    name: "imports",
    args: [
      bin("dependency-cruiser", "bin", "dependency-cruise.mjs"),
      "--config",
      ".dependency-cruiser.mjs",
      ...["app", "lib", "workers", "server.ts", "scripts"],
    ],
  },
  { name: "unused", args: [bin("knip", "bin", "knip.js"), "--no-progress"] },
];

export const UNIT_TESTS = {
  name: "unit tests",
  args: [bin("vitest", "vitest.mjs"), "run", "--project=unit", "--reporter=default"],
};

/**
 * Runs Node programs, so many at a time, and prints one line for each as it ends; the output of
 * those that fail follows theirs.
 * @param {{ name: string, args: string[] }[]} programs
 * @param {number} atATime
 * @param {(line: string) => void} print
 * @returns {Promise<{ name: string, ok: boolean }[]>} in the order of the list
 */
export async function runAll(programs, atATime, print) {
  const results = [];
  const queue = programs.map((program, index) => ({ ...program, index }));
  const worker = async () => {
    for (let next = queue.shift(); next; next = queue.shift()) {
      const begin = Date.now();
      const { code, output } = await capture(process.execPath, next.args, {
        env: { ...process.env, FORCE_COLOR: "0", NO_COLOR: "1" },
        timeoutMs: 300_000,
      });
      const ok = code === 0;
      results[next.index] = { name: next.name, ok };
      print(`  ${ok ? "✓" : "✗"} ${next.name} (${elapsed(Date.now() - begin)})`);
      if (!ok) print(`\n${output.trimEnd()}\n`);
    }
  };
  await Promise.all(Array.from({ length: atATime }, worker));
  return results;
}
