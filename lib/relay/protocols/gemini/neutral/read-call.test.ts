import { expect, it } from "vitest";
import { encode } from "../../../stream/bytes";
import { geminiTranslator } from "./translator";

const FACTS = {
  face: "gemini",
  protocol: "gemini",
  action: "generate",
  model: "gemini-2.5-flash",
  stream: "sse",
  session: null,
  maxOutputTokens: null,
  bodyBytes: 0,
  modelSpan: null,
} as const;

const read = (body: unknown) => geminiTranslator.readCall(encode(JSON.stringify(body)), FACTS);
const user = (...parts: unknown[]) => ({ role: "user", parts });
const model = (...parts: unknown[]) => ({ role: "model", parts });
const turnsOf = (...contents: unknown[]) => read({ contents }).turns;
const text = (text: string, signature: string | null = null) => ({
  kind: "text",
  text,
  citations: [],
  cache: null,
  signature,
});

it("reads every field in both spellings", () => {
  const camel = {
    contents: [
      user({ inlineData: { mimeType: "image/png", data: "AA" } }),
      model({ functionCall: { name: "f", args: { max_tokens: 1 } }, thoughtSignature: "c2ln" }),
      user({ functionResponse: { name: "f", response: { output: "ok" } } }),
    ],
    systemInstruction: { parts: [{ text: "Be brief." }] },
    tools: [
      { functionDeclarations: [{ name: "f", parametersJsonSchema: { type: "object" } }] },
      { googleSearch: {} },
    ],
    toolConfig: { functionCallingConfig: { mode: "ANY", allowedFunctionNames: ["f"] } },
    generationConfig: {
      maxOutputTokens: 5,
      topP: 0.5,
      topK: 3,
      stopSequences: ["x"],
      responseMimeType: "application/json",
      responseJsonSchema: { type: "object" },
      thinkingConfig: { thinkingBudget: 10, includeThoughts: true },
      speechConfig: {},
    },
    safetySettings: [],
  };
  const snake = JSON.parse(
    JSON.stringify(camel).replace(/"([a-z]+(?:[A-Z][a-z]+)+)":/g, (_, name: string) => {
      return `"${name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)}":`;
    }),
  );
  expect(JSON.stringify(snake)).toContain('"function_calling_config"');
  expect(read(snake)).toEqual(read(camel));
  expect(read(camel)).toMatchObject({
    model: "gemini-2.5-flash",
    stream: true,
    system: [text("Be brief.")],
    toolChoice: { kind: "tool", name: "f" },
    maxOutputTokens: 5,
    sampling: { topP: 0.5, topK: 3, seed: null },
    stop: ["x"],
    output: { kind: "schema", schema: { type: "object" } },
    reasoning: { enabled: true, budgetTokens: 10, show: true },
    extra: { fields: { safetySettings: [], "generationConfig.speechConfig": {} } },
  });
});

it("gives calls without ids stable ones and finds what answers them by name and order", () => {
  const call = (name: string, id?: string) => ({ functionCall: { id, name, args: {} } });
  const answer = (name: string, output: string, id?: string) => ({
    functionResponse: { id, name, response: { output } },
  });
  const turns = turnsOf(
    user({ text: "go" }),
    model(call("a"), call("b"), call("a")),
    user(answer("b", "2"), answer("a", "1"), answer("a", "3")),
    model(call("a"), call("a", "own")),
    user(answer("a", "own", "own"), answer("a", "4")),
  );
  const ids = turns.map(({ blocks }) =>
    blocks.map((block) => {
      if (block.kind === "tool-call") return block.id;
      return block.kind === "tool-result" ? block.callId : "";
    }),
  );
  expect(ids).toEqual([
    [""],
    ["call_2_1", "call_2_2", "call_2_3"],
    ["call_2_2", "call_2_1", "call_2_3"],
    ["call_4_1", "own"],
    ["own", "call_4_1"],
  ]);
});

it("tells calls apart that a client gave one id", () => {
  const call = { functionCall: { id: "f", name: "f", args: {} } };
  const answer = { functionResponse: { id: "f", name: "f", response: {} } };
  const turns = turnsOf(user({ text: "go" }), model(call), user(answer), model(call), user(answer));
  expect(turns[3]?.blocks).toMatchObject([{ id: "f_2" }]);
  expect(turns[4]?.blocks).toMatchObject([{ callId: "f_2" }]);
});

it("reads a result's text wherever clients put it, and keeps what text does not tell", () => {
  const result = (response: unknown) => {
    const [, , turn] = turnsOf(
      user({ text: "go" }),
      model({ functionCall: { id: "1", name: "f", args: {} } }),
      user({ functionResponse: { id: "1", name: "f", response } }),
    );
    return turn?.blocks[0];
  };
  const content = [text("x")];
  expect(result({ output: "x" })).toEqual({
    kind: "tool-result",
    callId: "1",
    name: "f",
    isError: false,
    content,
    cache: null,
  });
  const wrapped = { name: "f", content: "x" };
  expect(result(wrapped)).toMatchObject({ content, extra: { fields: { response: wrapped } } });
  expect(result({ result: "x" })).toMatchObject({ content, isError: false });
  expect(result({ error: "x" })).toMatchObject({ content, isError: true });
  const temperature = { celsius: 3, output: "cold" };
  expect(result(temperature)).toMatchObject({ content: [text(JSON.stringify(temperature))] });
});

