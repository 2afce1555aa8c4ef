import { expect, it } from "vitest";
import { AppError } from "../../shared/errors";
import { askForTokens, errorWord, jwtClaims, pastedCode } from "./oauth";
import type { AskAnswer, AskRequest } from "./sign-in";

const NOW = 1_800_000_000_000;
const STATE = { state: "st4te" };
const CALL = { url: "https://id.test/token", as: "form" as const, fields: { a: "b c", d: "é" } };

const answers = (status: number, body: unknown) => async (): Promise<AskAnswer> => ({
  status,
  headers: {},
  body: typeof body === "string" ? body : JSON.stringify(body),
});
const codeOf = async (call: Promise<unknown>) =>
  call.then(
    () => "none",
    (thrown: unknown) => (thrown instanceof AppError ? thrown.code : String(thrown)),
  );

it("asks in the form that the endpoint takes", async () => {
  const asked: AskRequest[] = [];
  const ask = async (request: AskRequest) => {
    asked.push(request);
    return answers(200, { access_token: "at" })();
  };
  await askForTokens(ask, CALL, NOW);
  await askForTokens(ask, { ...CALL, as: "json" }, NOW);
  expect(asked.map(({ body }) => body)).toEqual(["a=b+c&d=%C3%A9", '{"a":"b c","d":"é"}']);
  expect(asked.map(({ headers }) => headers["content-type"])).toEqual([
    "application/x-www-form-urlencoded",
    "application/json",
  ]);
});

it("reads tokens, and their end by its own clock", async () => {
  const full = { access_token: "at", refresh_token: "rt", expires_in: "28800", scope: "a b" };
  expect(await askForTokens(answers(200, full), CALL, NOW)).toEqual({
    accessToken: "at",
    refreshToken: "rt",
    idToken: null,
    expiresAtMs: NOW + 28_800_000,
    scope: "a b",
  });
  const bare = await askForTokens(answers(200, { access_token: "at" }), CALL, NOW);
  expect(bare).toMatchObject({ refreshToken: null, expiresAtMs: NOW + 3_600_000 });
});

it.each([
  [400, { error: "invalid_grant" }, "upstream_denied"],
  [401, { error: { code: "refresh_token_reused", message: "x" } }, "upstream_denied"],
  [403, { error: { type: "access_denied" } }, "upstream_denied"],
  [400, { error: "invalid_request" }, "upstream_broken"],
  [401, "<html>not json</html>", "upstream_broken"],
  [429, { error: "slow_down" }, "upstream_busy"],
  [503, "", "upstream_busy"],
  [504, "", "upstream_silent"],
  [200, "<html>a log-in page</html>", "upstream_broken"],
  [200, { access_token: "" }, "upstream_broken"],
] as const)("names a refusal by its word: %i %j", async (status, body, code) => {
  expect(await codeOf(askForTokens(answers(status, body), CALL, NOW))).toBe(code);
});

it("never repeats what was sent or answered beyond the word", async () => {
  const body = { error: "invalid_grant", error_description: "canary rt_secret" };
  const failed = askForTokens(answers(400, body), CALL, NOW);
  await expect(failed).rejects.not.toThrow(/canary|rt_secret/);
});

it("finds the code in whatever was pasted", () => {
  for (const pasted of [
    "c0de-1234",
    " c0de-1234 \n",
    "c0de-1234#st4te",
    "c0de-1234&state=st4te",
    "http://localhost:1455/auth/callback?code=c0de-1234&state=st4te",
    "https://x.test/cb?state=st4te&code=c0de-1234#frag",
    "https://x.test/cb#code=c0de-1234&state=st4te",
  ]) {
    expect(pastedCode(pasted, STATE), pasted).toBe("c0de-1234");
  }
});

it("refuses what is no code of this sign-in, with what to do", () => {
  for (const [pasted, word] of [
    ["", "Paste"],
    ["abc", "Paste"],
    ["two words here", "Paste"],
    ["c0de-1234#other", "another sign-in"],
    ["https://x.test/cb?code=c0de-1234&state=other", "another sign-in"],
    ["https://x.test/cb?error=access_denied&state=st4te", "access_denied"],
    ["https://x.test/cb", "Paste"],
  ] as const) {
    expect(() => pastedCode(pasted, STATE), pasted).toThrow(word);
  }
});

it("reads a token's claims, and none of what is no token", () => {
  const part = btoa(JSON.stringify({ email: "é@x.test" })).replaceAll("=", "");
  const latin = jwtClaims(`h.${part}.s`);
  expect(latin).toHaveProperty("email");
  for (const text of ["", "a.b", "a.!!!.c"]) expect(jwtClaims(text)).toEqual({});
});

it("finds an error's word in each form, and none in others", () => {
  expect(errorWord({ error: "a" })).toBe("a");
  expect(errorWord({ error: { code: "b", type: "t" } })).toBe("b");
  expect(errorWord({ error: { type: "t" } })).toBe("t");
  for (const other of [null, 7, {}, { error: 7 }, undefined]) expect(errorWord(other)).toBeNull();
});
