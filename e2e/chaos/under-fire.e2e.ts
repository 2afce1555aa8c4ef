import { expect, it } from "vitest";
import type { FaultRule } from "../../lib/testing/upstream/faults";
import { chaosCall, MODELS } from "./support/call";
import { judge, untilQuiet } from "./support/oracle";
import { type Stage, setStage, untilServed } from "./support/stage";
import { openStream, type StreamLog } from "./support/stream";
import { FULL, note, until } from "./support/until";

const REQUESTS = FULL ? 1_000 : 300;
const CONCURRENCY = 12;
/** As a provider stated it in real life: five days and three hours. */
const RETRY_AFTER_SECONDS = 443_300;
const OPUS = "claude-opus-4-5-20251101";
const SONNET = MODELS.anthropic;
/** Beyond the tries that its rests allow: what was under way when the account fell. */
const EXTRA_HITS = 5;
const RETRY_SHARE = 0.2;
const RECOVERY_MS = 120_000;
const QUIET_MS = 30_000;

const key = (name: string) => `sk-ant-api03-fire-${name}`;
const LIMITED = key("limited");
const BUSY = key("busy");
const BROKEN = key("broken");

const FIRE: readonly FaultRule[] = [
  {
    when: { key: LIMITED, model: OPUS },
    faults: [
      {
        kind: "status",
        status: 429,
        retryAfterSeconds: RETRY_AFTER_SECONDS,
        // The fake's own claim is the window of the whole account.
        headers: { "anthropic-ratelimit-unified-representative-claim": "seven_day_opus" },
      },
    ],
  },
  { when: { key: BUSY }, faults: [{ kind: "status", status: 529 }] },
  { when: { key: BROKEN }, faults: [{ kind: "cut", form: "reset", at: "before-head" }] },
];

/**
 * Three accounts: one is limited for a family, one overloaded, one resets every connection. What the first
 * can still serve is served without a failure; what nobody can is refused with a moment to come back. When
 * the fire is out, the accounts come back by themselves.
 */
it("serves what one of three accounts can, and takes the others back when they are well", async () => {
  const stage = await setStage({
    withoutAccounts: true,
    upstreamFlags: [LIMITED, BUSY, BROKEN].flatMap((one) => ["--anthropic-key", one]),
  });
  try {
    await addAccounts(stage);
    await untilServed(stage, ["anthropic"]);
    await stage.upstream.order({ rules: [...FIRE] });
    const refused = await askMany(stage, OPUS, 1, 1);
    const served = await askMany(stage, SONNET, REQUESTS, CONCURRENCY);
    const late = await askMany(stage, OPUS, 2, 1);

    expect(
      served.filter((log) => !log.complete()).map((log) => `${log.status} ${log.body()}`),
    ).toEqual([]);
    for (const log of [...refused, ...late]) {
      expect([429, 502, 503, 529]).toContain(log.status);
      expect(log.body().toString("utf8")).toContain('"type":"error"');
    }
    await expectTries(stage, served);

    await stage.upstream.order({ clear: true });
    const fired = (await stage.upstream.book()).length;
    const after: StreamLog[] = [];
    const areBack = async () => {
      after.push(...(await askMany(stage, SONNET, 4, 1)));
      const book = await stage.upstream.book();
      const sound = book.slice(fired).filter(({ fault, status }) => !fault && status === 200);
      return [BUSY, BROKEN].every((by) => sound.some((entry) => entry.key === by));
    };
    await until(areBack, RECOVERY_MS, () => "an account is still left out");
    expect(after.filter((log) => !log.complete())).toEqual([]);

    await untilQuiet(stage.portal, QUIET_MS);
    const logs = [...stage.warmUp, ...refused, ...served, ...late, ...after];
    const verdict = await judge({ ...stage, logs, sweptBound: () => 0, counters: true });
    expect(verdict.faults).toEqual([]);
  } finally {
    await stage.stop();
  }
});

async function addAccounts({ portal, upstream }: Stage): Promise<void> {
  for (const [name, apiKey] of Object.entries({ limited: LIMITED, busy: BUSY, broken: BROKEN })) {
    await portal.addAccount({
      provider: "claude-console",
      name,
      settings: { baseUrl: upstream.url },
      secrets: { apiKey },
    });
  }
}

async function askMany(stage: Stage, model: string, count: number, concurrency: number) {
  const logs: StreamLog[] = [];
  let left = count;
  const lane = async () => {
    while (left-- > 0) {
      const call = chaosCall({ face: "anthropic", key: stage.key, tokens: 60, delayMs: 2, model });
      logs.push(await openStream(stage.portal.url, call).ended);
    }
  };
  await Promise.all(Array.from({ length: concurrency }, lane));
  return logs;
}

/** Dead accounts are left alone, the limited one is asked once for what it has no more of. */
async function expectTries(stage: Stage, served: readonly StreamLog[]): Promise<void> {
  const book = await stage.upstream.book();
  const hits = (by: string) => book.filter((entry) => entry.key === by && entry.fault !== "");
  const dead = { busy: hits(BUSY).length, broken: hits(BROKEN).length };
  note(`failed tries: ${JSON.stringify(dead)} for ${served.length} requests`);
  expect(hits(LIMITED).map(({ model }) => model)).toEqual([OPUS]);
  for (const count of Object.values(dead)) {
    expect(count).toBeGreaterThan(0);
    expect(count).toBeLessThanOrEqual(RESTS_END + EXTRA_HITS);
  }
  expect(dead.busy + dead.broken).toBeLessThanOrEqual(served.length * RETRY_SHARE);
}

/** How often a rest that doubles can end while the requests run. */
const RESTS_END = 6;
