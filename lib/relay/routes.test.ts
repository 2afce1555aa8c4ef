import fc from "fast-check";
import { expect, it } from "vitest";
import { RELAY_ROUTES } from "./route-table";
import { isRelayPath, matchRoute } from "./routes";

const matched = (method: string, path: string) => {
  const result = matchRoute(method, path);
  return result?.kind === "match" ? result.route : result?.kind;
};

it("matches the example of every route with every method of it", () => {
  for (const { methods, example, face, action } of RELAY_ROUTES) {
    for (const method of methods) {
      expect(matched(method, example), `${method} ${example}`).toMatchObject({ face, action });
      expect(isRelayPath(example)).toBe(true);
    }
  }
});

it("serves both protocols under all their spellings", () => {
  for (const root of ["/api/v1", "/claude/v1", "/v1"]) {
    expect(matched("POST", `${root}/messages`)).toMatchObject({ action: "generate", model: null });
    expect(matched("POST", `${root}/messages/count_tokens`)).toMatchObject({ action: "count" });
    expect(matched("GET", `${root}/models/claude-x`)).toMatchObject({ model: "claude-x" });
  }
  for (const root of ["/gemini/v1beta", "/gemini/v1", "/v1beta"]) {
    const call = `${root}/models/gemini-3-pro-preview`;
    expect(matched("POST", `${call}:streamGenerateContent`)).toMatchObject({
      action: "generate",
      model: "gemini-3-pro-preview",
      method: "streamGenerateContent",
    });
    expect(matched("POST", `${call}:countTokens`)).toMatchObject({ action: "count" });
  }
});

it("leaves the portal's own paths alone", () => {
  for (const path of [
    "/",
    "/api/portal/keys",
    "/api/auth/session",
    "/api/health",
    "/v1x",
    "/keys",
  ]) {
    expect(isRelayPath(path), path).toBe(false);
    expect(matchRoute("GET", path), path).toBeNull();
  }
});

it("answers the probes of clients", () => {
  expect(matched("HEAD", "/api")).toMatchObject({ action: "probe", face: "anthropic" });
  expect(matched("GET", "/gemini")).toMatchObject({ action: "probe", face: "gemini" });
});

it("says what is wrong under a relay path, in the face that owns it", () => {
  expect(matchRoute("GET", "/api/v1/nothing")).toMatchObject({
    kind: "not-found",
    face: "anthropic",
  });
  expect(matchRoute("POST", "/gemini/v1internal:x")).toMatchObject({
    kind: "not-found",
    face: "gemini",
  });
  expect(matchRoute("POST", "/api/api/event_logging/batch")).toMatchObject({ kind: "not-found" });
  expect(matchRoute("GET", "/api/v1/messages")).toMatchObject({
    kind: "wrong-method",
    allow: ["POST"],
  });
  expect(matchRoute("POST", "/gemini/v1beta/models/m:tuneModel")).toMatchObject({
    kind: "not-found",
  });
});

const TRICKS = [
  "..%2f..%2fadmin:generateContent",
  "a%0d%0ab:generateContent",
  "a%00:generateContent",
  "a#b:generateContent",
  "a?b:generateContent",
  "a\\b:generateContent",
  "%ff%fe:generateContent",
  "a%252fb:generateContent",
  `${"a".repeat(129)}:generateContent`,
  "$&:generateContent",
  ":generateContent",
  "a:generateContent:generateContent",
  "..:generateContent",
  ".:generateContent",
  "m:constructor",
  "m:__proto__",
  "m:",
  "m",
  "é:generateContent",
];

it("refuses names that could leave their place in an address", () => {
  for (const trick of TRICKS) {
    const result = matchRoute("POST", `/gemini/v1beta/models/${trick}`);
    expect(["bad-name", "not-found"], trick).toContain(result?.kind);
  }
});

it("never matches a model name outside of the allowed letters", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary", maxLength: 40 }), (name) => {
      const route = matched("POST", `/gemini/v1beta/models/${name}:generateContent`);
      if (typeof route === "object") expect(route.model).toMatch(/^[A-Za-z0-9._-]{1,128}$/);
    }),
    { numRuns: 10_000 },
  );
}, 60_000);
