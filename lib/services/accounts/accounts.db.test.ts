import { createServer, type IncomingHttpHeaders, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { TestLine } from "../../contracts/accounts";
import {
  type PortalWorld,
  portalWorld,
  refusalOf,
  type TestPerson,
} from "../../testing/factories/portal-world";
import { createKey } from "../keys/create-key";
import { accountSecretPlace } from "../relay/account-secret";
import { addAllowedHost } from "../settings/add-allowed-host";
import { listAllowedHosts } from "../settings/list-allowed-hosts";
import { removeAllowedHost } from "../settings/remove-allowed-host";
import { createAccount } from "./create-account";
import { deleteAccount } from "./delete-account";
import { listAccounts } from "./list-accounts";
import { listProviders } from "./list-providers";
import { pauseAccount, resumeAccount } from "./pause-account";
import { readAccount } from "./read-account";
import { readModelMapMisses } from "./read-model-map-misses";
import { resetAccountState } from "./reset-account-state";
import { testAccount } from "./test-account";
import { updateAccount } from "./update-account";

const SECRET = "sk-ant-canary-0123456789abcdef";

let world: PortalWorld;
let admin: TestPerson;
let upstream: Server;
let address: string;
let heard: IncomingHttpHeaders[] = [];
let answer = { status: 200, body: '{"content":[{"type":"text","text":"OK"}]}' };

beforeAll(async () => {
  world = await portalWorld();
  admin = await world.admin();
  upstream = createServer((req, res) => {
    heard.push(req.headers);
    res.writeHead(answer.status, { "content-type": "application/json" }).end(answer.body);
  });
  await new Promise<void>((resolve) => upstream.listen(0, "127.0.0.1", resolve));
  const { port } = upstream.address() as AddressInfo;
  address = `127.0.0.1:${port}`;
  await addAllowedHost(admin.ctx, { hostPort: address, note: "upstream of this test" });
  await world.container.start();
});
afterAll(async () => {
  upstream?.close();
  await world?.close();
});

const add = (baseUrl = `http://${address}`) =>
  createAccount(admin.ctx, {
    provider: "claude-console",
    name: "CCR",
    settings: { baseUrl },
    secret: { apiKey: SECRET },
    modelMap: [{ from: "claude-opus-4-1", to: "gemini-3-pro-preview" }],
  });

async function runTest(id: string): Promise<TestLine[]> {
  const lines: TestLine[] = [];
  for await (const line of await testAccount(admin.ctx, { id })) lines.push(line);
  return lines;
}

it("draws each provider's form from its schemas", async () => {
  const forms = await listProviders(admin.ctx);
  const form = forms.find(({ id }) => id === "claude-console");
  expect(form?.settings[0]).toMatchObject({ name: "baseUrl", kind: "url", required: false });
  expect(form?.secret[0]).toMatchObject({ name: "apiKey", kind: "secret", required: true });
});

it("seals the secret and shows no more of it than its end", async () => {
  const account = await add();
  expect(account).toMatchObject({ secretHint: "cdef", state: { kind: "active" }, inFlight: 0 });
  const row = await world.db.account.findUniqueOrThrow({ where: { id: account.id } });
  const opened = world.container.vault.open(accountSecretPlace(account.id), row.sealedSecret);
  expect(JSON.parse(opened)).toEqual({ apiKey: SECRET });
  const shown = JSON.stringify([
    account,
    await readAccount(admin.ctx, { id: account.id }),
    await world.db.auditEntry.findMany({ where: { objectId: account.id } }),
  ]);
  expect(shown).not.toContain(SECRET);
  expect(shown).not.toContain(row.sealedSecret);
});

it("demands the secret when the address leads to another host, and never sends the old one there", async () => {
  const account = await add();
  const { id } = account;
  const elsewhere = { settings: { baseUrl: "https://api.example.com" } };
  expect(await refusalOf(updateAccount(admin.ctx, { id, ...elsewhere }))).toBe("invalid_request");
  expect((await readAccount(admin.ctx, { id })).account.settings).toEqual(account.settings);
  const samePlace = { settings: { baseUrl: `http://${address}/v1` } };
  expect((await updateAccount(admin.ctx, { id, ...samePlace })).settings).toEqual(
    samePlace.settings,
  );
  const other = await updateAccount(admin.ctx, { id, secret: { apiKey: "sk-other-9876543210" } });
  expect(other.secretHint).toBe("3210");
});

it("refuses addresses inside the network unless their exact host and port are allowed", async () => {
  for (const url of ["http://127.0.0.1:1", "http://[::1]:8080", "http://169.254.169.254"]) {
    expect(await refusalOf(add(url)), url).toBe("invalid_request");
  }
  const member = await world.member();
  const allow = addAllowedHost(member.ctx, { hostPort: "127.0.0.1:1", note: "" });
  expect(await refusalOf(allow)).toBe("forbidden");
  await addAllowedHost(admin.ctx, { hostPort: "127.0.0.1:1", note: "" });
  expect(await refusalOf(add("http://127.0.0.1:1"))).toBe("none");
  await removeAllowedHost(admin.ctx, { hostPort: "127.0.0.1:1" });
  expect(await refusalOf(add("http://127.0.0.1:1"))).toBe("invalid_request");
  expect((await listAllowedHosts(admin.ctx)).map(({ hostPort }) => hostPort)).toEqual([address]);
  const entries = await world.db.auditEntry.findMany({ where: { objectId: "127.0.0.1:1" } });
  expect(entries.map(({ action }) => action)).toEqual(["allowed-host.add", "allowed-host.remove"]);
});

it("refuses fields that the provider does not know and values that do not fit", async () => {
  const bad = (settings: Record<string, string>, secret: Record<string, string>) =>
    createAccount(admin.ctx, { provider: "claude-console", name: "x", settings, secret }).catch(
      (error: { detail: { fields?: object } }) => Object.keys(error.detail.fields ?? {}),
    );
  expect(await bad({ extra: "1" }, { apiKey: SECRET })).toEqual(["settings.extra"]);
  expect(await bad({}, {})).toEqual(["secret.apiKey"]);
  expect(await bad({}, { apiKey: "with\r\nnewline" })).toEqual(["secret.apiKey"]);
});

it("tells a test line by line, sends the secret only upstream, and counts nothing", async () => {
  const { id } = await add();
  heard = [];
  const lines = await runTest(id);
  expect(lines.map(({ kind }) => kind)).toEqual(["started", "head", "text", "done"]);
  expect(heard[0]?.["x-api-key"]).toBe(SECRET);
  answer = { status: 401, body: `{"error":{"message":"bad key ${SECRET}"}}` };
  const failed = await runTest(id);
  answer = { status: 200, body: "{}" };
  expect(failed.at(-1)).toMatchObject({ kind: "failed", status: 401, code: "upstream_denied" });
  expect(JSON.stringify(failed)).not.toContain(SECRET);
  const { probes, account } = await readAccount(admin.ctx, { id });
  expect(probes.map(({ ok }) => ok)).toEqual([false, true]);
  expect(account.state.kind).toBe("active");
  expect(await world.db.request.count()).toBe(0);
});

it("pauses, resumes, resets and deletes, and writes each change down", async () => {
  const { id } = await add();
  expect((await pauseAccount(admin.ctx, { id })).state.kind).toBe("paused");
  expect((await resumeAccount(admin.ctx, { id })).state.kind).toBe("active");
  await world.db.account.update({ where: { id }, data: { stoppedReason: "upstream_denied" } });
  const [stopped] = (await listAccounts(admin.ctx)).filter((account) => account.id === id);
  expect(stopped?.state).toMatchObject({ kind: "needs-sign-in", reason: "upstream_denied" });
  expect((await resetAccountState(admin.ctx, { id })).state.kind).toBe("active");
  await deleteAccount(admin.ctx, { id });
  expect(await refusalOf(readAccount(admin.ctx, { id }))).toBe("not_found");
  const row = await world.db.account.findUniqueOrThrow({ where: { id } });
  expect(row.sealedSecret).toBe("");
  const entries = await world.db.auditEntry.findMany({
    where: { objectId: id },
    orderBy: { at: "asc" },
  });
  expect(entries.map(({ action }) => action)).toEqual([
    "account.create",
    "account.pause",
    "account.resume",
    "account.reset-state",
    "account.delete",
  ]);
});

it("names the key that an upstream calls back with, and takes no unknown one", async () => {
  const member = await world.member();
  const { key } = await createKey(member.ctx, { name: "in CCR's config" });
  const { id } = await add();
  const account = await updateAccount(admin.ctx, { id, returnKeyId: key.id });
  expect(account.returnKey).toMatchObject({
    id: key.id,
    name: "in CCR's config",
    start: key.start,
  });
  const unknown = updateAccount(admin.ctx, { id, returnKeyId: "key_unknown" });
  expect(await refusalOf(unknown)).toBe("invalid_request");
});

it("says which names asked for lately a map would miss", async () => {
  const hour = new Date(Math.floor(Date.now() / 3_600_000) * 3_600_000);
  const row = {
    hour,
    userId: "u",
    keyId: "k",
    accountId: "",
    face: "anthropic",
    outcome: "failed",
  };
  await world.db.usageHour.createMany({
    data: [
      { ...row, model: "claude-opus-5-5", requests: 7n },
      { ...row, model: "claude-haiku-4-5", requests: 2n },
      { ...row, face: "openai-chat", model: "claude-haiku-4-5", requests: 3n },
      // Another account serves these, at another face: no business of this map.
      { ...row, face: "gemini", accountId: "acc_g", model: "gemini-2.5-pro", requests: 9n },
    ],
  });
  const entries = [{ from: "claude-opus-4-1-20250805", to: "gemini-3-pro-preview" }];
  const found = await readModelMapMisses(admin.ctx, { protocol: "anthropic", entries });
  expect(found.misses.map(({ model }) => model)).toEqual(["claude-haiku-4-5"]);
  expect(found.served).toEqual([
    { model: "claude-opus-5-5", sent: "gemini-3-pro-preview", requests: 7 },
  ]);
  expect(found.misses[0]?.requests).toBe(5);
});

it("knows that an account passes no other maker's name on when a call is translated", async () => {
  const misses = async (entries: { from: string; to: string }[]) =>
    (await readModelMapMisses(admin.ctx, { protocol: "gemini", entries })).misses.map(
      ({ model }) => model,
    );
  expect(await misses([])).toEqual(["claude-opus-5-5", "claude-haiku-4-5"]);
  // A map with entries serves nothing else, not even this maker's own.
  expect(await misses([{ from: "opus", to: "gemini-3-pro-preview" }])).toEqual([
    "gemini-2.5-pro",
    "claude-haiku-4-5",
  ]);
});

it("tests accounts of every kind by a call of its own format", async () => {
  for (const provider of ["openai-responses", "openai-compatible"]) {
    const { id } = await createAccount(admin.ctx, {
      provider,
      name: provider,
      settings: { baseUrl: `http://${address}` },
      secret: { apiKey: SECRET },
    });
    heard = [];
    const lines = await runTest(id);
    expect(lines.at(-1)?.kind).toBe("done");
    expect(heard[0]?.authorization).toBe(`Bearer ${SECRET}`);
    expect(JSON.stringify(lines)).not.toContain(SECRET);
  }
});

it("is an admin's business only", async () => {
  const { id } = await add();
  const member = await world.member();
  const calls = [
    listAccounts(member.ctx),
    listProviders(member.ctx),
    readAccount(member.ctx, { id }),
    updateAccount(member.ctx, { id, name: "x" }),
    pauseAccount(member.ctx, { id }),
    deleteAccount(member.ctx, { id }),
    testAccount(member.ctx, { id }),
    readModelMapMisses(member.ctx, { protocol: "anthropic", entries: [] }),
    listAccounts(world.stranger()),
  ];
  const codes = await Promise.all(calls.map(refusalOf));
  expect(codes).toEqual([...Array(8).fill("forbidden"), "unauthenticated"]);
});
