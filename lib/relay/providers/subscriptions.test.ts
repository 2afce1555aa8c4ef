import { describe, expect, it } from "vitest";
import { sampleSend } from "../testing/sample-send";
import { claudeOauth } from "./claude-oauth/index";
import { claudeSetupToken } from "./claude-setup-token/index";
import { droid } from "./droid/index";
import { formFields } from "./form";
import { openaiOauth } from "./openai-oauth/index";
import type { Provider } from "./provider";
import type { AskAnswer, AskRequest } from "./sign-in";

const NOW = 1_800_000_000_000;
const SEEDS = { state: "st4te", verifier: "v3rifier", challenge: "ch4llenge" };
const SUBSCRIPTIONS: readonly Provider[] = [claudeOauth, claudeSetupToken, openaiOauth, droid];

interface Reply {
  status?: number;
  body: unknown;
}

function server(replies: Readonly<Record<string, Reply>>) {
  const asked: AskRequest[] = [];
  const ask = async (request: AskRequest): Promise<AskAnswer> => {
    asked.push(request);
    const reply = replies[new URL(request.url).pathname];
    return {
      status: reply?.status ?? (reply ? 200 : 404),
      headers: {},
      body: JSON.stringify(reply?.body ?? {}),
    };
  };
  return { ask, asked };
}

const idToken = (claims: object) => `h.${btoa(JSON.stringify(claims)).replaceAll("=", "")}.s`;

it("takes requests of the provider's own program only", () => {
  expect(SUBSCRIPTIONS.map(({ onlyClients }) => onlyClients)).toEqual([
    ["claude-code"],
    ["claude-code"],
    ["codex"],
    ["droid"],
  ]);
});

it("lets every address be set, and shows nothing that only the portal writes", () => {
  for (const provider of SUBSCRIPTIONS) {
    const settings = formFields(provider.settings);
    const urls = settings.filter(({ kind }) => kind === "url").map(({ name }) => name);
    // The others are opened by the admin's browser: nothing of the portal's is sent there.
    expect(urls).toEqual(expect.arrayContaining([...provider.urlSettings]));
    expect(provider.urlSettings).toEqual(expect.arrayContaining(["baseUrl", "tokenUrl"]));
    expect(settings.every(({ kind, advanced }) => kind !== "url" || advanced)).toBe(true);
    expect(formFields(provider.secret).map(({ name }) => name)).not.toContain("expiresAtMs");
  }
});

