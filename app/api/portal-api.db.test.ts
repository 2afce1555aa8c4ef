import { readdirSync } from "node:fs";
import path from "node:path";
import { NextRequest } from "next/server";
import { encode } from "next-auth/jwt";
import { afterAll, beforeAll, expect, it } from "vitest";
import { policyOf } from "@/lib/server/http/route";
import { createKey } from "@/lib/services/keys/create-key";
import {
  type PortalWorld,
  portalWorld,
  type TestPerson,
} from "@/lib/testing/factories/portal-world";
import { bookTestRequest } from "@/lib/testing/factories/usage-rows";

type Handler = (
  request: NextRequest,
  context: { params: Promise<Record<string, string>> },
) => Promise<Response>;

interface Route {
  address: string;
  method: string;
  handler: Handler;
}

const METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE"];
const API = path.resolve(import.meta.dirname);
const ORIGIN = "http://localhost:3000";

let world: PortalWorld;
let member: TestPerson;
let other: TestPerson;
let admin: TestPerson;
let routes: Route[];

beforeAll(async () => {
  world = await portalWorld();
  [member, other, admin] = await Promise.all([world.member(), world.member(), world.admin()]);
  const files = readdirSync(API, { recursive: true, encoding: "utf8" })
    .filter((file) => /^(portal|admin)\/.*route\.ts$/.test(file))
    .sort();
  routes = (await Promise.all(files.map(load))).flat();
});
afterAll(() => world?.close());

async function load(file: string): Promise<Route[]> {
  const module: Record<string, Handler> = await import(path.join(API, file));
  const address = `/api/${path.dirname(file)}`;
  return METHODS.flatMap((method) => {
    const handler = module[method];
    return handler ? [{ address, method, handler }] : [];
  });
}

interface Asked {
  as?: TestPerson;
  params?: Record<string, string>;
  query?: string;
  body?: unknown;
  headers?: Record<string, string>;
}

async function cookieOf(person: TestPerson): Promise<string> {
  const { sessionSecret } = world.container.env;
  const token = await encode({ token: { sessionId: person.sessionId }, secret: sessionSecret });
  return `next-auth.session-token=${token}`;
}

async function ask({ address, method, handler }: Route, asked: Asked = {}) {
  const isChange = method !== "GET";
  const request = new NextRequest(`${ORIGIN}${address}${asked.query ?? ""}`, {
    method,
    headers: {
      origin: ORIGIN,
      ...(isChange && { "content-type": "application/json" }),
      ...(asked.as && { cookie: await cookieOf(asked.as) }),
      ...asked.headers,
    },
    ...(isChange && { body: JSON.stringify(asked.body ?? {}) }),
  });
  return handler(request, { params: Promise.resolve(asked.params ?? {}) });
}

const find = (method: string, address: string): Route => {
  const found = routes.find((route) => route.method === method && route.address === address);
  if (!found) throw new Error(`There is no ${method} ${address}.`);
  return found;
};
const named = ({ method, address }: Route) => `${method} ${address}`;
const UNKNOWN = { id: "key_0000000000000000000000", keyId: "key_0000000000000000000000" };

it("declares who may call each route, and lets in nobody else", async () => {
  expect(routes.length).toBeGreaterThan(50);
  for (const route of routes) {
    const who = policyOf(route.handler);
    expect(who, named(route)).not.toBeNull();
    if (who === "anyone") continue;
    const stranger = await ask(route, { params: UNKNOWN });
    expect(stranger.status, `${named(route)} as nobody`).toBe(401);
    const forged = await ask(route, { headers: { cookie: "next-auth.session-token=forged" } });
    expect(forged.status, `${named(route)} with a forged token`).toBe(401);
    if (who !== "admin") continue;
    expect((await ask(route, { as: member })).status, `${named(route)} as member`).toBe(403);
  }
});

it("puts every route of the admins' part under the admins' policy", () => {
  const open = routes.filter((route) => route.address.startsWith("/api/admin/"));
  for (const route of open) expect(policyOf(route.handler), named(route)).toBe("admin");
});

