import { expect, it } from "vitest";
import { NO_SAMPLING } from "../../../neutral";
import type { AnswerBlock } from "../../../neutral-answer";
import { decode } from "../../../stream/bytes";
import { runAll } from "../../../stream/machine";
import { neutralCall, textBlock } from "../../../testing/neutral-call";
import { eventsOf } from "../../../translation/answers";
import { responsesTranslator } from "./translator";

const FACTS = {
  call: neutralCall({
    tools: [{ kind: "custom", name: "patch", description: null, format: null }],
    system: [textBlock("Be kind."), textBlock("Be brief.")],
    maxOutputTokens: 50,
    sampling: { ...NO_SAMPLING, temperature: 0.5 },
  }),
  model: "asked",
  requestId: "req_7",
  nowMs: 9_999,
  form: null,
} as const;

const written = (...blocks: AnswerBlock[]) => {
  const answer = {
    id: "gen-1",
    model: "foreign",
    blocks,
    finish: "end" as const,
    stopSequence: null,
    usage: null,
  };
  const { body, losses } = responsesTranslator.writeAnswer(answer, FACTS);
  const frames = runAll(responsesTranslator.writeEvents(FACTS), eventsOf(answer)).map(decode);
  const last = frames.at(-1)?.split("data: ").at(-1) ?? "";
  return { whole: JSON.parse(decode(body)), streamed: JSON.parse(last).response, losses };
};
const called = (name: string, input: string): AnswerBlock => ({
  kind: "tool-call",
  id: "call_1",
  name,
  input,
  signature: null,
  cache: null,
});

it("states of the call what the upstream does not, and no id but its own", () => {
  const { whole, streamed } = written(textBlock("hi"));
  expect(streamed).toEqual(whole);
  expect(whole).toMatchObject({
    id: "resp_7",
    created_at: 9,
    status: "completed",
    error: null,
    instructions: "Be kind.\n\nBe brief.",
    max_output_tokens: 50,
    temperature: 0.5,
    model: "asked",
    store: false,
    usage: null,
  });
});

it("tells a custom tool's free text, however the model wrapped it", () => {
  const inputOf = (input: string) => written(called("patch", input)).whole.output[0].input;
  expect(inputOf('{"input":"*** Begin\\n"}')).toBe("*** Begin\n");
  expect(inputOf("*** Begin")).toBe("*** Begin");
  expect(inputOf('{"input":"a","more":1}')).toBe('{"input":"a","more":1}');
  expect(inputOf("{broken")).toBe("{broken");
  expect(written(called("patch", '{"input":"x"}')).streamed.output).toMatchObject([
    { type: "custom_tool_call", id: "ctc_7_0", call_id: "call_1", name: "patch", input: "x" },
  ]);
});

it("shows images, searches and hidden thoughts as items of its own, streamed and whole", () => {
  const media = { detail: null, cache: null };
  const { whole, streamed, losses } = written(
    { kind: "image", source: { kind: "data", mime: "image/png", base64: "aGk=" }, ...media },
    { kind: "image", source: { kind: "url", url: "https://a.test/i.png", mime: null }, ...media },
    { kind: "redacted-thinking", data: "sealed" },
    {
      kind: "hosted-call",
      tool: "web-search",
      id: "1",
      name: "web_search",
      input: '{"query":"q"}',
    },
    { kind: "hosted-result", tool: "web-search", callId: "1", hits: [], error: null },
    { kind: "hosted-call", tool: "web-fetch", id: "2", name: "web_fetch", input: '{"url":"u"}' },
  );
  expect(whole.output).toMatchObject([
    { type: "image_generation_call", result: "aGk=", status: "completed" },
    { type: "message", content: [{ text: "https://a.test/i.png" }] },
    { type: "reasoning", summary: [], encrypted_content: "sealed" },
    { type: "web_search_call", action: { type: "search", query: "q" } },
    { type: "web_search_call", action: { type: "open_page", url: "u" } },
  ]);
  expect(streamed.output).toEqual(whole.output);
  expect(losses).toEqual([]);
});

it("names what it cannot show, and only kinds that its table lists", () => {
  const anthropic = { protocol: "anthropic", fields: { container: "c" } } as const;
  const { whole, streamed, losses } = written(
    { kind: "hosted-call", tool: "code-execution", id: "1", name: "bash", input: "{}" },
    { kind: "other", name: "container_upload", extra: anthropic },
    {
      kind: "image",
      source: { kind: "file", protocol: "gemini", id: "f", mime: null },
      detail: null,
      cache: null,
    },
    { kind: "thinking", text: "hm", signature: null, extra: anthropic },
  );
  expect(losses.map(({ kind, detail }) => `${kind} ${detail}`)).toEqual([
    "other-fields container",
    "hosted-tool bash",
    "hosted-tool container_upload",
    "image-form image",
  ]);
  for (const { kind } of losses) expect(responsesTranslator.losses.answer).toHaveProperty(kind);
  expect(whole.output).toMatchObject([{ type: "reasoning", summary: [{ text: "hm" }] }]);
  expect(streamed.output).toEqual(whole.output);
});

it("gives a citation that states no place all of its text", () => {
  const citation = { url: "https://a.test", title: null, citedText: "x", start: null, end: null };
  const { whole, streamed } = written({ ...textBlock("hello"), citations: [citation] });
  const [annotation] = whole.output[0].content[0].annotations;
  expect(annotation).toEqual({
    type: "url_citation",
    start_index: 0,
    end_index: 5,
    url: "https://a.test",
    title: "https://a.test",
  });
  expect(streamed.output).toEqual(whole.output);
  const nowhere = { ...citation, url: null };
  const { whole: bare } = written({ ...textBlock("hello"), citations: [nowhere] });
  expect(bare.output[0].content[0].annotations).toEqual([]);
});
