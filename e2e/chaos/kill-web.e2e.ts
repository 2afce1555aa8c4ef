import { setTimeout as sleep } from "node:timers/promises";
import { expect, it } from "vitest";
import type { Door } from "../relay/support/portal";
import { type Load, startLoad } from "./support/load";
import { judge, untilQuiet } from "./support/oracle";
import { chaosRandom, type Random } from "./support/random";
import { type Stage, setStage, untilServed } from "./support/stage";
import type { StreamLog } from "./support/stream";
import { FULL, note, until } from "./support/until";

interface Size {
  streams: number;
  kills: number;
  /** Streams that must run at each kill. */
  openAtKill: number;
  concurrency: number;
  /** Pause between two events of five tokens; each event costs the Web adapter more. */
  delayMs: number;
}

const SIZES: Readonly<Record<Door, Size>> = {
  fast: FULL
    ? { streams: 1_000, kills: 15, openAtKill: 100, concurrency: 130, delayMs: 40 }
    : { streams: 120, kills: 3, openAtKill: 30, concurrency: 45, delayMs: 40 },
  web: FULL
    ? { streams: 1_000, kills: 15, openAtKill: 100, concurrency: 130, delayMs: 80 }
    : { streams: 60, kills: 2, openAtKill: 15, concurrency: 22, delayMs: 80 },
};
const EVENT_TOKENS = 5;
const TOKENS = FULL ? ([100, 900] as const) : ([100, 500] as const);
/** The core keeps usage, and the process writes it down, at most so far apart. */
const CHECKPOINT_MS = 2_000;
/** What a machine that is busy with everything else adds to both rhythms. */
const LATE_MS = 1_500;
const QUIET_MS = 60_000;
const OPEN_MS = 90_000;

/**
 * The web process is killed, without a chance to say goodbye, while streams run. Whatever the upstream
 * was asked is in the records, once; what was booked by the sweeper lacks at most what was delivered
 * since the last check-point; upstream, records, roll-ups, ledger and limits agree; no slot and no
 * reservation stays behind.
 */
it.each<Door>(["fast", "web"])("forgets no stream of a killed process, door: %s", async (door) => {
  const size = SIZES[door];
  const random = chaosRandom(`kill-web ${door}`);
  const stage = await setStage({ doors: [door] });
  try {
    const load = startLoad({
      urls: [stage.portal.url],
      key: stage.key,
      random,
      concurrency: size.concurrency,
      limit: size.streams * 10,
      tokens: TOKENS,
      delayMs: size.delayMs,
    });
    for (let kill = 1; kill <= size.kills; kill++) await killOnce(stage, load, random, size, kill);
    await until(
      () => load.logs().length >= size.streams,
      OPEN_MS,
      () => "too few streams",
    );
    await load.stop();
    await expectRightBooks(stage, size, [...stage.warmUp, ...load.logs()]);
  } finally {
    await stage.stop();
  }
});

async function killOnce(stage: Stage, load: Load, random: Random, size: Size, kill: number) {
  const [web] = stage.portal.web;
  if (!web) throw new Error("There is no web process.");
  const enough = () => load.streaming() >= size.openAtKill;
  const state = () => `${load.streaming()} streams run: ${web.program().output()}`;
  await until(enough, OPEN_MS, state);
  await sleep(random.whole(0, 2_500));
  await until(enough, OPEN_MS, state);
  const open = load.streaming();
  await web.kill("SIGKILL");
  note(`kill -9 ${kill} of ${size.kills} with ${open} streams open`);
  expect(open).toBeGreaterThanOrEqual(size.openAtKill);
  await sleep(random.whole(0, 500));
  await web.restart();
}

async function expectRightBooks(
  stage: Stage,
  { delayMs }: Size,
  logs: readonly StreamLog[],
): Promise<void> {
  await untilQuiet(stage.portal, QUIET_MS);
  const sweptBound = Math.ceil((CHECKPOINT_MS + LATE_MS) / delayMs) * EVENT_TOKENS;
  const verdict = await judge({ ...stage, logs, sweptBound: () => sweptBound, counters: true });
  expect(verdict.faults).toEqual([]);
  expect(verdict.swept).toBeGreaterThan(0);
  // The portal serves on, with nothing in its way.
  await untilServed(stage);
}