it("reads the media of a response, which its text may name", () => {
  const response = { image: { $ref: "a.png" } };
  const inlineData = { mimeType: "image/png", data: "AA", displayName: "a.png" };
  const part = { functionResponse: { id: "1", name: "f", response, parts: [{ inlineData }] } };
  const call = model({ functionCall: { id: "1", name: "f", args: {} } });
  const contents = [user({ text: "go" }), call, user(part)];
  expect(turnsOf(...contents)[2]?.blocks[0]).toMatchObject({
    content: [
      text('{"image":{"$ref":"a.png"}}'),
      { kind: "image", source: { mime: "image/png", base64: "AA" } },
    ],
  });
  const target = { model: "gemini-3-pro-preview", action: "generate" } as const;
  const written = geminiTranslator.writeCall(read({ contents }), target);
  expect(JSON.parse(new TextDecoder().decode(written.body)).contents).toEqual(contents);
});

it("makes one turn of the model's adjacent contents, and one block of its pieces", () => {
  const turns = turnsOf(
    user({ text: "a" }, { text: "b" }),
    model({ text: "Let ", thought: true }),
    model({ text: "me see", thought: true }, { text: "", thought: true, thoughtSignature: "dA==" }),
    model({ text: "He" }, { text: "llo" }, { text: "", thoughtSignature: "cw==" }, { text: "!" }),
  );
  expect(turns).toEqual([
    { role: "user", blocks: [text("a"), text("b")] },
    {
      role: "assistant",
      blocks: [
        { kind: "thinking", text: "Let me see", signature: "dA==" },
        text("Hello", "cw=="),
        text("!"),
      ],
    },
  ]);
});

it("tells public addresses from files that only Google opens", () => {
  const source = (fileUri: string, mimeType?: string) => {
    const [turn] = turnsOf(user({ fileData: { fileUri, mimeType } }));
    return turn?.blocks[0];
  };
  expect(source("https://example.com/a.png")).toMatchObject({
    kind: "image",
    source: { kind: "url", mime: null },
  });
  expect(source("https://example.com/a", "application/pdf")).toMatchObject({
    kind: "document",
    source: { kind: "url", mime: "application/pdf" },
  });
  for (const own of [
    "https://www.youtube.com/watch?v=1",
    "https://youtu.be/1",
    "gs://bucket/a",
    "https://generativelanguage.googleapis.com/v1beta/files/abc",
  ]) {
    expect(source(own)).toMatchObject({ source: { kind: "file", protocol: "gemini", id: own } });
  }
});

it("knows every mode of calling functions and every wish about thinking", () => {
  const choice = (functionCallingConfig: unknown) =>
    read({ contents: [], toolConfig: { functionCallingConfig } });
  expect(choice({ mode: "AUTO" }).toolChoice).toEqual({ kind: "auto" });
  expect(choice({ mode: "none" }).toolChoice).toEqual({ kind: "none" });
  expect(choice({ mode: "ANY", allowedFunctionNames: ["a", "b"] }).toolChoice).toEqual({
    kind: "allowed",
    mode: "any",
    names: ["a", "b"],
  });
  expect(choice({ mode: "VALIDATED", allowedFunctionNames: ["a"] }).toolChoice).toEqual({
    kind: "allowed",
    mode: "auto",
    names: ["a"],
  });
  expect(choice({ mode: "VALIDATED" })).toMatchObject({
    toolChoice: { kind: "auto" },
    extra: { fields: { "toolConfig.functionCallingConfig": { mode: "VALIDATED" } } },
  });
  const thinking = (thinkingConfig: unknown) =>
    read({ contents: [], generationConfig: { thinkingConfig } }).reasoning;
  expect(thinking({ thinkingBudget: 0 })).toMatchObject({ enabled: false, budgetTokens: null });
  expect(thinking({ thinkingBudget: -1 })).toMatchObject({ enabled: true, budgetTokens: -1 });
  expect(thinking({ thinkingLevel: "low" })).toMatchObject({ enabled: true, effort: "low" });
  expect(thinking({ includeThoughts: true })).toMatchObject({ enabled: null, show: true });
});

it("keeps what only Google has, in its place", () => {
  const toolCall = { toolCall: { id: "1", toolType: "FILE_SEARCH" }, thoughtSignature: "cw==" };
  const code = { executableCode: { language: "PYTHON", code: "1+1" } };
  const ran = { codeExecutionResult: { outcome: "OUTCOME_OK", output: "2" } };
  const [, turn] = turnsOf(user({ text: "go" }), model(toolCall, code, ran));
  expect(turn?.blocks).toMatchObject([
    { kind: "other", name: "toolCall", extra: { protocol: "gemini", fields: toolCall } },
    { kind: "hosted-call", tool: "code-execution", input: '{"code":"1+1"}', id: "hosted_2_1" },
    { kind: "hosted-result", callId: "hosted_2_1", error: null, extra: { fields: ran } },
  ]);
});

it("reads the call that a count wraps", () => {
  const inner = { model: "models/x", contents: [user({ text: "Hi" })] };
  expect(read({ generateContentRequest: inner })).toEqual(read(inner));
});

it("says which field is wrong", () => {
  expect(() => read({})).toThrow("contents: a list of contents is required.");
  expect(() => read([])).toThrow("The body must be a JSON object.");
});
