import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { findAccountGrant } from "../../db/accounts";
import { makeContainer } from "../../server/container";
import {
  type PortalWorld,
  portalWorld,
  refusalOf,
  type TestPerson,
} from "../../testing/factories/portal-world";
import { type OAuthServer, startOAuthServer } from "../../testing/oauth-server";
import { openAccountSecret } from "../relay/account-secret";
import { addAllowedHost } from "../settings/add-allowed-host";
import { createAccount } from "./create-account";
import { findExpiringTokens, refreshAccountToken } from "./expiring-tokens";
import { updateAccount } from "./update-account";

let world: PortalWorld;
let admin: TestPerson;
let oauth: OAuthServer;
let second: ReturnType<typeof makeContainer>;

beforeAll(async () => {
  world = await portalWorld();
  admin = await world.admin();
  oauth = await startOAuthServer({ lifeSeconds: 3_600, delayMs: 5 });
  await addAllowedHost(admin.ctx, { hostPort: oauth.hostPort, note: "sign-in service" });
  await world.container.start();
  second = makeContainer(world.container.env);
  await second.start();
});
afterAll(async () => {
  await second?.stop();
  await world?.close();
  await oauth?.stop();
});
beforeEach(() => {
  Object.assign(oauth.book, { refreshes: 0, exchanges: 0, reuses: 0, refused: 0 });
});

const add = async () => {
  const { access_token, refresh_token } = oauth.newAccount();
  return createAccount(admin.ctx, {
    provider: "claude-oauth",
    name: "Subscription",
    settings: { tokenUrl: oauth.tokenUrl, baseUrl: `http://${oauth.hostPort}` },
    secret: { accessToken: access_token, refreshToken: refresh_token },
  });
};
const renewers = () => [world.container, second].map(({ relay }) => relay.world.renewer);
const grantOf = async (id: string) => {
  const row = await findAccountGrant(world.db, id);
  if (!row) throw new Error("The account is gone.");
  const secret = openAccountSecret(world.container.vault, id, row.sealedSecret);
  return { row, secret: secret as { accessToken: string; refreshToken: string } };
};
const soon = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
const upkeepOf = () => ({
  tokens: world.container.relay.world.renewer,
  log: world.container.log,
});

it("renews a token once for all who ask in all processes", async () => {
  const { id } = await add();
  for (let round = 1; round <= 20; round++) {
    const { row } = await grantOf(id);
    const callers = Array.from({ length: 50 }, async (_, i) => {
      await soon(Math.random() * 40);
      return renewers()[i % 2]?.renew({ accountId: id, version: row.secretVersion });
    });
    const rows = await Promise.all(callers);
    expect(new Set(rows.map((answer) => answer?.secretVersion))).toEqual(
      new Set([row.secretVersion + 1]),
    );
    expect(oauth.book).toEqual({ refreshes: round, exchanges: 0, reuses: 0, refused: 0 });
  }
  const { row, secret } = await grantOf(id);
  expect(oauth.isLive(secret.accessToken)).toBe(true);
  expect(row.tokenExpiresAt?.getTime()).toBeGreaterThan(Date.now() + 3_000_000);
});

it("keeps the refresh token when the answer brings none", async () => {
  const { id } = await add();
  const { row, secret } = await grantOf(id);
  oauth.fail("no-refresh-token");
  await world.container.relay.world.renewer.renew({ accountId: id, version: row.secretVersion });
  expect((await grantOf(id)).secret.refreshToken).toBe(secret.refreshToken);
});

it("leaves the account in service when the network fails, and renews it at the next try", async () => {
  const { id } = await add();
  const { row } = await grantOf(id);
  const [renewer] = renewers();
  for (const fault of ["reset", "busy"] as const) {
    oauth.fail(fault);
    const code = await refusalOf(
      renewer?.renew({ accountId: id, version: row.secretVersion }) ?? Promise.resolve(),
    );
    expect(["upstream_broken", "upstream_busy"]).toContain(code);
  }
  expect((await world.container.relay.world.live.read([id])).get(id)?.state.stopped).toBeNull();
  await renewer?.renew({ accountId: id, version: row.secretVersion });
  const { secret } = await grantOf(id);
  expect(oauth.isLive(secret.accessToken)).toBe(true);
});

it("says that the account must sign in again when the grant is gone, and does not ask again", async () => {
  const { id } = await add();
  const { row } = await grantOf(id);
  const worn = { accountId: id, version: row.secretVersion };
  // The answer is lost after the token was rotated: the stored one is spent.
  oauth.fail("lose-answer");
  expect(await refusalOf(world.container.relay.world.renewer.renew(worn))).toBe("upstream_broken");
  expect(await refusalOf(refreshAccountToken(upkeepOf() as never, worn))).toBe("none");
  const live = await world.container.relay.world.live.read([id]);
  expect(live.get(id)?.state.stopped).toBe("needs-sign-in");
});

it("never puts an older token over a newer one", async () => {
  const { id } = await add();
  const { row } = await grantOf(id);
  const fresh = oauth.newAccount();
  const renewing = world.container.relay.world.renewer.renew({
    accountId: id,
    version: row.secretVersion,
  });
  await updateAccount(admin.ctx, {
    id,
    secret: { accessToken: fresh.access_token, refreshToken: fresh.refresh_token },
  });
  await renewing;
  expect((await grantOf(id)).secret.refreshToken).toBe(fresh.refresh_token);
});

it("stores a grant that an earlier process won and could not store", async () => {
  const { id } = await add();
  const { row } = await grantOf(id);
  const place = { table: "account", column: "sealed_secret", row: id };
  const kept = JSON.stringify({ accessToken: "at_kept", refreshToken: "rt_kept" });
  const envelope = world.container.vault.seal(place, kept);
  const { redis, redisKeys } = world.container;
  await redis.commands.set(redisKeys.renewalGrant(id), `${row.secretVersion}||${envelope}`);
  await world.container.relay.world.renewer.renew({ accountId: id, version: row.secretVersion });
  expect((await grantOf(id)).secret.refreshToken).toBe("rt_kept");
  expect(oauth.book.refreshes).toBe(0);
  expect(await redis.commands.get(redisKeys.renewalGrant(id))).toBeNull();
});

it("queues the renewal of tokens that end soon, each once", async () => {
  const { id } = await add();
  const queued: unknown[] = [];
  const queue = {
    enqueueOnce: async (_: unknown, data: unknown, jobId: string) =>
      void queued.push([data, jobId]),
  };
  const { db, clock } = world.container;
  await findExpiringTokens({ db, clock, queue } as never);
  const { row } = await grantOf(id);
  expect(queued).toContainEqual([
    { accountId: id, version: row.secretVersion },
    `refresh-${id}-${row.secretVersion}`,
  ]);
});
