import { expect, it } from "vitest";
import { AppError } from "../../../../shared/errors";
import type { CallAction } from "../../../model";
import { concat, decode, encode } from "../../../stream/bytes";
import { runAll } from "../../../stream/machine";
import { everyCut } from "../../../testing/cuts";
import { piece } from "../../../testing/gemini-wire";
import { gatherAnswer } from "../../../translation/answers";
import { gemini } from "../index";
import { codeAssist } from "./index";
import { codeAssistTranslator } from "./translator";

const CONTENTS = [{ role: "user", parts: [{ text: "Hello" }] }];
const BODY = {
  model: "gemini-3-pro-preview",
  project: "p-1",
  user_prompt_id: "u-1",
  request: {
    contents: CONTENTS,
    systemInstruction: { role: "user", parts: [{ text: "Be brief." }] },
    generationConfig: { maxOutputTokens: 7 },
    session_id: "s-1",
  },
};

const source = (method: string, body: unknown, action: CallAction = "generate", query = "") => ({
  route: { face: "gemini", protocol: "code-assist", action, model: null, method } as const,
  headers: {},
  query: new URLSearchParams(query),
  body: encode(JSON.stringify(body)),
  sha256: (text: string) => `hash of ${text}`,
});
const read = (...args: Parameters<typeof source>) => codeAssist.readCall(source(...args));

it("reads the facts out of the wrapped call", () => {
  expect(read("streamGenerateContent", BODY, "generate", "alt=sse")).toMatchObject({
    protocol: "code-assist",
    model: "gemini-3-pro-preview",
    stream: "sse",
    session: "s-1",
    maxOutputTokens: 7,
  });
  expect(read("generateContent", BODY).stream).toBeNull();
  const { session_id: _, ...unnamed } = BODY.request;
  expect(read("generateContent", { ...BODY, request: unnamed }).session).toMatch(/^hash of /);
  const counted = { request: { model: "models/gemini-2.5-flash", contents: CONTENTS } };
  expect(read("countTokens", counted, "count").model).toBe("gemini-2.5-flash");
  expect(read("loadCodeAssist", {}, "about").model).toBe("");
  expect(() => read("generateContent", { request: {} })).toThrow("model: a name is required.");
  expect(() => read("generateContent", { model: "../x", request: {} })).toThrow(AppError);
});

it("puts another model's name where the caller's was and touches nothing else", () => {
  const { body } = source("generateContent", BODY);
  const facts = read("generateContent", BODY);
  expect(codeAssist.withModel(body, facts, facts.model)).toBe(body);
  expect(JSON.parse(decode(codeAssist.withModel(body, facts, "other")))).toEqual({
    ...BODY,
    model: "other",
  });
  const counted = { request: { model: "models/a-1", contents: CONTENTS } };
  const count = source("countTokens", counted, "count");
  expect(
    JSON.parse(decode(codeAssist.withModel(count.body, codeAssist.readCall(count), "b-2"))),
  ).toEqual({ request: { model: "models/b-2", contents: CONTENTS } });
});

const USAGE = { promptTokenCount: 9, candidatesTokenCount: 4, thoughtsTokenCount: 2 };
const PIECES = [
  { response: piece({ text: "Hé" }), traceId: "t" },
  { response: piece({ text: "llo", finish: "STOP", usage: USAGE }), traceId: "t" },
];
const WIRE = encode(PIECES.map((one) => `data: ${JSON.stringify(one)}\r\n\r\n`).join(""));
const FACTS = {
  ...read("streamGenerateContent", BODY, "generate", "alt=sse"),
  model: "asked-name",
};

it("meters what lies inside, wherever the stream is cut", () => {
  for (const chunks of everyCut(WIRE, 41)) {
    const meter = codeAssist.meter(FACTS);
    for (const chunk of chunks) meter.push(chunk);
    meter.end();
    expect(meter.usage()).toMatchObject({ input: 9, output: 6, reasoning: 2 });
    expect(meter.reportedModel()).toBe("gemini-3-pro-preview");
    expect(meter.complete()).toBe(true);
    expect(meter.deliveredChars()).toBe(8);
  }
  const failing = codeAssist.meter(FACTS);
  failing.push(encode('data: {"error":{"code":503,"message":"Busy"}}\n\n'));
  expect(failing.inBandError()).toEqual({ status: 503, message: "Busy" });
});

it("puts the asked name back into every piece and changes nothing else", () => {
  const expected = decode(WIRE).replaceAll("gemini-3-pro-preview", "asked-name");
  for (const chunks of everyCut(WIRE, 43)) {
    expect(decode(concat(runAll(codeAssist.restoreModel(FACTS), chunks)))).toBe(expected);
  }
  const whole = encode(JSON.stringify(PIECES[1]));
  const restored = runAll(codeAssist.restoreModel({ ...FACTS, stream: null }), [whole]);
  expect(JSON.parse(decode(concat(restored))).response.modelVersion).toBe("asked-name");
});

it("is otherwise the Gemini API", () => {
  const error = new AppError("unavailable", "Later.");
  const context = { requestId: "req_1", storyUrl: null };
  expect(codeAssist.failure(error, context)).toEqual(gemini.failure(error, context));
  expect(codeAssist.lastTurnText(encode(JSON.stringify(BODY)))).toBe(
    gemini.lastTurnText(encode(JSON.stringify(BODY.request))),
  );
  expect(codeAssist.countAnswer(3)).toEqual({ totalTokens: 3 });
});

const read2 = (body: unknown) => codeAssistTranslator.readCall(encode(JSON.stringify(body)), FACTS);

it("translates what it wraps, without the caller's place at Google", () => {
  const call = read2(BODY);
  expect(call).toMatchObject({
    model: "asked-name",
    system: [{ text: "Be brief." }],
    turns: [{ role: "user", blocks: [{ text: "Hello" }] }],
    maxOutputTokens: 7,
  });
  expect(call.extra).toBeUndefined();
  const written = codeAssistTranslator.writeCall(call, { model: "g-1", action: "generate" });
  expect(JSON.parse(decode(written.body))).toEqual({
    model: "g-1",
    request: {
      contents: CONTENTS,
      systemInstruction: { parts: [{ text: "Be brief." }] },
      generationConfig: { maxOutputTokens: 7 },
    },
  });
  expect(written.losses).toEqual([]);
  expect(() => read2({ model: "m" })).toThrow("request: the call itself is required.");
});

it("translates answers, failures inside a stream too", () => {
  const events = runAll(codeAssistTranslator.readEvents("sse"), [WIRE]);
  const answer = gatherAnswer(events);
  expect(answer).toMatchObject({ blocks: [{ text: "Héllo" }], finish: "end" });
  expect(codeAssistTranslator.readAnswer(encode(JSON.stringify(PIECES[1])))).toMatchObject({
    blocks: [{ text: "llo" }],
    usage: { output: 6 },
  });
  const facts = { call: read2(BODY), model: "m", requestId: "r", nowMs: 0, form: "sse" } as const;
  const frames = runAll(codeAssistTranslator.writeEvents(facts), events).map(decode);
  for (const frame of frames) expect(frame).toMatch(/^data: \{"response":\{/);
  const error = encode('data: {"error":{"code":429,"message":"Quota"}}\n\n');
  expect(runAll(codeAssistTranslator.readEvents("sse"), [error])).toEqual([
    { kind: "fail", status: 429, message: "Quota" },
  ]);
});