it("refuses every change that another site asks for, in any form that needs no leave", async () => {
  const changes = routes.filter(({ method }) => method !== "GET");
  const before = await world.db.auditEntry.count();
  for (const route of changes) {
    const foreign: Record<string, string>[] = [
      { origin: "https://evil.example" },
      { origin: "null" },
      { origin: "http://localhost:3000.evil.example" },
      { "content-type": "text/plain" },
      { "content-type": "application/x-www-form-urlencoded" },
    ];
    for (const headers of foreign) {
      const answer = await ask(route, { as: admin, headers, params: UNKNOWN });
      expect([400, 403], `${named(route)} ${JSON.stringify(headers)}`).toContain(answer.status);
    }
  }
  expect(await world.db.auditEntry.count()).toBe(before);
});

it("lets no cache keep anything", async () => {
  for (const route of routes) {
    const answer = await ask(route, { as: member, params: UNKNOWN });
    expect(answer.headers.get("cache-control"), named(route)).toBe("no-store");
  }
});

it("answers another member's ids as it answers ids that never were, byte for byte", async () => {
  const { key } = await createKey(member.ctx, { name: "mine" });
  const request = await bookTestRequest(world.db, { userId: member.id, keyId: key.id });
  const theirs = [key.id, request, member.sessionId, member.id];
  const query = `?since=${encodeURIComponent(new Date(0).toISOString())}`;
  const before = await world.db.auditEntry.count();
  const owned = routes.filter(
    ({ address }) => address.startsWith("/api/portal/") && address.includes("["),
  );
  expect(owned.length).toBeGreaterThan(7);
  for (const route of owned) {
    const asked = (id: string) =>
      ask(route, {
        as: other,
        params: route.address.includes("[keyId]") ? { keyId: id } : { id },
        query: route.address.includes("[keyId]") ? query : "",
        body: route.method === "PATCH" ? { name: "taken" } : {},
      });
    for (const id of theirs) {
      const [foreign, unknown] = [await asked(id), await asked("key_0000000000000000000000")];
      expect(foreign.status, `${named(route)} ${id}`).toBe(404);
      expect(await foreign.text()).toBe(await unknown.text());
    }
  }
  expect(await world.db.auditEntry.count()).toBe(before);
});

it("names unknown fields of bodies and queries and takes none of them", async () => {
  const create = find("POST", "/api/portal/keys");
  const bodies = [
    { name: "x", ownerId: admin.id },
    { name: "x", ratePpm: "0" },
    { name: "x", role: "admin" },
    JSON.parse('{"name":"x","__proto__":{"ratePpm":"0"}}'),
  ];
  for (const body of bodies) {
    const answer = await ask(create, { as: member, body });
    expect(answer.status).toBe(400);
    const { code, fields } = await answer.json();
    expect([code, Object.values(fields)]).toEqual(["invalid_request", ["Unknown field."]]);
  }
  const me = await ask(find("PATCH", "/api/portal/me"), { as: member, body: { role: "admin" } });
  expect(me.status).toBe(400);
  const list = await ask(find("GET", "/api/portal/requests"), { as: member, query: "?userId=x" });
  expect(list.status).toBe(400);
});

it("takes hostile text as text and never fails on it", async () => {
  const texts = ["' OR 1=1 --", "\u0000", "%_%", "\ud800", '\'; DROP TABLE "user"; --', "{{"];
  for (const text of texts) {
    for (const field of ["search", "model", "session", "cursor", "face", "from", "limit"]) {
      const query = `?${new URLSearchParams({ [field]: text })}`;
      const answer = await ask(find("GET", "/api/portal/requests"), { as: member, query });
      expect([200, 400], `${field}=${text}`).toContain(answer.status);
    }
  }
});

it("refuses bodies that are too large or no JSON", async () => {
  const route = find("POST", "/api/portal/keys");
  const large = await ask(route, { as: member, body: { name: "x".repeat(300_000) } });
  expect(large.status).toBe(413);
  const request = new NextRequest(`${ORIGIN}/api/portal/keys`, {
    method: "POST",
    headers: {
      origin: ORIGIN,
      "content-type": "application/json",
      cookie: await cookieOf(member),
    },
    body: "{not json",
  });
  const broken = await route.handler(request, { params: Promise.resolve({}) });
  expect(broken.status).toBe(400);
});

it("ends a session for the API within seconds of its revocation", async () => {
  const person = await world.member();
  const me = find("GET", "/api/portal/me");
  expect((await ask(me, { as: person })).status).toBe(200);
  await world.db.session.update({
    where: { id: person.sessionId },
    data: { revokedAt: new Date() },
  });
  await expect
    .poll(async () => (await ask(me, { as: person })).status, { timeout: 5_000, interval: 250 })
    .toBe(401);
});
