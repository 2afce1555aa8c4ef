import { expect, it } from "vitest";
import type { FaultRule } from "../../lib/testing/upstream/faults";
import { chaosCall } from "./support/call";
import { judge, untilQuiet } from "./support/oracle";
import { chaosRandom, type Random } from "./support/random";
import { sawError } from "./support/read-stream";
import { type Stage, setStage, untilServed } from "./support/stage";
import { openStream, type StreamLog } from "./support/stream";
import { FULL, note } from "./support/until";

const REQUESTS = FULL ? 1_000 : 300;
const CUT_REQUESTS = FULL ? 200 : 40;
const CONCURRENCY = 12;
/** First some calls one by one: failing accounts are met by traffic, not by one salvo. */
const ALONE = 4;
/** Retries may be so many per request, and the reserve that a process begins with. */
const RETRY_SHARE = 0.2;
const RETRY_RESERVE = 10;
const QUIET_MS = 30_000;

const key = (name: string) => `sk-ant-api03-chaos-${name}`;
const LIMITED = key("limited");
const BUSY = key("busy");
const BROKEN = key("broken");
const SOUND = key("sound");

/** What each account's upstream does wrong, for ever. */
const BEFORE_THE_HEAD: readonly FaultRule[] = [
  { when: { key: LIMITED }, faults: [{ kind: "status", status: 429, retryAfterSeconds: 3 }] },
  { when: { key: BUSY }, faults: [{ kind: "status", status: 529 }] },
  { when: { key: BROKEN }, faults: [{ kind: "cut", form: "reset", at: "before-head" }] },
];
const IN_THE_MIDDLE: readonly FaultRule[] = [
  { faults: [{ kind: "cut", form: "reset", afterEvents: 6 }] },
];

/**
 * Three accounts that fail before they answer, each in its way, stand before one that works. No client
 * notices, and no request is charged twice. What breaks after its first byte is never tried again.
 */
it("hides accounts that fail before they answer, and repeats nothing after the first byte", async () => {
  const random = chaosRandom("failover");
  const stage = await setStage({
    withoutAccounts: true,
    // All three can be met by one request.
    env: { RELAY_MAX_ATTEMPTS: "4" },
    upstreamFlags: [LIMITED, BUSY, BROKEN, SOUND].flatMap((one) => ["--anthropic-key", one]),
  });
  try {
    await addAccounts(stage);
    await untilServed(stage, ["anthropic"]);
    await stage.upstream.order({ rules: [...BEFORE_THE_HEAD] });
    const alone = await askMany(stage, random, ALONE, 1);
    const hidden = [...alone, ...(await askMany(stage, random, REQUESTS - ALONE))];
    await stage.upstream.order({ clear: true, rules: [...IN_THE_MIDDLE] });
    const broken = await askMany(stage, random, CUT_REQUESTS);
    await untilQuiet(stage.portal, QUIET_MS);

    const failed = hidden.filter((log) => !log.complete());
    note(`${failed.length} of ${hidden.length} clients saw a failure`);
    expect(failed.map((log) => `${log.status} ${log.body()}`)).toEqual([]);
    const unsaid = broken.filter(
      (log) => log.status === 200 && log.end === "clean" && !sawError(log.body()),
    );
    expect(unsaid).toEqual([]);
    const all = [...stage.warmUp, ...hidden, ...broken];
    const verdict = await judge({ ...stage, logs: all, sweptBound: () => 0, counters: true });
    expect(verdict.faults).toEqual([]);
    await expectTries(stage, hidden, broken);
  } finally {
    await stage.stop();
  }
});

async function addAccounts({ portal, upstream }: Stage): Promise<void> {
  const accounts = [
    ["limited", LIMITED, "10"],
    ["busy", BUSY, "10"],
    ["broken", BROKEN, "10"],
    ["sound", SOUND, "90"],
  ] as const;
  for (const [name, apiKey, priority] of accounts) {
    await portal.addAccount({
      provider: "claude-console",
      name,
      settings: { baseUrl: upstream.url },
      secrets: { apiKey },
      flags: ["--priority", priority],
    });
  }
}

async function askMany(
  stage: Stage,
  random: Random,
  count: number,
  concurrency = CONCURRENCY,
): Promise<StreamLog[]> {
  const logs: StreamLog[] = [];
  let left = count;
  const lane = async () => {
    while (left-- > 0) {
      const tokens = random.whole(60, 150);
      const call = chaosCall({ face: "anthropic", key: stage.key, tokens, delayMs: 5 });
      logs.push(await openStream(stage.portal.url, call).ended);
    }
  };
  await Promise.all(Array.from({ length: concurrency }, lane));
  return logs;
}

/** Failing accounts were really tried, but not over and over; broken streams once. */
async function expectTries(
  stage: Stage,
  hidden: readonly StreamLog[],
  broken: readonly StreamLog[],
): Promise<void> {
  const book = await stage.upstream.book();
  const triesOf = (logs: readonly StreamLog[]) => {
    const bodies = new Set(logs.map((log) => log.call.bodySha256));
    return book.filter((entry) => bodies.has(entry.requestBytesSha256));
  };
  const wasted = triesOf(hidden).length - hidden.length;
  note(`${wasted} tries failed for ${hidden.length} requests`);
  expect(wasted).toBeGreaterThanOrEqual(BEFORE_THE_HEAD.length);
  expect(wasted).toBeLessThanOrEqual(hidden.length * RETRY_SHARE + RETRY_RESERVE);
  const begun = broken.filter((log) => log.status === 200);
  expect(triesOf(begun)).toHaveLength(begun.length);
}
