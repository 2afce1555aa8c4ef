import { setTimeout as sleep } from "node:timers/promises";

/** The long form of the suite: `npm run chaos`. */
export const FULL = process.env.CHAOS_FULL === "1";

/** A line of the suite's own diary: what was done to whom, and when. */
export function note(line: string): void {
  process.stdout.write(`chaos: ${new Date().toISOString().slice(11, 23)} ${line}\n`);
}

/**
 * Waits until `check` holds.
 * @throws with what `describe` says when it does not come true in time
 */
export async function until(
  check: () => boolean | Promise<boolean>,
  timeoutMs: number,
  describe: () => string | Promise<string>,
): Promise<void> {
  const deadline = performance.now() + timeoutMs;
  while (!(await check())) {
    if (performance.now() > deadline) {
      throw new Error(`Not within ${timeoutMs} ms: ${await describe()}`);
    }
    await sleep(50);
  }
}
