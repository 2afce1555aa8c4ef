import { afterAll, beforeAll, expect, it } from "vitest";
import {
  type PortalWorld,
  portalWorld,
  refusalOf,
  type TestPerson,
} from "../../testing/factories/portal-world";
import { changeAccounts } from "../accounts/change-accounts";
import { createAccount } from "../accounts/create-account";
import { deleteAccount } from "../accounts/delete-account";
import { readAccount } from "../accounts/read-account";
import { createKeyFor } from "../keys/create-key";
import { updateAnyKey } from "../keys/update-key";
import { createGroup } from "./create-group";
import { deleteGroup } from "./delete-group";
import { listGroups } from "./list-groups";
import { updateGroup } from "./update-group";

let world: PortalWorld;
let admin: TestPerson;
let member: TestPerson;

beforeAll(async () => {
  world = await portalWorld();
  [admin, member] = await Promise.all([world.admin(), world.member()]);
  await world.container.start();
});
afterAll(() => world?.close());

async function account(name: string): Promise<string> {
  const { id } = await createAccount(admin.ctx, {
    provider: "claude-console",
    name,
    settings: { baseUrl: "https://console.example.org" },
    secret: { apiKey: "sk-ant-key-0123456789" },
  });
  return id;
}
const inPool = (id: string) =>
  world.container.relay.world.ports.pool().find((one) => one.id === id);

it("tells the relay who is in a group, with which weight", async () => {
  const [one, two] = [await account("One"), await account("Two")];
  const group = await createGroup(admin.ctx, {
    name: "Backend team",
    members: [{ accountId: one, weight: 3 }],
  });
  expect(group).toMatchObject({
    name: "Backend team",
    keys: 0,
    members: [{ accountId: one, name: "One", weight: 3, state: "active" }],
  });
  await expect.poll(() => inPool(one)?.groupWeights).toEqual({ [group.id]: 3 });
  const members = [
    { accountId: one, weight: 1 },
    { accountId: two, weight: 0 },
  ];
  await updateGroup(admin.ctx, { id: group.id, members });
  await expect.poll(() => inPool(two)?.groupWeights).toEqual({ [group.id]: 0 });
  expect(inPool(one)?.groupIds).toEqual([group.id]);
  await deleteAccount(admin.ctx, { id: two });
  const [listed] = await listGroups(admin.ctx);
  expect(listed?.members.map(({ name }) => name)).toEqual(["One"]);
});

it("refuses names twice, members that are not there, and strangers", async () => {
  const one = await account("Three");
  const member_ = { accountId: one, weight: 1 };
  const make = (changes: object) => createGroup(admin.ctx, { name: "Other", ...changes });
  expect(await refusalOf(make({ name: "Backend team" }))).toBe("conflict");
  expect(await refusalOf(make({ members: [member_, member_] }))).toBe("invalid_request");
  expect(await refusalOf(make({ members: [{ accountId: "acc_none", weight: 1 }] }))).toBe(
    "invalid_request",
  );
  const { id } = await make({});
  expect(await refusalOf(updateGroup(admin.ctx, { id, name: "Backend team" }))).toBe("conflict");
  expect(await refusalOf(createGroup(member.ctx, { name: "Mine" }))).toBe("forbidden");
  expect(await refusalOf(listGroups(member.ctx))).toBe("forbidden");
});

it("stays as long as a key is bound to it", async () => {
  const group = await createGroup(admin.ctx, { name: "Bound" });
  const binding = { kind: "group" as const, id: group.id, fallback: false };
  const { key } = await createKeyFor(admin.ctx, { ownerId: member.id, name: "one", binding });
  expect((await listGroups(admin.ctx)).find(({ id }) => id === group.id)?.keys).toBe(1);
  await expect(deleteGroup(admin.ctx, { id: group.id })).rejects.toMatchObject({
    code: "conflict",
    message: "1 key is bound to this group: bind them to something else.",
  });
  const nowhere = { ...binding, id: "grp_none" };
  expect(await refusalOf(updateAnyKey(admin.ctx, { id: key.id, binding: nowhere }))).toBe(
    "invalid_request",
  );
  await updateAnyKey(admin.ctx, { id: key.id, binding: null });
  await deleteGroup(admin.ctx, { id: group.id });
  expect(await refusalOf(deleteGroup(admin.ctx, { id: group.id }))).toBe("not_found");
  const actions = await world.db.auditEntry.findMany({ where: { objectId: group.id } });
  expect(actions.map(({ action }) => action)).toEqual(["group.create", "group.delete"]);
});

it("does the same to many accounts, and names those it could not", async () => {
  const ids = [await account("Many 1"), await account("Many 2")];
  const group = await createGroup(admin.ctx, { name: "Many" });
  const stateOf = async (id = "") => (await readAccount(admin.ctx, { id })).account;
  const all = { ids: [...ids, "acc_none"] };
  const failed = [{ id: "acc_none", reason: expect.any(String) }];
  expect(await changeAccounts(admin.ctx, { ...all, deed: "drain" })).toEqual({ done: ids, failed });
  expect((await stateOf(ids[0])).state.kind).toBe("draining");
  await changeAccounts(admin.ctx, { ...all, deed: "resume" });
  expect((await stateOf(ids[0])).state.kind).toBe("active");
  await changeAccounts(admin.ctx, { ...all, deed: "pause" });
  expect((await stateOf(ids[1])).state.kind).toBe("paused");
  await changeAccounts(admin.ctx, { ...all, deed: "priority", priority: 7 });
  expect((await stateOf(ids[1])).priority).toBe(7);
  await changeAccounts(admin.ctx, { ...all, deed: "group", groupId: group.id });
  const joined = (await listGroups(admin.ctx)).find(({ id }) => id === group.id);
  expect(joined?.members.map(({ accountId }) => accountId).toSorted()).toEqual(ids.toSorted());
  expect(await refusalOf(changeAccounts(admin.ctx, { ...all, deed: "group" }))).toBe(
    "invalid_request",
  );
  await changeAccounts(admin.ctx, { ...all, deed: "delete" });
  expect(await refusalOf(stateOf(ids[0]))).toBe("not_found");
  expect(await refusalOf(changeAccounts(member.ctx, { ...all, deed: "pause" }))).toBe("forbidden");
});
