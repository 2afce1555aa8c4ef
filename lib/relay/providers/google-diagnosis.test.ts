import { describe, expect, it } from "vitest";
import { diagnoseGoogle } from "./google-diagnosis";

const TYPE = "type.googleapis.com/google.rpc";
const info = (reason: string, metadata: object = {}) => ({
  "@type": `${TYPE}.ErrorInfo`,
  reason,
  domain: "cloudcode-pa.googleapis.com",
  metadata,
});
const retry = (retryDelay: string) => ({ "@type": `${TYPE}.RetryInfo`, retryDelay });
const violated = (quotaId: string) => ({
  "@type": `${TYPE}.QuotaFailure`,
  violations: [{ quotaId }],
});

function diagnose(status: number, details: readonly object[] = [], inArray = false) {
  const error = { error: { code: status, message: "No.", details } };
  const body = JSON.stringify(inArray ? [error] : error);
  return diagnoseGoogle({ status, headers: {}, body, model: "gemini-3-pro-preview" });
}

describe("quotas", () => {
  it("limits the asked model for as long as Google says", () => {
    const { code, detail } = diagnose(429, [info("RATE_LIMIT_EXCEEDED"), retry("7.5s")]);
    expect(code).toBe("upstream_limited");
    expect(detail).toMatchObject({ family: "gemini-3-pro-preview", retryAfterSeconds: 7.5 });
  });

  it("limits the model that the violation names, in the array form too", () => {
    const details = [info("RATE_LIMIT_EXCEEDED", { model: "gemini-2.5-pro" })];
    expect(diagnose(429, details, true).detail.family).toBe("gemini-2.5-pro");
  });

  it("waits for the moment that a plan's quota is back, whatever delay stands beside it", () => {
    const metadata = { quotaResetTimeStamp: "2030-01-02T03:04:05Z" };
    const { detail } = diagnose(429, [info("QUOTA_EXHAUSTED", metadata), retry("3s")]);
    expect(detail.resetAtMs).toBe(Date.UTC(2030, 0, 2, 3, 4, 5));
    expect(detail.retryAfterSeconds).toBeUndefined();
  });

  it("does not ask a day's quota again within seconds, and honours a longer delay", () => {
    const daily = violated("GenerateRequestsPerDayPerProjectPerModel-FreeTier");
    expect(diagnose(429, [daily, retry("20s")]).detail.retryAfterSeconds).toBe(900);
    expect(diagnose(429, [daily, retry("5000s")]).detail.retryAfterSeconds).toBe(5_000);
    const perMinute = violated("GenerateRequestsPerMinutePerProjectPerModel");
    expect(diagnose(429, [perMinute, retry("20s")]).detail.retryAfterSeconds).toBe(20);
  });

  it("limits every model when the credits are used up", () => {
    expect(diagnose(429, [info("INSUFFICIENT_G1_CREDITS_BALANCE")]).detail).toMatchObject({
      family: null,
      retryAfterSeconds: 1_800,
    });
  });
});

describe("accounts that cannot serve", () => {
  it.each([
    ["SERVICE_DISABLED", 403, /enable it there/],
    ["VALIDATION_REQUIRED", 403, /verify this account/],
    ["RESOURCE_PROJECT_INVALID", 400, /enter the id/],
    ["API_KEY_INVALID", 400, /API key/],
    ["SECURITY_POLICY_VIOLATED", 403, /administrator/],
  ])("says for %s what is to be done", (reason, status, said) => {
    const failure = diagnose(status, [info(reason)]);
    expect(failure.code).toBe("upstream_denied");
    expect(failure.message).toMatch(said);
  });

  it("shows the page where the owner can mend it, if it is Google's", () => {
    const link = (validation_link: string) =>
      diagnose(403, [info("VALIDATION_REQUIRED", { validation_link })]).message;
    expect(link("https://accounts.google.com/verify?a=1")).toContain("accounts.google.com/verify");
    for (const foreign of ["https://google.com.example.org/", "http://a.google.com/", "x"]) {
      expect(link(foreign)).not.toContain(foreign);
    }
  });

  it("takes a 401 for a token that does not serve, and a plain 400 for the caller's mistake", () => {
    expect(diagnose(401).code).toBe("upstream_denied");
    expect(diagnose(400).code).toBe("upstream_refused");
    expect(diagnose(503, [info("SERVICE_DISABLED")])).toMatchObject({
      code: "upstream_busy",
      status: 503,
    });
  });
});