describe("Claude subscription", () => {
  it("leads to the sign-in page with PKCE, and exchanges the pasted code", async () => {
    const { ask, asked } = server({
      "/v1/oauth/token": { body: { access_token: "at", refresh_token: "rt", expires_in: 28_800 } },
      "/api/oauth/profile": { body: { account: { email: "anna@example.org" } } },
    });
    const step = await claudeOauth.signIn?.begin({}, SEEDS, ask);
    const url = new URL(step?.url ?? "");
    expect(url.origin + url.pathname).toBe("https://claude.ai/oauth/authorize");
    expect(Object.fromEntries(url.searchParams)).toMatchObject({
      code_challenge: "ch4llenge",
      code_challenge_method: "S256",
      response_type: "code",
      state: "st4te",
    });
    const granted = await claudeOauth.signIn?.finish?.({}, SEEDS, "c0de#st4te", ask, NOW);
    expect(granted).toEqual({
      secret: { accessToken: "at", refreshToken: "rt", expiresAtMs: NOW + 28_800_000 },
      expiresAtMs: NOW + 28_800_000,
      identity: "anna@example.org",
    });
    expect(JSON.parse(asked[0]?.body ?? "")).toMatchObject({
      code: "c0de",
      code_verifier: "v3rifier",
      grant_type: "authorization_code",
    });
  });

  it("signs in without a profile", async () => {
    const { ask } = server({ "/v1/oauth/token": { body: { access_token: "at" } } });
    const granted = await claudeOauth.signIn?.finish?.({}, SEEDS, "c0de", ask, NOW);
    expect(granted?.secret).toEqual({ accessToken: "at", expiresAtMs: NOW + 3_600_000 });
    expect(granted?.identity).toBeUndefined();
  });

  it("renews, and keeps the refresh token when the answer has none", async () => {
    const { ask } = server({
      "/v1/oauth/token": { body: { access_token: "at2", expires_in: 60 } },
    });
    const secret = { accessToken: "at", refreshToken: "rt" };
    const granted = await claudeOauth.renewal?.renew(secret, {}, ask, NOW);
    expect(granted?.secret).toEqual({
      accessToken: "at2",
      refreshToken: "rt",
      expiresAtMs: NOW + 60_000,
    });
    const bare = { accessToken: "at" };
    await expect(claudeOauth.renewal?.renew(bare, {}, ask, NOW)).rejects.toMatchObject({
      code: "upstream_denied",
    });
  });

  it("knows when a token has to be renewed", () => {
    const endOf = (secret: object) => claudeOauth.renewal?.expiresAtMs(secret);
    expect(endOf({ refreshToken: "r" })).toBe(0);
    expect(endOf({ accessToken: "a", refreshToken: "r" })).toBe(0);
    expect(endOf({ accessToken: "a", refreshToken: "r", expiresAtMs: 7 })).toBe(7);
    expect(endOf({ accessToken: "a" })).toBeNull();
  });

  it("adds the flag that access tokens need, once, behind the caller's own", () => {
    const secret = { accessToken: "at" };
    const headers = (beta?: string) =>
      claudeOauth.headers(
        secret,
        {},
        sampleSend({ forwarded: beta ? { "anthropic-beta": beta } : {} }),
      );
    expect(headers()).toMatchObject({
      authorization: "Bearer at",
      "anthropic-beta": "oauth-2025-04-20",
    });
    expect(headers("a,b")["anthropic-beta"]).toBe("a,b,oauth-2025-04-20");
    expect(headers("a, oauth-2025-04-20")["anthropic-beta"]).toBe("a, oauth-2025-04-20");
  });

  it("tells an account that Anthropic closed from one that must sign in", () => {
    const diagnose = (status: number, message: string) =>
      claudeOauth.diagnose({
        status,
        headers: {},
        body: JSON.stringify({ error: { message } }),
        model: "claude-opus-5-5",
      });
    expect(diagnose(400, "This organization has been disabled.")).toMatchObject({
      code: "upstream_denied",
      detail: { blocked: true },
    });
    expect(diagnose(401, "OAuth token has expired").detail.blocked).toBeUndefined();
    expect(diagnose(400, "max_tokens: too large").code).toBe("upstream_refused");
  });

  it("is tried out without a request of another program's", () => {
    const probe = claudeOauth.probe({}, { entries: [] });
    expect(probe.body).toBeNull();
    const url = claudeOauth.address({}, sampleSend({ action: "probe" }));
    expect(url.pathname).toBe("/api/oauth/usage");
  });
});

it("makes a setup token of a year", async () => {
  const { ask, asked } = server({
    "/v1/oauth/token": { body: { access_token: "sk-ant-oat01-x" } },
  });
  const granted = await claudeSetupToken.signIn?.finish?.({}, SEEDS, "c0de", ask, NOW);
  expect(JSON.parse(asked[0]?.body ?? "")).toMatchObject({ expires_in: "31536000" });
  expect(granted?.expiresAtMs).toBeNull();
  expect(claudeSetupToken.renewal).toBeNull();
});

