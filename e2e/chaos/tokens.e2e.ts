import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, it } from "vitest";
import { jobs } from "../../lib/contracts/jobs";
import { openJobQueue } from "../../lib/jobs/job-queue";
import { openRedis } from "../../lib/redis/connections";
import { keyNames } from "../../lib/redis/key-names";
import { type OAuthServer, startOAuthServer } from "../../lib/testing/oauth-server";
import { startSubscriptionUpstream } from "../../lib/testing/subscription-upstream";
import { type FakeUpstream, startFakeUpstream } from "../../lib/testing/upstream/server";
import { type Portal, startPortal } from "../relay/support/portal";
import { chaosRandom, type Random } from "./support/random";
import { FULL, note, until } from "./support/until";

const EXPIRIES = FULL ? 500 : 40;
const CALLERS = 50;
const KILLS = FULL ? 30 : 8;
const ARRIVE_WITHIN_MS = 80;
const LONGEST_WAIT_MS = 5_000;
/** A lock that a dead process held has run out by then, and what it did is known. */
const KNOWN_MS = 60_000;
const OWNER = "tokens@example.com";

let portal: Portal;
let oauth: OAuthServer;
let provider: FakeUpstream;
let backend: Awaited<ReturnType<typeof startSubscriptionUpstream>>;
let key: string;

beforeAll(async () => {
  [oauth, provider] = await Promise.all([
    startOAuthServer({ lifeSeconds: 36_000, delayMs: 20 }),
    startFakeUpstream(),
  ]);
  backend = await startSubscriptionUpstream(oauth, provider);
  portal = await startPortal({
    doors: ["fast", "fast"],
    workers: 2,
    relayOnly: true,
    env: { LOG_LEVEL: "error", RELAY_CONNECT_MS: "5000" },
  });
  await portal.createUser(OWNER);
  key = await portal.createKey(OWNER, "load");
  await portal.allowHost(oauth.hostPort);
  await portal.allowHost(backend.hostPort);
}, 120_000);
afterAll(async () => {
  await portal?.stop();
  await Promise.all([oauth?.stop(), backend?.close(), provider?.close()]);
});

/** A subscription whose token is live now. */
async function addSubscription(name: string): Promise<string> {
  const { access_token, refresh_token } = oauth.newAccount();
  const { id } = await portal.addAccount({
    provider: "claude-oauth",
    name,
    settings: { baseUrl: backend.url, tokenUrl: oauth.tokenUrl },
    secrets: { accessToken: access_token, refreshToken: refresh_token },
  });
  return id;
}

const CALL = {
  model: "claude-opus-5-5",
  max_tokens: 8,
  messages: [{ role: "user", content: "Hi" }],
};

interface Asked {
  status: number;
  body: string;
  ms: number;
}

/** One request of Claude Code's through a web process; status 0 when the process is gone. */
async function ask(web: number): Promise<Asked> {
  const begunMs = performance.now();
  const url = `${portal.web[web]?.url}/api/v1/messages`;
  const headers = {
    "content-type": "application/json",
    "anthropic-version": "2023-06-01",
    "user-agent": "claude-cli/2.1.330 (external, cli)",
    "x-api-key": key,
  };
  try {
    const answer = await fetch(url, { method: "POST", headers, body: JSON.stringify(CALL) });
    const body = await answer.text();
    return { status: answer.status, body, ms: performance.now() - begunMs };
  } catch {
    return { status: 0, body: "", ms: performance.now() - begunMs };
  }
}

async function versionOf(id: string): Promise<number> {
  const row = await portal.database.db.account.findUniqueOrThrow({ where: { id } });
  return row.secretVersion;
}

async function served(): Promise<void> {
  for (const web of [0, 1]) {
    await until(
      async () => (await ask(web)).status === 200,
      30_000,
      () => `web process ${web} does not serve`,
    );
  }
}

it("renews a token once per expiry, whoever asks, and nobody is refused for it", async () => {
  const id = await addSubscription("renewed");
  await served();
  const random = chaosRandom("tokens");
  const redis = openRedis({ url: portal.redis.url, onError: () => {} });
  const queue = openJobQueue(redis.queue, keyNames(portal.redis.prefix).queues);
  const failed: Asked[] = [];
  let longestMs = 0;
  const before = { ...oauth.book };
  for (let expiry = 1; expiry <= EXPIRIES; expiry++) {
    const version = await versionOf(id);
    oauth.expireAll();
    const data = { accountId: id, version };
    await Promise.all([
      queue.enqueue(jobs.refreshToken, data),
      queue.enqueue(jobs.refreshToken, data),
    ]);
    const answers = await Promise.all(
      Array.from({ length: CALLERS }, async (_, i) => {
        await sleep(random.whole(0, ARRIVE_WITHIN_MS));
        return ask(i % 2);
      }),
    );
    failed.push(...answers.filter(({ status }) => status !== 200));
    longestMs = Math.max(longestMs, ...answers.map(({ ms }) => ms));
    expect(oauth.book.refreshes - before.refreshes).toBe(expiry);
  }
  await queue.close();
  await redis.close();
  note(
    `${EXPIRIES} expiries, ${EXPIRIES * CALLERS} callers, longest wait ${longestMs.toFixed(0)} ms`,
  );
  expect(failed).toEqual([]);
  expect(oauth.book.reuses - before.reuses).toBe(0);
  expect(oauth.book.refused - before.refused).toBe(0);
  expect(longestMs).toBeLessThan(LONGEST_WAIT_MS);
  await portal.portal("account", "pause", id);
});

/** Serves, or says that it must be signed in: nothing between. */
async function isKnown(id: string): Promise<"serves" | "needs-sign-in" | null> {
  const row = await portal.database.db.account.findUniqueOrThrow({ where: { id } });
  if (row.stoppedReason === "needs-sign-in") return "needs-sign-in";
  const { status } = await ask(1);
  return status === 200 ? "serves" : null;
}

it("leaves no account silently dead when a process is killed in a renewal", async () => {
  const random: Random = chaosRandom("tokens-killed");
  const found = { serves: 0, "needs-sign-in": 0 };
  for (let kill = 1; kill <= KILLS; kill++) {
    const id = await addSubscription(`killed ${kill}`);
    await served();
    oauth.expireAll();
    const asking = ask(0);
    const afterMs = random.whole(0, 120);
    await sleep(afterMs);
    await portal.web[0]?.kill("SIGKILL");
    await asking;
    let known: Awaited<ReturnType<typeof isKnown>> = null;
    const decided = async () => {
      known = await isKnown(id);
      return known !== null;
    };
    await until(decided, KNOWN_MS, () => `account ${kill} neither serves nor says why`);
    if (known !== null) found[known]++;
    note(`kill after ${afterMs} ms: ${known}`);
    await portal.web[0]?.restart();
    await portal.portal("account", "pause", id);
  }
  note(`${KILLS} kills in a renewal: ${JSON.stringify(found)}`);
  expect(found.serves + found["needs-sign-in"]).toBe(KILLS);
});
