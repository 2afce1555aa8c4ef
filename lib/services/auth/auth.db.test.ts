import { afterAll, beforeAll, expect, it } from "vitest";
import { findLiveSession } from "../../db/sessions";
import { storeSetting } from "../../db/settings";
import {
  type PortalWorld,
  portalWorld,
  refusalOf,
  TEST_PASSWORD,
} from "../../testing/factories/portal-world";
import { createInvitation } from "../users/create-invitation";
import { createResetLink } from "../users/create-reset-link";
import { updateUser } from "../users/update-user";
import { changePassword } from "./change-password";
import { listMySessions } from "./list-my-sessions";
import { makeSetUpLink } from "./make-set-up-link";
import { readSetUpLink } from "./read-link";
import { resetPassword } from "./reset-password";
import { revokeOtherSessions, revokeSession } from "./revoke-session";
import { setUp } from "./set-up";
import { signIn } from "./sign-in";
import { signUp } from "./sign-up";

let world: PortalWorld;
beforeAll(async () => {
  world = await portalWorld();
});
afterAll(() => world?.close());

let lastAddress = 0;
/** A caller from an address of its own, so that tests do not slow each other down. */
const stranger = () => world.stranger(`203.0.113.${++lastAddress}`);
const tokenIn = (url: string | null) => new URL(url ?? "").searchParams.values().next().value ?? "";
const person = (email: string) => ({ email, name: "New", password: TEST_PASSWORD });
const lives = async (id: string) => (await findLiveSession(world.db, id, new Date())) !== null;
const credentials = (email: string, password = TEST_PASSWORD) => ({
  email,
  password,
  userAgent: "test",
});

it("makes exactly one admin of 20 that use the set-up link at once", async () => {
  const { url } = await makeSetUpLink(world.cli);
  const token = tokenIn(url);
  expect((await readSetUpLink(stranger(), { token })).valid).toBe(true);
  const tries = Array.from({ length: 20 }, (_, i) =>
    refusalOf(setUp(stranger(), { token, ...person(`first-${i}@example.org`) })),
  );
  const codes = await Promise.all(tries);
  expect(codes.filter((code) => code === "none").length).toBe(1);
  expect(codes.filter((code) => code === "not_found").length).toBe(19);
  expect(await world.db.user.count({ where: { role: "admin" } })).toBe(1);
  expect((await readSetUpLink(stranger(), { token })).valid).toBe(false);
  expect((await makeSetUpLink(world.cli)).url).toBeNull();
});

it("lets nobody sign up uninvited unless an admin has opened it", async () => {
  await world.admin();
  const asked = () => refusalOf(signUp(stranger(), person(`x${lastAddress}@example.org`)));
  expect(await asked()).toBe("forbidden");
  await storeSetting(world.db, "sign-up-policy", "open");
  expect(await asked()).toBe("none");
  await storeSetting(world.db, "sign-up-policy", "closed");
  expect(await asked()).toBe("forbidden");
});

it("answers alike whether an address was free or taken, and makes no second account", async () => {
  await storeSetting(world.db, "sign-up-policy", "open");
  const email = "same@example.org";
  const first = await signUp(stranger(), person(email));
  expect(await signUp(stranger(), { ...person(email), password: "another password" })).toEqual(
    first,
  );
  expect(await world.db.user.count({ where: { email } })).toBe(1);
  expect(await refusalOf(signIn(stranger(), credentials(email, "another password")))).toBe(
    "unauthenticated",
  );
});

it("spends an invitation once, however many use it at the same time", async () => {
  await storeSetting(world.db, "sign-up-policy", "invite");
  const admin = await world.admin();
  const invitation = { email: null, role: "member", note: "", maxUses: 1, days: 1 } as const;
  const { url } = await createInvitation(admin.ctx, invitation);
  const tries = Array.from({ length: 8 }, (_, i) =>
    refusalOf(
      signUp(stranger(), { ...person(`invited-${i}@example.org`), invitation: tokenIn(url) }),
    ),
  );
  expect((await Promise.all(tries)).filter((code) => code === "none").length).toBe(1);
  expect(await world.db.user.count({ where: { email: { startsWith: "invited-" } } })).toBe(1);
});

it("keeps an invitation for the address that it was made for", async () => {
  const admin = await world.admin();
  const { url } = await createInvitation(admin.ctx, {
    email: "wanted@example.org",
    role: "admin",
    note: "",
    maxUses: 1,
    days: 1,
  });
  const invitation = tokenIn(url);
  expect(await refusalOf(signUp(stranger(), { ...person("thief@example.org"), invitation }))).toBe(
    "forbidden",
  );
  expect(await refusalOf(signUp(stranger(), { ...person("wanted@example.org"), invitation }))).toBe(
    "none",
  );
  const made = await world.db.user.findUnique({ where: { email: "wanted@example.org" } });
  expect(made?.role).toBe("admin");
});

