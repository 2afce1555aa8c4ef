import { afterAll, beforeAll, expect, it } from "vitest";
import type { ImportReport } from "../../contracts/imports";
import {
  CRS_ENCRYPTION_KEY,
  crsAccountLists,
  crsKeyRecord,
  crsKeySecret,
} from "../../testing/crs-export";
import { crsLiveLists, startCrs } from "../../testing/crs-server";
import {
  type PortalWorld,
  portalWorld,
  refusalOf,
  type TestPerson,
} from "../../testing/factories/portal-world";
import { accountSecretPlace } from "../relay/account-secret";
import { addAllowedHost } from "../settings/add-allowed-host";
import { exportPool } from "./export-pool";
import { previewImport, runImport } from "./run-import";
import { undoImport } from "./undo-import";

let world: PortalWorld;
let admin: TestPerson;
let owner: TestPerson;
let named: TestPerson;

const accounts = crsAccountLists({
  consoleUrl: "https://console.example.org",
  consoleKey: "sk-ant-console-of-ours",
});
const limited = crsKeySecret();
const bound = crsKeySecret();
const lost = crsKeySecret();
const grouped = crsKeySecret();
const apiKeys = () => [
  crsKeyRecord(limited, {
    id: "k-limited",
    name: "Limited",
    dailyCostLimit: "5",
    concurrencyLimit: "2",
    permissions: '["claude"]',
    enableClientRestriction: "true",
    allowedClients: '["claude_code"]',
    userUsername: named.email,
  }),
  crsKeyRecord(bound, {
    id: "k-bound",
    name: "Bound",
    claudeConsoleAccountId: "22222222-0000-4000-8000-000000000001",
  }),
  crsKeyRecord(lost, {
    id: "k-lost",
    name: "Bound to what is gone",
    claudeAccountId: "99999999-dead-4000-8000-000000000001",
  }),
  crsKeyRecord(grouped, {
    id: "k-grouped",
    name: "Of the team",
    permissions: "claude",
    claudeAccountId: "group:g-1",
  }),
  crsKeyRecord(crsKeySecret(), { id: "k-deleted", name: "Deleted", isDeleted: "true" }),
];
const TEAM = ["22222222-0000-4000-8000-000000000001", "aaaaaaaa-0000-4000-8000-000000000001"];
const GROUPS = [
  { id: "g-1", name: "Claude team", platform: "claude", description: "", members: TEAM },
];
const file = () => ({
  metadata: { version: "1.0", sanitized: false, types: ["all"] },
  data: {
    apiKeys: apiKeys(),
    ...accounts,
    accountGroups: GROUPS,
    admins: [{ username: "x", password: "$2a$hash" }],
  },
});
const body = () => ({
  from: { kind: "file" as const, name: "/home/me/backup.json", file: file() },
  ownerId: owner.id,
  pepper: CRS_ENCRYPTION_KEY,
  antigravitySecret: "GOCSPX-as-there",
});

beforeAll(async () => {
  world = await portalWorld();
  [admin, owner, named] = await Promise.all([world.admin(), world.member(), world.member()]);
  await world.container.start();
});
afterAll(() => world?.close());

const reasons = ({ items }: ImportReport) =>
  Object.fromEntries(items.map(({ name, action, reason }) => [name, reason ?? action]));
const find = (secret: string) => world.container.relay.world.ports.findKey(secret, "192.0.2.9");

it("tells what it would do, item by item, and does nothing", async () => {
  const report = await previewImport(admin.ctx, body());
  expect(reasons(report)).toEqual({
    "Max of Ada": "create",
    "Token of a year": "create",
    Console: "create",
    Router: "create",
    Frankfurt: "create",
    Virginia: "create",
    Workspace: "create",
    Antigravity: "create",
    "AI Studio": "create",
    Codex: "create",
    Responses: "create",
    Azure: "create",
    "Factory 1": "create",
    "Factory 2": "create",
    "Some newer kind": "unknown-kind",
    "Claude team": "create",
    "Of the team": "create",
    Limited: "create",
    Bound: "create",
    "Bound to what is gone": "create",
    Deleted: "deleted",
  });
  expect(await world.db.account.count()).toBe(0);
  expect(await world.db.apiKey.count()).toBe(0);
  expect(JSON.stringify(report)).not.toMatch(/sk-ant|refresh|of-ours/);
});

