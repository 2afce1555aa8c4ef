import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, it } from "vitest";
import { z } from "zod";
import { adminCommands } from "../relay/support/admin";
import { chaosCall } from "./support/call";
import { judge, untilQuiet } from "./support/oracle";
import { type Stage, setStage, untilServed } from "./support/stage";
import { openStream, type StreamLog } from "./support/stream";
import { FULL, note, until } from "./support/until";

const ROOT = path.resolve(import.meta.dirname, "../..");
const ACCOUNTS = 1_000;
const LANES = FULL ? 16 : 6;
const QUIET_MS = 30_000;
const ALL_ASKED_MS = 180_000;
/** Requests that are answered before the next step is taken. */
const BETWEEN = FULL ? 400 : 60;

const apiKeyOf = (i: number) => `sk-ant-api03-rotated-${String(i).padStart(4, "0")}`;
const newKey = (name: string) => `${name}:${randomBytes(32).toString("base64")}`;
const Rotation = z.object({
  rotated: z.number(),
  current: z.number(),
  replaced: z.number(),
  unreadable: z.array(z.unknown()),
});

/**
 * The key that seals every secret is exchanged as an admin does it, while requests flow: the new key is
 * put before the old one, everything is sealed again, the old one is taken away. Afterwards each of a
 * thousand accounts is asked with its own secret.
 */
it("exchanges the sealing key under load: no request fails, no secret is lost", async () => {
  const [old, fresh] = [newKey("k1"), newKey("k2")];
  const stage = await setStage({
    withoutAccounts: true,
    doors: ["fast", "fast"],
    env: { ENCRYPTION_KEY: old, DRAIN_MS: "20000" },
    upstreamFlags: Array.from({ length: ACCOUNTS }, (_, i) => [
      "--anthropic-key",
      apiKeyOf(i),
    ]).flat(),
  });
  try {
    await fillPool(stage);
    await untilServed(stage, ["anthropic"]);
    const load = startLanes(stage);
    await load.answered(BETWEEN);
    await rollOver(stage, load, { ENCRYPTION_KEY: `${fresh},${old}` });
    const both = adminCommands(ROOT, { ...stage.portal.env, ENCRYPTION_KEY: `${fresh},${old}` });
    const report = Rotation.parse(await both.portal("vault", "rotate"));
    note(`rotation: ${JSON.stringify({ ...report, unreadable: report.unreadable.length })}`);
    expect(report).toEqual({ rotated: ACCOUNTS, current: 0, replaced: 0, unreadable: [] });
    await load.answered(BETWEEN);
    await rollOver(stage, load, { ENCRYPTION_KEY: fresh });

    await stage.upstream.order({ clear: true });
    const before = (await stage.upstream.book()).length;
    const asked = async () => {
      const book = (await stage.upstream.book()).slice(before);
      return new Set(book.filter(({ status }) => status === 200).map(({ key }) => key)).size;
    };
    await until(
      async () => (await asked()) === ACCOUNTS,
      ALL_ASKED_MS,
      async () => `${await asked()} of ${ACCOUNTS} accounts were asked with the new key`,
    );
    const logs = await load.stop();
    const failed = logs.filter((log) => !log.complete());
    note(`${failed.length} of ${logs.length} requests failed`);
    expect(failed.map((log) => `${log.status} ${log.body()}`)).toEqual([]);

    await untilQuiet(stage.portal, QUIET_MS);
    const all = [...stage.warmUp, ...logs];
    const verdict = await judge({ ...stage, logs: all, sweptBound: () => 0, counters: true });
    expect(verdict.faults).toEqual([]);
  } finally {
    await stage.stop();
  }
});

/** A thousand accounts, each with a secret of its own, by the portal's own import. */
async function fillPool({ portal, upstream }: Stage): Promise<void> {
  const folder = mkdtempSync(path.join(tmpdir(), "e2e-pool-"));
  const file = path.join(folder, "pool.json");
  const accounts = Array.from({ length: ACCOUNTS }, (_, i) => ({
    id: `account-${i}`,
    provider: "claude-console",
    name: `Account ${i}`,
    settings: { baseUrl: upstream.url },
    secret: { apiKey: apiKeyOf(i) },
  }));
  const pool = {
    format: "relay-portal-pool",
    version: 1,
    exportedAt: new Date().toISOString(),
    accounts,
  };
  try {
    writeFileSync(file, JSON.stringify(pool));
    await portal.portal("import", "run", "--file", file);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

type Lanes = ReturnType<typeof startLanes>;

/** Callers behind a load balancer: a process that is being exchanged gets no new request. */
function startLanes({ portal, key }: Stage) {
  const up = new Set(portal.web.map(({ url }) => url));
  const logs: StreamLog[] = [];
  let running = true;
  let turn = 0;
  const lane = async () => {
    while (running) {
      const urls = [...up];
      const url = urls[turn++ % urls.length] ?? portal.url;
      const call = chaosCall({ face: "anthropic", key, tokens: 20, delayMs: 2 });
      logs.push(await openStream(url, call).ended);
    }
  };
  const lanes = Array.from({ length: LANES }, lane);
  return {
    up,
    async answered(count: number) {
      const from = logs.length;
      await until(
        () => logs.length >= from + count,
        60_000,
        () => `only ${logs.length - from} requests were answered`,
      );
    },
    async stop() {
      running = false;
      await Promise.all(lanes);
      return logs;
    },
  };
}

/** Exchanges one process after the other; those that are told to end finish what they have begun. */
async function rollOver(stage: Stage, load: Lanes, changes: Readonly<Record<string, string>>) {
  for (const web of stage.portal.web) {
    load.up.delete(web.url);
    await web.kill("SIGTERM");
    await web.restart(changes);
    load.up.add(web.url);
    await load.answered(BETWEEN);
  }
  await stage.portal.worker.kill("SIGTERM");
  await stage.portal.worker.restart(changes);
}
