import { describe, expect, it } from "vitest";
import { sampleSend } from "../testing/sample-send";
import { tokenService as server } from "../testing/token-service";
import { antigravity } from "./antigravity/index";
import { formFields } from "./form";
import { geminiOauth } from "./gemini-oauth/index";

const NOW = 1_800_000_000_000;
const SEEDS = { state: "st4te", verifier: "v3rifier", challenge: "ch4llenge" };
const KINDS = [geminiOauth, antigravity];
const OWN = { clientSecret: "s3cret" };
const TOKENS = { access_token: "at", refresh_token: "rt", expires_in: 3_600 };
const FREE = { id: "free-tier", isDefault: true };

const LOAD = "/v1internal:loadCodeAssist";
const BASE = {
  "/token": { body: TOKENS },
};

describe.each(KINDS)("$id", (kind) => {
  it("leads to Google with PKCE, for a token that lasts", async () => {
    const step = await kind.signIn?.begin(OWN, SEEDS, server({}).ask);
    const url = new URL(step?.url ?? "");
    expect(url.origin + url.pathname).toBe("https://accounts.google.com/o/oauth2/v2/auth");
    expect(Object.fromEntries(url.searchParams)).toMatchObject({
      access_type: "offline",
      code_challenge: "ch4llenge",
      code_challenge_method: "S256",
      response_type: "code",
      state: "st4te",
    });
    expect(url.searchParams.get("prompt")).toContain("consent");
    expect(url.href).not.toContain("s3cret");
  });

  it("speaks the Gemini API, and Code Assist as clients wrap it", () => {
    const path = (changes: Parameters<typeof sampleSend>[0], stream: "sse" | "array" | null) => {
      const send = sampleSend(changes);
      const url = kind.address(OWN, { ...send, facts: { ...send.facts, stream } });
      return url.pathname + url.search;
    };
    const gemini = { protocol: "gemini" } as const;
    expect(path(gemini, null)).toBe("/v1internal:generateContent");
    expect(path(gemini, "sse")).toBe("/v1internal:streamGenerateContent?alt=sse");
    expect(path(gemini, "array")).toBe("/v1internal:streamGenerateContent?alt=sse");
    expect(path({ protocol: "code-assist" }, "array")).toBe("/v1internal:streamGenerateContent");
    expect(path({ ...gemini, action: "count" }, null)).toBe("/v1internal:countTokens");
    expect(kind.headers({ accessToken: "at" }, OWN, sampleSend())).toEqual({
      authorization: "Bearer at",
    });
  });

  it("sends each call with the entered project before the one that was found", () => {
    const sent = (settings: object, secret: object) => {
      const wire = kind.wire({ ...OWN, ...settings }, { accessToken: "at", ...secret });
      const body = wire?.body(new TextEncoder().encode("{}"), sampleSend({ protocol: "gemini" }));
      return JSON.parse(new TextDecoder().decode(body)).project;
    };
    expect(sent({}, { project: "found" })).toBe("found");
    expect(sent({ project: "entered" }, { project: "found" })).toBe("entered");
  });

  it("shows neither addresses at first nor what only the portal writes", () => {
    const settings = formFields(kind.settings);
    expect(settings.every(({ kind: drawn, advanced }) => drawn !== "url" || advanced)).toBe(true);
    const urls = settings.map(({ name }) => name);
    expect(urls).toEqual(expect.arrayContaining([...kind.urlSettings]));
    expect(formFields(kind.secret).map(({ name }) => name)).toEqual([
      "refreshToken",
      "accessToken",
    ]);
  });

  it("takes a refresh token alone, and no empty secret", () => {
    expect(kind.secret.safeParse({ refreshToken: "rt" }).success).toBe(true);
    expect(kind.renewal?.expiresAtMs({ refreshToken: "rt" })).toBe(0);
    expect(kind.secret.safeParse({}).success).toBe(false);
  });

  it("leaves a model that is not offered to other accounts", () => {
    const failed = { status: 404, headers: {}, body: "{}", model: "m" };
    expect(kind.diagnose(failed).code).toBe("upstream_lacks_model");
  });
});

it("ships no client secret of Antigravity's", () => {
  expect(antigravity.settings.safeParse({}).success).toBe(false);
  expect(geminiOauth.settings.safeParse({}).success).toBe(true);
});

describe("renewing", () => {
  const renew = (fake: ReturnType<typeof server>, secret: object, settings: object = {}) =>
    geminiOauth.renewal?.renew(secret, settings, fake.ask, NOW);

  it("keeps the refresh token that Google does not repeat, and asks with the client's own", async () => {
    const fake = server({ "/token": { body: { access_token: "at2", expires_in: 60 } } });
    const granted = await renew(fake, { refreshToken: "rt", project: "p" });
    const expiresAtMs = NOW + 60_000;
    expect(granted).toEqual({
      secret: { refreshToken: "rt", accessToken: "at2", expiresAtMs, project: "p" },
      expiresAtMs,
    });
    expect(fake.asked).toHaveLength(1);
    const sent = Object.fromEntries(new URLSearchParams(fake.bodies("/token")[0]));
    expect(sent).toMatchObject({ grant_type: "refresh_token", refresh_token: "rt" });
    expect(sent.client_id).toMatch(/\.apps\.googleusercontent\.com$/);
    expect(sent.client_secret).not.toBe("");
  });

  it("finds the project of a typed token, and keeps the new one even when it cannot", async () => {
    const loaded = { body: { currentTier: FREE, cloudaicompanionProject: "found" } };
    const fake = server({ ...BASE, [LOAD]: loaded });
    expect(await renew(fake, { refreshToken: "rt" })).toMatchObject({
      secret: { project: "found" },
    });
    for (const reply of [{ status: 500, body: {} }, { body: { allowedTiers: [FREE] } }]) {
      const without = await renew(server({ ...BASE, [LOAD]: reply }), { refreshToken: "rt" });
      expect(without?.secret).toMatchObject({ accessToken: "at" });
      expect(without?.secret).not.toHaveProperty("project");
    }
    const entered = server(BASE);
    await renew(entered, { refreshToken: "rt" }, { project: "entered" });
    expect(entered.asked).toHaveLength(1);
  });

  it.each([
    [400, { error: "invalid_grant" }, "upstream_denied"],
    [503, {}, "upstream_busy"],
    [500, {}, "upstream_broken"],
    [408, {}, "upstream_silent"],
    [400, { error: "internal_failure" }, "upstream_broken"],
  ])("tells a grant that is gone from a failure that passes: %s %o", async (status, body, code) => {
    const fake = server({ "/token": { status, body } });
    await expect(renew(fake, { refreshToken: "rt" })).rejects.toMatchObject({ code });
  });

  it("needs a sign-in where there is nothing to renew with", async () => {
    await expect(renew(server({}), { accessToken: "at" })).rejects.toMatchObject({
      code: "upstream_denied",
    });
  });
});
