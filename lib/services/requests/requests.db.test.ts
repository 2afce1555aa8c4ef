import { afterAll, beforeAll, expect, it } from "vitest";
import {
  type PortalWorld,
  portalWorld,
  refusalOf,
  type TestPerson,
} from "../../testing/factories/portal-world";
import { bookTestRequest, TEST_PRICE } from "../../testing/factories/usage-rows";
import { readConnectStatus } from "../connect/read-connect-status";
import { createKey } from "../keys/create-key";
import { listAllRequests, listMyRequests } from "./list-requests";
import { readAnyRequest, readMyRequest } from "./read-request";

let world: PortalWorld;
let one: TestPerson;
let two: TestPerson;
let admin: TestPerson;
let keyId: string;
beforeAll(async () => {
  world = await portalWorld();
  [one, two, admin] = await Promise.all([world.member(), world.member(), world.admin()]);
  keyId = (await createKey(one.ctx, { name: "laptop" })).key.id;
  await world.db.account.create({
    data: { id: "acc_secret", provider: "claude-console", name: "Secret name", sealedSecret: "x" },
  });
});
afterAll(() => world?.close());

const book = (given: Partial<Parameters<typeof bookTestRequest>[1]> = {}) =>
  bookTestRequest(world.db, { userId: one.id, keyId, accountId: "acc_secret", ...given });

async function bookAttempt(requestId: string) {
  const { startedAt } = await world.db.request.findFirstOrThrow({ where: { requestId } });
  const entries = { create: { model: "gemini-3-pro-preview", price: TEST_PRICE } };
  await world.db.priceBook.create({
    data: { id: `book_${requestId}`, source: "override", digest: requestId, entries },
  });
  await world.db.attempt.create({
    data: {
      startedAt,
      requestId,
      attempt: 1,
      accountId: "acc_secret",
      provider: "claude-console",
      sentModel: "gemini-3-pro-preview",
      startedMs: 5,
      firstByteMs: 200,
      endedMs: 1_000,
      status: 200,
      evidence: "words of the upstream",
      inputTokens: 7n,
      outputTokens: 2n,
      priceBookId: `book_${requestId}`,
      priceName: "gemini-3-pro-preview",
      planRatePpm: 1_000_000n,
      keyRatePpm: 1_000_000n,
      costMicroUsd: 51n,
      chargeMicroUsd: 51n,
      decision: {
        strategy: "priority-lru",
        binding: null,
        sticky: "none",
        excluded: [{ accountId: "acc_other", reason: "cooling" }],
        candidates: [{ accountId: "acc_secret", score: [50, 0] }],
        chosen: "acc_secret",
      },
    },
  });
}

it("tells a member the story without any account, and an admin all of it", async () => {
  const id = await book({ inputTokens: 7n, outputTokens: 2n, chargeMicroUsd: 51n });
  await bookAttempt(id);
  const inner = await book({ passThroughOf: id });
  // A router in between calls back with a key of its owner's.
  const router = await world.member();
  const others = await book({ passThroughOf: id, userId: router.id });
  const story = await readMyRequest(one.ctx, { id });
  expect(story.passThroughs.map((row) => row.id)).toEqual([inner]);
  expect((await readMyRequest(one.ctx, { id: inner })).firstHop).toBe(id);
  expect((await readMyRequest(router.ctx, { id: others })).firstHop).toBeNull();
  expect((await readAnyRequest(admin.ctx, { id: others })).firstHop).toBe(id);
  expect(story.attempts[0]?.decision).toMatchObject({
    candidates: 1,
    excluded: { cooling: 1 },
    accounts: [],
  });
  const told = JSON.stringify(story);
  for (const secret of ["acc_secret", "acc_other", "Secret name", "words of the upstream"]) {
    expect(told).not.toContain(secret);
  }
  expect(story.attempts[0]?.price?.lines).toEqual([
    { bucket: "input", count: 7, price: "3000000", amountUsd: "0.000021" },
    { bucket: "output", count: 2, price: "15000000", amountUsd: "0.00003" },
  ]);
  const whole = await readAnyRequest(admin.ctx, { id });
  expect(whole.attempts[0]?.account?.name).toBe("Secret name");
  expect(whole.attempts[0]?.evidence).toBe("words of the upstream");
  expect(whole.request.user?.email).toBe(one.email);
  expect(new Set(whole.passThroughs.map((row) => row.id))).toEqual(new Set([inner, others]));
});

it("answers for another member's request as for one that never was", async () => {
  const id = await book();
  const unknown = "req_0000000000000000000000";
  const ask = (asked: string) =>
    readMyRequest(two.ctx, { id: asked }).catch((error: Error) => error.message);
  expect(await ask(id)).toBe(await ask(unknown));
  expect((await listMyRequests(two.ctx, {})).items).toEqual([]);
  expect((await listMyRequests(two.ctx, { keyId })).items).toEqual([]);
  const smuggled = { userId: one.id } as object;
  expect((await listMyRequests(two.ctx, smuggled)).items).toEqual([]);
  expect(await refusalOf(listAllRequests(two.ctx, {}))).toBe("forbidden");
  expect(await refusalOf(readAnyRequest(two.ctx, { id }))).toBe("forbidden");
});

it("pages through requests of the same moment without losing or repeating one", async () => {
  const startedAt = new Date(Date.now() - 3_600_000);
  const ids = await Promise.all(Array.from({ length: 7 }, () => book({ startedAt })));
  const seen: string[] = [];
  for (let cursor: string | undefined; ; ) {
    const page = await listMyRequests(one.ctx, { limit: 3, ...(cursor && { cursor }) });
    seen.push(...page.items.map(({ id }) => id));
    if (!page.next) break;
    cursor = page.next;
  }
  expect(new Set(seen).size).toBe(seen.length);
  for (const id of ids) expect(seen).toContain(id);
});

it("filters by what was asked, and takes wildcards by the letter", async () => {
  const id = await book({ model: "odd_model%x", outcome: "failed", status: 502 });
  const find = async (filter: Parameters<typeof listMyRequests>[1]) =>
    (await listMyRequests(one.ctx, filter)).items.map((row) => row.id);
  expect(await find({ outcome: "failed" })).toEqual([id]);
  expect(await find({ search: "model%" })).toEqual([id]);
  expect(await find({ search: "%_%_%_%" })).toEqual([]);
  expect(await find({ search: id })).toEqual([id]);
  expect(await find({ search: "' OR 1=1 --" })).toEqual([]);
});

it("says when the first request of a key has come, and why one was refused", async () => {
  const { key } = await createKey(one.ctx, { name: "new" });
  const since = new Date(Date.now() - 120_000).toISOString();
  const ask = () => readConnectStatus(one.ctx, { keyId: key.id, since });
  expect(await ask()).toEqual({ state: "waiting" });
  const refused = { outcome: "refused", status: 402, failure: "budget_exhausted" };
  await book({ keyId: key.id, ...refused, failureMessage: "The daily limit is reached." });
  expect(await ask()).toMatchObject({ state: "refused", code: "budget_exhausted", status: 402 });
  const id = await book({ keyId: key.id });
  expect(await ask()).toMatchObject({ state: "seen", requestId: id });
  const later = new Date(Date.now() + 60_000).toISOString();
  expect(await readConnectStatus(one.ctx, { keyId: key.id, since: later })).toEqual({
    state: "waiting",
  });
  const foreign = readConnectStatus(two.ctx, { keyId: key.id, since });
  expect(await refusalOf(foreign)).toBe("not_found");
});