it("takes everything over once, with every kind's settings and secrets", async () => {
  const run = await runImport(admin.ctx, body());
  expect(run.label).toBe("backup.json");
  const rows = await world.db.account.findMany({ orderBy: { name: "asc" } });
  const opened = Object.fromEntries(
    rows.map((row) => [
      row.name,
      {
        provider: row.provider,
        ...(row.settings as object),
        ...JSON.parse(world.container.vault.open(accountSecretPlace(row.id), row.sealedSecret)),
      },
    ]),
  );
  expect(opened).toMatchObject({
    "Max of Ada": {
      provider: "claude-oauth",
      accessToken: "sk-ant-oat01-ada-access",
      refreshToken: "sk-ant-ort01-ada-refresh",
      expiresAtMs: 1_790_000_000_000,
    },
    "Token of a year": {
      provider: "claude-setup-token",
      accessToken: "sk-ant-oat01-setup-token",
    },
    Console: { provider: "claude-console", apiKey: "sk-ant-console-of-ours" },
    Router: { provider: "claude-console", baseUrl: "https://ccr.example.org" },
    Frankfurt: {
      provider: "bedrock",
      region: "eu-central-1",
      accessKeyId: "AKIAEXAMPLE",
      secretAccessKey: "aws/secret+key",
    },
    Virginia: { provider: "bedrock", apiKey: "bedrock-api-key-of-ours" },
    Workspace: { provider: "gemini-oauth", refreshToken: "1//refresh", project: "our-project" },
    Antigravity: { provider: "antigravity", refreshToken: "1//anti" },
    "AI Studio": { provider: "gemini-api-key", apiKey: "AIzaSy-key-of-ours" },
    Codex: { provider: "openai-oauth", refreshToken: "rt_codex", chatgptAccountId: "acct-0001" },
    Responses: { provider: "openai-responses", apiKey: "sk-proj-key-of-ours" },
    Azure: { provider: "azure-openai", deployment: "gpt-4o", apiVersion: "2024-02-01" },
    "Factory 1": { provider: "droid", apiKey: "fk-one-of-ours" },
    "Factory 2": { provider: "droid", apiKey: "fk-two-of-ours" },
  });
  // Invented there for a while, and nobody's own: the portal asks Google instead.
  expect(opened.Antigravity).not.toHaveProperty("project");
  const of = (name: string) => rows.find((row) => row.name === name);
  // A limit that claude-relay-service noted by itself is no admin's pause; a switched-off account is.
  expect(of("Console")).toMatchObject({
    enabled: true,
    maxConcurrency: 8,
    dailyQuotaMicroUsd: 20_000_000n,
  });
  expect(of("Virginia")).toMatchObject({ enabled: false });
  expect(of("Router")).toMatchObject({ sharing: "dedicated" });
  expect(of("Max of Ada")).toMatchObject({ priority: 10, sharing: "shared" });
  expect(of("Responses")?.planExpiresAt).toEqual(new Date("2027-01-01T00:00:00Z"));
});

it("lets imported keys in with their limits, at the second use without the pepper", async () => {
  const record = await find(limited);
  expect(record).toMatchObject({ name: "Limited", ownerId: named.id });
  expect(record?.clients).toEqual(["claude-code"]);
  const stored = await world.db.apiKeySecret.findFirst({ where: { key: { name: "Limited" } } });
  expect(stored?.pepperId).toBeNull();
  expect(stored?.start).toBe(limited.slice(0, 10));
  const console = await world.db.account.findFirst({ where: { name: "Console" } });
  expect((await find(bound))?.binding).toEqual({
    kind: "account",
    id: console?.id,
    fallback: true,
  });
  const team = await world.db.accountGroup.findFirst({ include: { members: true } });
  expect(team?.members.length).toBe(3);
  expect((await find(grouped))?.binding).toEqual({ kind: "group", id: team?.id, fallback: false });
  // Bound to an account that is nowhere: shut until an admin decides, never open to the pool.
  expect((await find(lost))?.refusal).toBe("paused");
  expect(await find(crsKeySecret())).toBeNull();
});

it("doubles nothing when it is run again, and keeps what was changed since", async () => {
  await world.db.account.updateMany({ where: { name: "Codex" }, data: { note: "renewed here" } });
  const before = await world.db.account.count();
  const again = await runImport(admin.ctx, body());
  expect(again.report.items.filter(({ action }) => action === "create")).toEqual([]);
  expect(await world.db.account.count()).toBe(before);
  expect(await world.db.keyPepper.count()).toBe(1);
  expect(await world.db.account.findFirst({ where: { name: "Codex" } })).toMatchObject({
    note: "renewed here",
  });
});