describe("ChatGPT subscription", () => {
  it("signs in and learns whose account it is", async () => {
    const claims = {
      email: "anna@example.org",
      "https://api.openai.com/auth": { chatgpt_account_id: "acct-1" },
    };
    const body = {
      access_token: "at",
      refresh_token: "rt",
      id_token: idToken(claims),
      expires_in: 9,
    };
    const { ask, asked } = server({ "/oauth/token": { body } });
    const back = "http://localhost:1455/auth/callback?code=c0de&state=st4te";
    const granted = await openaiOauth.signIn?.finish?.({}, SEEDS, back, ask, NOW);
    expect(granted).toMatchObject({
      identity: "anna@example.org",
      settings: { chatgptAccountId: "acct-1" },
    });
    expect(new URLSearchParams(asked[0]?.body ?? "").get("code_verifier")).toBe("v3rifier");
  });

  it("asks Codex' backend in the account's name", () => {
    const send = sampleSend({ protocol: "openai-responses" });
    const url = openaiOauth.address({}, send);
    expect(url.href).toBe("https://chatgpt.com/backend-api/codex/responses");
    const settings = { chatgptAccountId: "acct-1" };
    expect(openaiOauth.headers({ accessToken: "at" }, settings, send)).toEqual({
      authorization: "Bearer at",
      "chatgpt-account-id": "acct-1",
    });
  });

  it("reads the reset of its usage limit from the body", () => {
    const diagnose = (error: object) =>
      openaiOauth.diagnose({
        status: 429,
        headers: {},
        body: JSON.stringify({ error }),
        model: "gpt-5.5",
      });
    expect(diagnose({ type: "usage_limit_reached", resets_in_seconds: 90 }).detail).toMatchObject({
      family: null,
      retryAfterSeconds: 90,
    });
    expect(diagnose({ resets_at: 1_800_000_100 }).detail.resetAtMs).toBe(1_800_000_100_000);
    expect(diagnose({}).detail.retryAfterSeconds).toBe(3_600);
  });
});

describe("Factory Droid", () => {
  const BEGUN = {
    device_code: "dev",
    user_code: "ABCD-EFGH",
    verification_uri: "https://id.test/device",
    interval: 3,
    expires_in: 600,
  };

  it("signs in by a device flow, and waits while the owner has not agreed", async () => {
    const begin = server({ "/user_management/authorize/device": { body: BEGUN } });
    expect(await droid.signIn?.begin({}, SEEDS, begin.ask)).toMatchObject({
      kind: "device",
      userCode: "ABCD-EFGH",
      intervalSeconds: 3,
    });
    const path = "/user_management/authenticate";
    for (const error of ["authorization_pending", "slow_down"]) {
      const waiting = server({ [path]: { status: 400, body: { error } } });
      expect(await droid.signIn?.poll?.({}, "dev", waiting.ask, NOW)).toBeNull();
    }
    const refused = server({ [path]: { status: 400, body: { error: "access_denied" } } });
    await expect(droid.signIn?.poll?.({}, "dev", refused.ask, NOW)).rejects.toMatchObject({
      code: "upstream_denied",
    });
    const accessToken = idToken({ exp: 1_800_000_900 });
    const done = server({ [path]: { body: { access_token: accessToken, refresh_token: "rt" } } });
    expect(await droid.signIn?.poll?.({}, "dev", done.ask, NOW)).toEqual({
      secret: { accessToken, refreshToken: "rt", expiresAtMs: 1_800_000_900_000 },
      expiresAtMs: 1_800_000_900_000,
    });
  });

  it("speaks three formats, each at its own address", () => {
    const paths = (["anthropic", "openai-responses", "openai-chat"] as const).map(
      (protocol) => droid.address({}, sampleSend({ protocol })).pathname,
    );
    expect(paths).toEqual([
      "/api/llm/a/v1/messages",
      "/api/llm/o/v1/responses",
      "/api/llm/o/v1/chat/completions",
    ]);
  });

  it("never renews a key", () => {
    expect(droid.renewal?.expiresAtMs({ apiKey: "fk-1" })).toBeNull();
    const own = { authorization: "Bearer fk-1" };
    const stated = { forwarded: { "anthropic-version": "2023-06-01" } };
    expect(droid.headers({ apiKey: "fk-1" }, {}, sampleSend(stated))).toEqual(own);
  });

  it("states a version of the Messages API where the request has none", () => {
    const version = (changes: Parameters<typeof sampleSend>[0]) =>
      droid.headers({ apiKey: "fk-1" }, {}, sampleSend(changes))["anthropic-version"];
    expect(version({})).toBe("2023-06-01");
    expect(version({ protocol: "openai-chat" })).toBeUndefined();
  });
});
