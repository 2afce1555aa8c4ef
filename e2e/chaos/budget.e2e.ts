import { setTimeout as sleep } from "node:timers/promises";
import { expect, it } from "vitest";
import { chaosCall } from "./support/call";
import { judge, untilQuiet } from "./support/oracle";
import { chaosRandom, type Random, randomFrom } from "./support/random";
import { type Stage, setStage } from "./support/stage";
import { openStream, type StreamLog } from "./support/stream";
import { FULL, note } from "./support/until";

const SEEDS = FULL ? 20 : 5;
const PARALLEL = 100;
const GRANTED = 10;
const TOKENS = 2_000;
/**
 * US dollars. Output of 2,000 tokens costs $0.03; its reservation adds at most the dearest price of
 * its body's bytes, under $0.003. So ten fit in any order of reserving and settling, and never eleven.
 */
const BUDGET = "0.33";
const QUIET_MS = 30_000;

/**
 * A hundred requests at once, on two web processes, for a budget of ten: ten are served. The others
 * are told so in the words of their face, and no upstream hears of them.
 */
it("grants exactly what the budget allows, however many ask at once", async () => {
  const random = chaosRandom("budget");
  const stage = await setStage({ doors: ["fast", "fast"] });
  try {
    const logs: StreamLog[] = [];
    for (let round = 1; round <= SEEDS; round++) {
      const seed = random.whole(1, 2 ** 31);
      logs.push(...(await oneRound(stage, randomFrom(seed), round)));
    }
    await untilQuiet(stage.portal, QUIET_MS);
    const all = [...stage.warmUp, ...logs];
    const verdict = await judge({ ...stage, logs: all, sweptBound: () => 0, counters: true });
    expect(verdict.faults).toEqual([]);
  } finally {
    await stage.stop();
  }
});

async function oneRound(stage: Stage, random: Random, round: number): Promise<StreamLog[]> {
  const key = await stage.newKey(`round ${round}`, ["--total-limit", BUDGET]);
  const spreadMs = random.pick([0, 20, 200]);
  const ask = async () => {
    await sleep(random.whole(0, spreadMs));
    // The dearer face only: both kinds of request must cost the same here.
    const call = chaosCall({
      face: "anthropic",
      key,
      tokens: TOKENS,
      delayMs: 0,
      maxTokens: TOKENS,
    });
    return openStream(random.pick(stage.portal.web).url, call).ended;
  };
  const logs = await Promise.all(Array.from({ length: PARALLEL }, ask));
  const granted = logs.filter((log) => log.status === 200);
  const refused = logs.filter((log) => log.status === 402);
  note(`round ${round}, seed ${random.seed}: ${granted.length} granted, ${refused.length} refused`);
  expect(
    logs.map((log) => log.status).filter((status) => status !== 200 && status !== 402),
  ).toEqual([]);
  expect(granted).toHaveLength(GRANTED);
  expect(granted.filter((log) => !log.complete())).toEqual([]);
  for (const log of refused) {
    expect(JSON.parse(log.body().toString())).toMatchObject({ type: "error" });
    expect(log.headers["x-should-retry"]).toBe("false");
  }
  const bodies = new Set(logs.map((log) => log.call.bodySha256));
  const reached = (await stage.upstream.book()).filter((entry) =>
    bodies.has(entry.requestBytesSha256),
  );
  expect(reached).toHaveLength(GRANTED);
  return logs;
}
