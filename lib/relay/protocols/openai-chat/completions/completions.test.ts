import OpenAI from "openai";
import { expect, it } from "vitest";
import { NO_USAGE } from "../../../model";
import type { NeutralEvent } from "../../../neutral-answer";
import { concat, decode, encode } from "../../../stream/bytes";
import { runAll } from "../../../stream/machine";
import { cutAt } from "../../../testing/cuts";
import { neutralCall, textBlock, toolCall, toolResult, turn } from "../../../testing/neutral-call";
import { gatherAnswer } from "../../../translation/answers";
import { openaiCompletions } from "./index";
import { completionsTranslator } from "./translator";

const read = (given: object) => {
  const body = encode(JSON.stringify({ model: "m", prompt: "Once", ...given }));
  const facts = openaiCompletions.readCall({
    route: {
      face: "openai-chat",
      protocol: "openai-completions",
      action: "generate",
      model: null,
      method: "",
    },
    headers: {},
    query: new URLSearchParams(),
    body,
    sha256: String,
  });
  return completionsTranslator.readCall(body, facts);
};
const again = (call: ReturnType<typeof read>) => {
  const { body, losses } = completionsTranslator.writeCall(call, {
    model: "m",
    action: "generate",
  });
  return { body: JSON.parse(decode(body)), losses };
};

it("reads a prompt as one turn of the user, and writes it back", () => {
  const given = { stream: true, max_tokens: 16, stop: ["."], logprobs: 2, echo: true, n: 1 };
  const call = read({ ...given, prompt: ["Once"] });
  expect(call).toMatchObject({
    stream: true,
    includeUsage: false,
    turns: [{ role: "user", blocks: [{ kind: "text", text: "Once" }] }],
    maxOutputTokens: 16,
    stop: ["."],
    extra: { protocol: "openai-completions", fields: { logprobs: 2, echo: true } },
  });
  const { body, losses } = again(call);
  const asked = { stream_options: { include_usage: true } };
  expect(body).toEqual({ model: "m", prompt: "Once", ...given, ...asked });
  expect(losses).toEqual([]);
});

it("refuses prompts that are not one text", () => {
  expect(() => read({ prompt: ["a", "b"] })).toThrow(/prompt: one text/);
  expect(() => read({ prompt: [1, 2, 3] })).toThrow(/prompt: one text/);
});

it("writes a conversation as the texts that were said", () => {
  const call = neutralCall({
    system: [textBlock("Be brief.")],
    turns: [
      turn("user", "Hi"),
      turn("assistant", toolCall("a")),
      turn("user", toolResult("a", "A")),
    ],
  });
  const { body, losses } = again(call);
  expect(body.prompt).toBe("Be brief.\n\nHi\n\nA");
  expect(losses).toEqual([{ kind: "other-fields", detail: "tool-call" }]);
});

const EVENTS: NeutralEvent[] = [
  { kind: "start", id: "msg_1", model: "claude" },
  { kind: "open", block: { kind: "thinking" } },
  { kind: "delta", text: "Hm." },
  { kind: "close" },
  { kind: "open", block: { kind: "text" } },
  { kind: "delta", text: " upon é" },
  { kind: "delta", text: " time" },
  { kind: "close" },
  { kind: "usage", usage: { ...NO_USAGE, input: 3, output: 2 } },
  { kind: "finish", reason: "length", stopSequence: null },
];
const facts = (includeUsage: boolean) => ({
  call: neutralCall({ stream: true, includeUsage }),
  model: "asked",
  requestId: "req_7",
  nowMs: 9_000,
  form: "sse" as const,
});
const written = (includeUsage: boolean) =>
  concat(runAll(completionsTranslator.writeEvents(facts(includeUsage)), EVENTS));
const clientOf = (bytes: Uint8Array, type: string) =>
  new OpenAI({
    apiKey: "cr_1",
    baseURL: "http://relay.test/v1",
    fetch: async () => new Response(Buffer.from(bytes), { headers: { "content-type": type } }),
  });

it("writes streams and whole answers that the official client reads", async () => {
  const client = clientOf(written(true), "text/event-stream");
  const stream = await client.completions.create({ model: "m", prompt: "Once", stream: true });
  const chunks: OpenAI.Completion[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  expect(chunks.map(({ choices }) => choices[0]?.text ?? "").join("")).toBe(" upon é time");
  expect(chunks.at(-2)?.choices[0]?.finish_reason).toBe("length");
  expect(chunks.at(-1)).toMatchObject({ id: "cmpl-7", choices: [], usage: { total_tokens: 5 } });
  expect(decode(written(false))).not.toContain("usage");

  const { body, losses } = completionsTranslator.writeAnswer(gatherAnswer(EVENTS), facts(false));
  const whole = clientOf(body, "application/json").completions;
  expect(await whole.create({ model: "m", prompt: "Once" })).toMatchObject({
    object: "text_completion",
    model: "asked",
    choices: [{ text: " upon é time", index: 0, finish_reason: "length" }],
    usage: { prompt_tokens: 3 },
  });
  expect(losses).toEqual([{ kind: "thought", detail: "thinking" }]);
});

it("reads what it writes, wherever it is cut", () => {
  const bytes = written(true);
  const whole = runAll(completionsTranslator.readEvents("sse"), [bytes]);
  const answer = gatherAnswer(whole);
  expect(answer).toMatchObject({
    blocks: [{ kind: "text", text: " upon é time" }],
    finish: "length",
    usage: { input: 3, output: 2 },
  });
  for (let at = 0; at <= bytes.length; at++) {
    const cut = runAll(completionsTranslator.readEvents("sse"), cutAt(bytes, [at]));
    expect(cut, `cut at ${at}`).toEqual(whole);
  }
  const { body } = completionsTranslator.writeAnswer(answer, facts(false));
  expect(completionsTranslator.readAnswer(body)).toMatchObject({ blocks: answer.blocks });
});

it("tells a failure inside a stream, and refuses what is no completion", () => {
  const error = { message: "Slow down.", code: "rate_limit_exceeded" };
  const frame = encode(`data: ${JSON.stringify({ error })}\n\n`);
  const events = runAll(completionsTranslator.readEvents("sse"), [frame]);
  expect(events).toEqual([{ kind: "fail", status: 429, message: "Slow down." }]);
  expect(() => completionsTranslator.readAnswer(encode("{}"))).toThrow(/no text completion/);
});
