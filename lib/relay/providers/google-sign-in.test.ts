import { describe, expect, it } from "vitest";
import { tokenService as server } from "../testing/token-service";
import { antigravity } from "./antigravity/index";
import { geminiOauth } from "./gemini-oauth/index";

const NOW = 1_800_000_000_000;
const SEEDS = { state: "st4te", verifier: "v3rifier", challenge: "ch4llenge" };
const OWN = { clientSecret: "s3cret" };
const TOKENS = { access_token: "at", refresh_token: "rt", expires_in: 3_600 };
const FREE = { id: "free-tier", isDefault: true };
const STANDARD = { id: "standard-tier", userDefinedCloudaicompanionProject: true };
const LOAD = "/v1internal:loadCodeAssist";
const ONBOARD = "/v1internal:onboardUser";
const OPERATION = "/v1internal/operations/o-1";
const BASE = {
  "/token": { body: TOKENS },
  "/oauth2/v2/userinfo": { body: { email: "anna@example.org" } },
};

function finish(fake: ReturnType<typeof server>, settings: object = {}) {
  return geminiOauth.signIn?.finish?.(settings, SEEDS, "c0de#st4te", fake.ask, NOW);
}

describe("signing in", () => {
  it("exchanges the code and finds project and owner", async () => {
    const fake = server({
      ...BASE,
      [LOAD]: { body: { currentTier: FREE, cloudaicompanionProject: "managed-1" } },
    });
    expect(await finish(fake)).toEqual({
      secret: { accessToken: "at", refreshToken: "rt", expiresAtMs: NOW + 3_600_000 },
      expiresAtMs: NOW + 3_600_000,
      settings: { project: "managed-1" },
      identity: "anna@example.org",
    });
    expect(Object.fromEntries(new URLSearchParams(fake.bodies("/token")[0]))).toMatchObject({
      grant_type: "authorization_code",
      code: "c0de",
      code_verifier: "v3rifier",
      redirect_uri: "https://codeassist.google.com/authcode",
    });
    expect(fake.asked[1]?.headers.authorization).toBe("Bearer at");
    expect(fake.bodies(ONBOARD)).toEqual([]);
  });

  it("takes the address of the failed page, and no code of another sign-in", async () => {
    const loaded = { body: { currentTier: FREE, cloudaicompanionProject: "p" } };
    const fake = server({ ...BASE, [LOAD]: loaded });
    const ended = (state: string) =>
      antigravity.signIn?.finish?.(
        OWN,
        SEEDS,
        `http://localhost:45462/?state=${state}&code=4/c0de`,
        fake.ask,
        NOW,
      );
    await expect(ended("other")).rejects.toMatchObject({ code: "invalid_request" });
    expect(fake.asked).toEqual([]);
    await ended("st4te");
    expect(new URLSearchParams(fake.bodies("/token")[0]).get("code")).toBe("4/c0de");
  });

  it("takes a new user on board and waits until Google is done", async () => {
    const done = { done: true, response: { cloudaicompanionProject: { id: "new-1", name: "n" } } };
    const fake = server({
      ...BASE,
      [LOAD]: { body: { allowedTiers: [STANDARD, FREE] } },
      [ONBOARD]: { body: { name: "operations/o-1" } },
      [OPERATION]: [{ body: { name: "operations/o-1" } }, { body: done }],
    });
    expect(await finish(fake)).toMatchObject({ settings: { project: "new-1" } });
    expect(JSON.parse(fake.bodies(ONBOARD)[0] ?? "")).toMatchObject({ tierId: "free-tier" });
    const looks = fake.asked.filter(({ method, afterMs }) => method === "GET" && afterMs);
    expect(looks).toHaveLength(2);
  });

  it("does not wait for ever", async () => {
    const fake = server({
      ...BASE,
      [LOAD]: { body: { allowedTiers: [FREE] } },
      [ONBOARD]: { body: { name: "operations/o-1" } },
      [OPERATION]: { body: { name: "operations/o-1" } },
    });
    await expect(finish(fake)).rejects.toMatchObject({ code: "upstream_silent" });
    expect(fake.bodies(OPERATION).length).toBeLessThanOrEqual(10);
  });

  it("lets an entered project win, and names it to Google", async () => {
    const fake = server({
      ...BASE,
      [LOAD]: { body: { currentTier: STANDARD, cloudaicompanionProject: "google-says" } },
    });
    expect(await finish(fake, { project: "entered" })).toMatchObject({
      settings: { project: "entered" },
    });
    expect(JSON.parse(fake.bodies(LOAD)[0] ?? "")).toMatchObject({
      cloudaicompanionProject: "entered",
      metadata: { duetProject: "entered" },
    });
  });

  it.each([
    ["on board without one", { currentTier: STANDARD }],
    ["offered only tiers with one", { allowedTiers: [{ ...STANDARD, isDefault: true }] }],
    ["offered nothing", { ineligibleTiers: [{ reasonMessage: "Not in your region." }] }],
  ])("says that a project has to be entered by who is %s", async (_, body) => {
    const failure = finish(server({ ...BASE, [LOAD]: { body } }));
    await expect(failure).rejects.toMatchObject({
      code: "invalid_request",
      message: expect.stringContaining("enter its id"),
    });
    if ("ineligibleTiers" in body) {
      await expect(failure).rejects.toThrow(/Not in your region/);
    }
  });

  it("says where an owner who has to be verified goes", async () => {
    const validationUrl = "https://accounts.google.com/verify";
    const ineligibleTiers = [{ reasonCode: "VALIDATION_REQUIRED", validationUrl }];
    const fake = server({ ...BASE, [LOAD]: { body: { ineligibleTiers } } });
    await expect(finish(fake)).rejects.toThrow(/verify.*accounts\.google\.com\/verify/);
  });

  it("never blames the code for what Code Assist refuses", async () => {
    const details = [{ reason: "SERVICE_DISABLED" }];
    const disabled = server({
      ...BASE,
      [LOAD]: { status: 403, body: { error: { details } } },
    });
    await expect(finish(disabled)).rejects.toMatchObject({
      code: "invalid_request",
      message: expect.stringContaining("not enabled"),
    });
    const down = server({ ...BASE, [LOAD]: { status: 500, body: {} } });
    await expect(finish(down)).rejects.toMatchObject({ code: "upstream_broken" });
  });

  it("asks for no operation outside of its own place", async () => {
    const fake = server({
      ...BASE,
      [LOAD]: { body: { allowedTiers: [FREE] } },
      [ONBOARD]: { body: { name: "../../elsewhere" } },
    });
    await expect(finish(fake)).rejects.toMatchObject({ code: "upstream_broken" });
    expect(fake.asked.at(-1)?.url).toContain(ONBOARD);
  });

  it("does without the owner's name", async () => {
    const loaded = { body: { currentTier: FREE, cloudaicompanionProject: "p" } };
    const granted = await finish(server({ "/token": BASE["/token"], [LOAD]: loaded }));
    expect(granted).toMatchObject({ settings: { project: "p" } });
    expect(granted?.identity).toBeUndefined();
  });
});
