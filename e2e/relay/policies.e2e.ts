import { afterAll, beforeAll, expect, it } from "vitest";
import { signInOverHttp } from "./support/browser-session";
import { type DeclaredRoute, declaredPolicies } from "./support/policies";
import { type Portal, startPortal } from "./support/portal";
import { rawCall } from "./support/raw-call";

const METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE"];

let portal: Portal;
let routes: DeclaredRoute[];
/** Five callers: the name of each and its cookie. */
const cookies: Record<string, string> = { nobody: "", forged: "next-auth.session-token=forged" };

beforeAll(async () => {
  portal = await startPortal({ worker: false });
  routes = await declaredPolicies();
  for (const role of ["member", "admin"] as const) {
    const email = `${role}@example.org`;
    const { password } = await portal.createUser(email, role);
    cookies[role] = await signInOverHttp(portal.url, email, password);
  }
  const { password } = await portal.createUser("gone@example.org", "admin");
  cookies.disabled = await signInOverHttp(portal.url, "gone@example.org", password);
  await portal.database.db.user.update({
    where: { email: "gone@example.org" },
    data: { status: "disabled" },
  });
  await portal.database.db.session.updateMany({
    where: { user: { email: "gone@example.org" } },
    data: { revokedAt: new Date() },
  });
});
afterAll(() => portal?.stop());

async function call(method: string, path: string, caller: string) {
  const answer = await rawCall(portal.url, {
    method,
    path,
    headers: {
      origin: portal.url,
      cookie: cookies[caller] ?? "",
      ...(method !== "GET" && { "content-type": "application/json" }),
    },
    ...(method !== "GET" && { body: "{}" }),
  });
  return answer.status;
}

/** "" is the policy of a method that is not served: nobody may. */
const mayEnter = (policy: string, caller: string) =>
  policy === "anyone" ||
  (policy !== "" && caller === "admin") ||
  (policy === "member" && caller === "member");

const isGood = (status: number) => status >= 200 && status < 300;

it("finds a declared policy for every page and route of the build", () => {
  expect(routes.length).toBeGreaterThan(50);
  const unlisted = routes.filter((route) => Object.keys(route.methods).length === 0);
  expect(unlisted).toEqual([]);
});

it("lets no caller into a route of the API that its policy does not name", async () => {
  const api = routes.filter((route) => /^\/api\/(portal|admin)\//.test(route.address));
  const wrong: string[] = [];
  for (const route of api) wrong.push(...(await wronglyLetIn(route)));
  expect(wrong).toEqual([]);
});

async function wronglyLetIn({ address, methods }: DeclaredRoute): Promise<string[]> {
  const wrong: string[] = [];
  const calls = METHODS.flatMap((method) => Object.keys(cookies).map((caller) => [method, caller]));
  for (const [method = "", caller = ""] of calls) {
    if (mayEnter(methods[method] ?? "", caller)) continue;
    const status = await call(method, address, caller);
    if (isGood(status)) wrong.push(`${method} ${address} as ${caller}: ${status}`);
  }
  return wrong;
}

it("sends strangers from every page of the portal to sign in, and members away from the admins'", async () => {
  const pages = routes.filter(({ kind, methods }) => kind === "page" && methods.GET !== "anyone");
  for (const { address, methods } of pages) {
    for (const caller of Object.keys(cookies)) {
      if (mayEnter(methods.GET ?? "", caller)) continue;
      const expected = caller === "member" ? 403 : 307;
      expect(await call("GET", address, caller), `${address} as ${caller}`).toBe(expected);
    }
  }
});

it("creates nothing for whoever signs out or refreshes with a token of their own making", async () => {
  const before = await portal.database.db.session.count();
  for (let i = 0; i < 50; i++) {
    const cookie = `next-auth.session-token=${crypto.randomUUID()}`;
    for (const path of ["/api/auth/session", "/api/auth/signout"]) {
      await rawCall(portal.url, { method: "GET", path, headers: { cookie } });
      await rawCall(portal.url, {
        method: "POST",
        path,
        headers: { cookie, origin: portal.url, "content-type": "application/json" },
        body: JSON.stringify({ csrfToken: "made-up", json: "true" }),
      });
    }
  }
  expect(await portal.database.db.session.count()).toBe(before);
  expect(await portal.database.db.apiKey.count()).toBe(0);
});