it("undoes what nobody touched, and names what it leaves", async () => {
  const [run] = await world.db.importRun.findMany({ orderBy: { createdAt: "asc" }, take: 1 });
  const codex = await world.db.account.findFirst({ where: { name: "Codex" } });
  await world.db.apiKey.updateMany({
    where: { name: "Limited" },
    data: { lastUsedAt: new Date() },
  });
  const undone = await undoImport(admin.ctx, { id: run?.id ?? "" });
  const limitedKey = await world.db.apiKey.findFirst({ where: { name: "Limited" } });
  expect(undone.kept.toSorted()).toEqual([codex?.id, limitedKey?.id].toSorted());
  expect(await world.db.account.count()).toBe(1);
  expect(await world.db.apiKey.count()).toBe(1);
  expect(await world.db.accountGroup.count()).toBe(0);
  expect(await refusalOf(undoImport(admin.ctx, { id: run?.id ?? "" }))).toBe("conflict");
  // What is gone may be imported again.
  const again = await previewImport(admin.ctx, body());
  expect(reasons(again)).toMatchObject({
    Codex: "imported",
    Console: "create",
    Limited: "imported",
  });
});

it("refuses a wrong ENCRYPTION_KEY before anything is made, and says what needs the right one", async () => {
  const wrong = { ...body(), pepper: "another key of thirty-two letters" };
  await expect(previewImport(admin.ctx, wrong)).rejects.toMatchObject({
    code: "invalid_request",
    detail: { fields: { pepper: expect.any(String) } },
  });
  const without = await previewImport(admin.ctx, { ...body(), pepper: undefined });
  expect(reasons(without)).toMatchObject({ Console: "no-pepper", Bound: "no-pepper" });
  const anonymous = await previewImport(admin.ctx, { ...body(), antigravitySecret: undefined });
  expect(reasons(anonymous)).toMatchObject({ Antigravity: "no-client-secret" });
});

it("refuses what is no export, and one whose secrets were taken out", async () => {
  const from = (data: Record<string, unknown>) => ({
    ...body(),
    from: { kind: "file" as const, name: "x.json", file: data },
  });
  expect(await refusalOf(previewImport(admin.ctx, from({ hello: "world" })))).toBe(
    "invalid_request",
  );
  const sanitized = from({ metadata: { sanitized: true }, data: {} });
  expect(await refusalOf(previewImport(admin.ctx, sanitized))).toBe("invalid_request");
  const member = await world.member();
  expect(await refusalOf(runImport(member.ctx, body()))).toBe("forbidden");
  expect(await refusalOf(exportPool(member.ctx, { withSecrets: true }))).toBe("forbidden");
});

it("imports from a running claude-relay-service, whose password it never keeps", async () => {
  const crs = await startCrs({ password: "its-password", data: crsLiveLists() });
  try {
    const from = {
      kind: "live" as const,
      url: `${crs.url}/admin-next/login`,
      username: "cr_admin",
    };
    const input = (password: string) => ({ from: { ...from, password } });
    expect(await refusalOf(previewImport(admin.ctx, input("its-password")))).toBe(
      "invalid_request",
    );
    await addAllowedHost(admin.ctx, { hostPort: crs.hostPort, note: "" });
    await expect
      .poll(() => refusalOf(previewImport(admin.ctx, input("its-password"))), { timeout: 5_000 })
      .toBe("none");
    await expect(previewImport(admin.ctx, input("wrong"))).rejects.toMatchObject({
      detail: { fields: { "from.password": expect.any(String) } },
    });
    const run = await runImport(admin.ctx, input("its-password"));
    expect(reasons(run.report)).toEqual({ "Live console": "create", "Live Max": "create" });
    expect(run.label).toBe(crs.hostPort);
    const all = JSON.stringify(
      [await world.db.importRun.findMany(), await world.db.auditEntry.findMany()],
      (_, value) => (typeof value === "bigint" ? String(value) : value),
    );
    expect(all).not.toContain("its-password");
    expect(all).not.toContain("live-key-of-ours");
  } finally {
    await crs.close();
  }
});