it("gives a new session at each sign-in, and none for wrong, unknown or disabled", async () => {
  const member = await world.member();
  const one = await signIn(stranger(), credentials(member.email));
  const two = await signIn(stranger(), credentials(member.email.toUpperCase()));
  expect(one.sessionId).not.toBe(two.sessionId);
  const wrong = refusalOf(signIn(stranger(), credentials(member.email, "wrong password")));
  const unknown = refusalOf(signIn(stranger(), credentials("nobody@example.org")));
  expect([await wrong, await unknown]).toEqual(["unauthenticated", "unauthenticated"]);
  const gone = await world.member();
  await world.db.user.update({ where: { id: gone.id }, data: { status: "disabled" } });
  expect(await refusalOf(signIn(stranger(), credentials(gone.email)))).toBe("unauthenticated");
});

it("slows guessing at one account down, but not its owner at a known address", async () => {
  const member = await world.member();
  await signIn(world.stranger("203.0.113.200"), credentials(member.email));
  const guesses = Array.from({ length: 30 }, () =>
    refusalOf(signIn(stranger(), credentials(member.email, "wrong password"))),
  );
  const codes = await Promise.all(guesses);
  expect(codes.filter((code) => code === "unauthenticated").length).toBe(1);
  expect(codes.filter((code) => code === "limit_reached").length).toBe(29);
  expect(await refusalOf(signIn(world.stranger("203.0.113.200"), credentials(member.email)))).toBe(
    "none",
  );
});

it("ends sessions on every path: by hand, by password, by role, by disabling, by reset", async () => {
  const admin = await world.admin();
  const begin = async (email: string) => (await signIn(stranger(), credentials(email))).sessionId;

  const byHand = await world.member();
  const second = await begin(byHand.email);
  expect((await listMySessions(byHand.ctx)).map((row) => row.current)).toContain(true);
  await revokeSession(byHand.ctx, { id: second });
  expect(await lives(second)).toBe(false);
  const third = await begin(byHand.email);
  await revokeOtherSessions(byHand.ctx);
  expect([await lives(third), await lives(byHand.sessionId)]).toEqual([false, true]);

  const byPassword = await world.member();
  const other = await begin(byPassword.email);
  await changePassword(byPassword.ctx, { current: TEST_PASSWORD, password: "a better password" });
  expect([await lives(other), await lives(byPassword.sessionId)]).toEqual([false, true]);

  const byRole = await world.member();
  await updateUser(admin.ctx, { id: byRole.id, role: "admin" });
  expect(await lives(byRole.sessionId)).toBe(false);

  const byDisabling = await world.member();
  await updateUser(admin.ctx, { id: byDisabling.id, status: "disabled" });
  expect(await lives(byDisabling.sessionId)).toBe(false);

  const byReset = await world.member();
  const { url } = await createResetLink(admin.ctx, { id: byReset.id });
  const reset = { token: tokenIn(url), password: "after the reset" };
  await resetPassword(stranger(), reset);
  expect(await lives(byReset.sessionId)).toBe(false);
  expect(await refusalOf(resetPassword(stranger(), reset))).toBe("not_found");
  expect(await refusalOf(signIn(stranger(), credentials(byReset.email, "after the reset")))).toBe(
    "none",
  );
});

it("does not end, nor show, somebody else's session", async () => {
  const [one, two] = [await world.member(), await world.member()];
  expect(await refusalOf(revokeSession(one.ctx, { id: two.sessionId }))).toBe("not_found");
  expect(await lives(two.sessionId)).toBe(true);
  expect((await listMySessions(one.ctx)).map((row) => row.id)).not.toContain(two.sessionId);
});

it("demands the current password before a new one", async () => {
  const member = await world.member();
  const change = changePassword(member.ctx, { current: "not it", password: "a better password" });
  expect(await refusalOf(change)).toBe("invalid_request");
});

it("keeps the last admin", async () => {
  const admins = await world.db.user.findMany({ where: { role: "admin", status: "active" } });
  const codes: string[] = [];
  for (const { id } of admins) {
    codes.push(await refusalOf(updateUser(world.cli, { id, status: "disabled" })));
  }
  expect(codes.at(-1)).toBe("conflict");
  expect(await world.db.user.count({ where: { role: "admin", status: "active" } })).toBe(1);
});
