import { randomUUID } from "node:crypto";
import type { Key } from "../../lib/contracts/keys";
import type { RequestPage, RequestRow, RequestStory } from "../../lib/contracts/requests";
import type { OneTimeLink } from "../../lib/contracts/users";
import type { AdminCommands } from "../relay/support/admin";
import { signInOverHttp } from "../relay/support/browser-session";
import { fillTwoHops } from "./fill-hops";
import { fillPool } from "./fill-pool";
import { fillRequests, type Keys } from "./fill-requests";
import { type PortalApi, portalApi } from "./portal-api";
import type { Places, Reader } from "./views";

/** A running portal with an upstream whose address it is allowed to reach. */
export interface World
  extends Pick<AdminCommands, "createUser" | "createKey" | "addAccount" | "allowHost"> {
  url: string;
  upstreamUrl: string;
}

export interface Filled {
  places: Places;
  /** Value of the `cookie` header of each reader; "" for nobody. */
  cookies: Readonly<Record<Reader, string>>;
  memberId: string;
  keys: Keys;
}

/**
 * Puts into a portal what the pages are about: people, keys and accounts in every state, and
 * requests through the relay, `rounds` of each sort, with their failures.
 */
export async function fillPortal(world: World, rounds: number): Promise<Filled> {
  const tag = randomUUID().slice(0, 6);
  const member = await personOf(world, `grace-${tag}@example.org`, "member");
  const newcomer = await personOf(world, `newcomer-${tag}@example.org`, "member");
  const admin = await personOf(world, `ada-${tag}@example.org`, "admin");
  await admin.api.call("PATCH", `/api/admin/users/${member.id}`, {
    name: "Grace Hopper",
    dailyLimitMicroUsd: "20000000",
    monthlyLimitMicroUsd: "300000000",
  });
  await admin.api.call("PATCH", `/api/admin/users/${admin.id}`, { name: "Ada Lovelace" });
  const pool = await fillPool(world, admin.api);
  const keys = await makeKeys(world, member.email, member.api);
  await fillTwoHops(world, {
    admin: admin.api,
    adminEmail: admin.email,
    member: member.api,
    memberEmail: member.email,
  });
  await fillRequests(world, keys, rounds);
  const requests = await requestPlaces(member.api, admin.api);
  return {
    cookies: {
      nobody: "",
      member: member.cookie,
      newcomer: newcomer.cookie,
      admin: admin.cookie,
    },
    memberId: member.id,
    keys,
    places: { ...pool, ...requests, ...(await peoplePlaces(admin.api, member, keys)) },
  };
}

interface Somebody {
  id: string;
  email: string;
  cookie: string;
  api: PortalApi;
}

async function personOf(world: World, email: string, role: "member" | "admin"): Promise<Somebody> {
  const { id, password } = await world.createUser(email, role);
  const cookie = await signInOverHttp(world.url, email, password);
  return { id, email, cookie, api: portalApi(world.url, cookie) };
}

async function makeKeys(world: World, email: string, api: PortalApi): Promise<Keys> {
  const make = (name: string, ...flags: string[]) => world.createKey(email, name, flags);
  const keys = {
    laptop: await make("laptop"),
    ci: await make("ci pipeline", "--daily-limit", "5", "--concurrency", "8"),
    small: await make("chat bot", "--daily-limit", "0.01"),
    paused: await make("old notebook", "--total-limit", "25"),
    revoked: await make("leaked"),
  };
  const all = await api.call<Key[]>("GET", "/api/portal/keys");
  const idOf = (name: string) => all.find((key) => key.name === name)?.id ?? "";
  await api.call("PATCH", `/api/portal/keys/${idOf("ci pipeline")}`, {
    tags: ["ci", "team-a"],
    note: "Runs the nightly reviews.",
    expiresAt: new Date(Date.now() + 40 * 86_400_000).toISOString(),
  });
  await api.call("POST", `/api/portal/keys/${idOf("ci pipeline")}/roll`, {
    overlapSeconds: 86_400,
  });
  await api.call("POST", `/api/portal/keys/${idOf("old notebook")}/pause`);
  await api.call("POST", `/api/portal/keys/${idOf("leaked")}/revoke`);
  return { ...keys, ids: { laptop: idOf("laptop"), ci: idOf("ci pipeline") } };
}

const RECORDED_MS = 60_000;
const POLL_MS = 250;

/** The requests that pages open. The refused one is the last of the filling, so all are there then. */
async function requestPlaces(api: PortalApi, admin: PortalApi) {
  return {
    ...(await hopPlaces(admin)),
    refusedRequest: await recorded(api, "search=claude&outcome=refused", (row) => {
      return row.failure === "budget_exhausted";
    }),
    request: await recorded(api, "model=claude-opus-4-5-20251101&outcome=complete"),
    failedRequest: await recorded(api, "outcome=cut"),
  };
}

async function hopPlaces(admin: PortalApi) {
  const second = (row: RequestRow) => row.passThroughOf !== null;
  const secondHop = await recorded(admin, "search=router", second, "/api/admin/requests");
  const story = await admin.call<RequestStory>("GET", `/api/admin/requests/${secondHop}`);
  return { firstHop: story.request.passThroughOf ?? "", secondHop };
}

/** Id of the newest request that fits; waits until it is written. */
async function recorded(
  api: PortalApi,
  query: string,
  fits: (row: RequestRow) => boolean = () => true,
  log = "/api/portal/requests",
): Promise<string> {
  const deadline = Date.now() + RECORDED_MS;
  for (;;) {
    const { items } = await api.call<RequestPage>("GET", `${log}?${query}`);
    const found = items.find(fits);
    if (found) return found.id;
    if (Date.now() > deadline) throw new Error(`The filling made no request with ${query}.`);
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
}

async function peoplePlaces(admin: PortalApi, member: Somebody, keys: Keys) {
  const link = async (path: string, body: unknown) => {
    const { url } = await admin.call<OneTimeLink>("POST", path, body);
    const { pathname, search } = new URL(url);
    return pathname + search;
  };
  return {
    user: member.id,
    key: keys.ids.ci,
    invitation: await link("/api/admin/invitations", {
      email: "linus@example.org",
      note: "Team B",
    }),
    reset: await link(`/api/admin/users/${member.id}/reset-link`, {}),
  };
}
