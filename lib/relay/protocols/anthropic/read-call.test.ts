import { expect, it } from "vitest";
import type { CallAction } from "../../model";
import { encode } from "../../stream/bytes";
import { anthropic } from "./index";

const read = (
  body: unknown,
  headers: Record<string, string> = {},
  action: CallAction = "generate",
) =>
  anthropic.readCall({
    route: { face: "anthropic", protocol: "anthropic", action, model: null, method: "" },
    headers,
    query: new URLSearchParams(),
    body: encode(typeof body === "string" ? body : JSON.stringify(body)),
    sha256: (text) => `hash of ${text}`,
  });

const CALL = {
  model: "claude-opus-5-5",
  max_tokens: 32_000,
  stream: true,
  messages: [{ role: "user", content: "Hi" }],
};

it("reads the facts of a call without parsing it", () => {
  const facts = read(CALL);
  expect(facts).toMatchObject({
    model: "claude-opus-5-5",
    stream: "sse",
    maxOutputTokens: 32_000,
    bodyBytes: JSON.stringify(CALL).length,
    modelSpan: { start: 9, end: 26 },
  });
  expect(read({ ...CALL, stream: false }).stream).toBeNull();
  for (const odd of ["true", 1, null, [true]]) {
    expect(read({ ...CALL, stream: odd }).stream, String(odd)).toBeNull();
  }
  expect(read(CALL, {}, "count").stream).toBeNull();
  expect(read({ model: "m", messages: [] }, {}, "count")).toMatchObject({ maxOutputTokens: null });
});

it("reads the bound of output as JSON has it, and takes no other number for one", () => {
  const bound = (text: string) => read(`{"model":"m","max_tokens":${text}}`).maxOutputTokens;
  const bounds: [string, number | null][] = [
    ["0", 0],
    ["1e3", 1000],
    ["8.0", 8],
    ['"32"', 32],
    ["9007199254740991", 9_007_199_254_740_991],
    ["9007199254740992", null],
    ["99999999999999999999", null],
    ["-5", null],
    ["1.5", null],
    ["01", null],
    ["1x", null],
    ["true", null],
    ["null", null],
  ];
  for (const [text, tokens] of bounds) expect(bound(text), text).toBe(tokens);
});

it("reads a model's name in any spelling", () => {
  const model = (text: string) => read(`{"model":"old","model" : ${text} ,"stream":true}`).model;
  expect(model('"claude\\u002dx"')).toBe("claude-x");
  expect(model('"modèle 数"')).toBe("modèle 数");
  expect(model('"a\\"b\\\\"')).toBe('a"b\\');
  expect(model(`"${"x".repeat(200)}"`)).toBe("x".repeat(200));
});

it("refuses a call without a usable model", () => {
  const broken = ['{"model":"a\\q"}', '{"model":"a\nb"}', '{"model":"a","model":null}'];
  const odd = [{}, { model: 7 }, { model: "" }, { model: "x".repeat(201) }, "[]", "{", ""];
  for (const body of [...odd, ...broken]) {
    expect(() => read(body), JSON.stringify(body)).toThrow(
      expect.objectContaining({ code: "invalid_request" }),
    );
  }
});

it("takes the session from the header, from both forms of user_id, or from the beginning", () => {
  const session = "11111111-2222-3333-4444-555555555555";
  const withUser = (user_id: unknown) => read({ ...CALL, metadata: { user_id } }).session;
  expect(read(CALL, { "x-claude-code-session-id": session }).session).toBe(session);
  expect(withUser(JSON.stringify({ device_id: "d", account_uuid: "", session_id: session }))).toBe(
    session,
  );
  expect(withUser(`user_${"a".repeat(64)}_account__session_${session}`)).toBe(session);
  expect(withUser(`user_${"a".repeat(64)}_account_x_session_${session}`)).toBe(session);
  for (const odd of ["opaque", "{broken", 7, null, "user_x_session_"]) {
    expect(withUser(odd), String(odd)).toMatch(/^hash of /);
  }
});

it("keeps the session of a conversation that goes on, and tells conversations apart", () => {
  const turn = (content: string) => ({ role: "user", content });
  const first = read({ ...CALL, system: "s", messages: [turn("a")] }).session;
  const later = read({ ...CALL, system: "s", messages: [turn("a"), turn("b")] }).session;
  expect(later).toBe(first);
  expect(read({ ...CALL, system: "s", messages: [turn("z")] }).session).not.toBe(first);
  expect(read({ ...CALL, system: "t", messages: [turn("a")] }).session).not.toBe(first);
  expect(read({ ...CALL, messages: [] }).session).toBeNull();
});

it("replaces the model's name and no other byte", () => {
  const body = encode('{"x":{"model":"a"}, "model" :"a","z":"é"}');
  const facts = anthropic.readCall({
    route: {
      face: "anthropic",
      protocol: "anthropic",
      action: "generate",
      model: null,
      method: "",
    },
    headers: {},
    query: new URLSearchParams(),
    body,
    sha256: String,
  });
  expect(new TextDecoder().decode(anthropic.withModel(body, facts, "b"))).toBe(
    '{"x":{"model":"a"}, "model" :"b","z":"é"}',
  );
  expect(anthropic.withModel(body, facts, "a")).toBe(body);
});
