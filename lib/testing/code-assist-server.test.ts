import { createHash, randomBytes } from "node:crypto";
import { afterAll, beforeAll, expect, it } from "vitest";
import { geminiOauth } from "../relay/providers/gemini-oauth/index";
import type { Ask } from "../relay/providers/sign-in";
import { startCodeAssistServer } from "./code-assist-server";
import { type OAuthServer, startOAuthServer } from "./oauth-server";
import { type FakeUpstream, startFakeUpstream } from "./upstream/server";

/** A Google account signs in, is renewed and refused against servers that are as strict as Google's. */
const CLIENT = { id: "client-1", secret: "client-secret-1" };
const NOW = 1_800_000_000_000;
let oauth: OAuthServer;
let upstream: FakeUpstream;
let backend: Awaited<ReturnType<typeof startCodeAssistServer>>;

beforeAll(async () => {
  oauth = await startOAuthServer({ lifeSeconds: 60, rotates: false, client: CLIENT });
  upstream = await startFakeUpstream();
  backend = await startCodeAssistServer(oauth, upstream, { isNewUser: true });
});
afterAll(() => Promise.all([oauth.stop(), upstream.close(), backend.close()]));

const ask: Ask = async ({ url, method, headers, body }) => {
  const answer = await fetch(url, { method, headers, body });
  return { status: answer.status, headers: {}, body: await answer.text() };
};

const settings = (changes: object = {}) => ({
  baseUrl: backend.url,
  authorizeUrl: oauth.authorizeUrl,
  tokenUrl: oauth.tokenUrl,
  userinfoUrl: backend.userinfoUrl,
  clientId: CLIENT.id,
  clientSecret: CLIENT.secret,
  ...changes,
});

function newSeeds() {
  const verifier = randomBytes(48).toString("base64url");
  const challenge = createHash("sha256").update(verifier).digest("base64url");
  return { state: randomBytes(8).toString("hex"), verifier, challenge };
}

/** What the owner's browser ends at, after agreeing. */
async function agreed(seeds: ReturnType<typeof newSeeds>): Promise<string> {
  const step = await geminiOauth.signIn?.begin(settings(), seeds, ask);
  const page = await (await fetch(step?.url ?? "")).text();
  return (/id="back">([^<]*)/.exec(page)?.[1] ?? "").replaceAll("&amp;", "&");
}

it("signs a new user in: on board, with project and owner's name, renewable for good", async () => {
  const seeds = newSeeds();
  const granted = await geminiOauth.signIn?.finish?.(
    settings(),
    seeds,
    await agreed(seeds),
    ask,
    NOW,
  );
  expect(granted).toMatchObject({
    settings: { project: backend.project },
    identity: "owner@example.org",
    expiresAtMs: NOW + 60_000,
  });
  expect(backend.looks()).toBe(2);
  let secret: unknown = granted?.secret;
  const first = Object(secret).refreshToken;
  for (let round = 1; round <= 3; round++) {
    secret = (await geminiOauth.renewal?.renew(secret, settings(), ask, NOW))?.secret;
    expect(secret).toMatchObject({ refreshToken: first, project: backend.project });
  }
});

it("takes a code once, and only from whoever began", async () => {
  const seeds = newSeeds();
  const back = await agreed(seeds);
  const finish = (changes: object = {}, client: object = {}) =>
    geminiOauth.signIn?.finish?.(settings(client), { ...seeds, ...changes }, back, ask, NOW);
  await expect(finish({}, { clientSecret: "other" })).rejects.toMatchObject({
    code: "upstream_denied",
  });
  await finish();
  await expect(finish()).rejects.toMatchObject({ code: "upstream_denied" });
  const others = newSeeds();
  const stolen = await agreed(others);
  await expect(
    geminiOauth.signIn?.finish?.(
      settings(),
      { ...others, verifier: seeds.verifier },
      stolen,
      ask,
      NOW,
    ),
  ).rejects.toMatchObject({ code: "upstream_denied" });
});

it("renews nothing with a token that Google does not know", async () => {
  await expect(
    geminiOauth.renewal?.renew({ refreshToken: "unknown" }, settings(), ask, NOW),
  ).rejects.toMatchObject({ code: "upstream_denied" });
});

it("refuses a call without a live token, or for another project", async () => {
  const { access_token } = oauth.newAccount();
  const call = (token: string, project: string) =>
    fetch(`${backend.url}/v1internal:generateContent`, {
      method: "POST",
      headers: { authorization: `Bearer ${token}` },
      body: JSON.stringify({
        model: "gemini-2.5-pro",
        project,
        request: { contents: [{ role: "user", parts: [{ text: "Hi" }] }] },
      }),
    });
  expect((await call(access_token, backend.project)).status).toBe(200);
  const before = backend.refused();
  expect((await call(access_token, "another")).status).toBe(403);
  expect((await call("unknown", backend.project)).status).toBe(401);
  expect(backend.refused()).toBe(before + 2);
});
