import { expect, it } from "vitest";
import type { NeutralCall, Turn } from "../../../neutral";
import type { Block } from "../../../neutral-blocks";
import { decode } from "../../../stream/bytes";
import { neutralCall, textBlock } from "../../../testing/neutral-call";
import { responsesTranslator } from "./translator";

const written = (
  call: Partial<NeutralCall>,
  model = "gpt-5.5",
  action: "generate" | "count" = "generate",
) => {
  const { body, losses } = responsesTranslator.writeCall(neutralCall(call), { model, action });
  return { body: JSON.parse(decode(body)), losses };
};
const user = (...blocks: Block[]): Turn => ({ role: "user", blocks });
const assistant = (...blocks: Block[]): Turn => ({ role: "assistant", blocks });
const call = (id: string): Block => ({
  kind: "tool-call",
  id,
  name: "find",
  input: "",
  signature: null,
  cache: null,
});
const result = (
  callId: string,
  ...content: Extract<Block, { kind: "tool-result" }>["content"][number][]
): Block => ({
  kind: "tool-result",
  callId,
  name: "find",
  isError: false,
  content,
  cache: null,
});
const PNG: Block = {
  kind: "image",
  source: { kind: "data", mime: "image/png", base64: "aGk=" },
  detail: null,
  cache: null,
};

it("keeps nothing of a foreign call at the upstream and asks for encrypted thoughts", () => {
  const { body } = written({
    stream: true,
    system: [textBlock("Be kind."), textBlock("Be brief.")],
  });
  expect(body).toEqual({
    model: "gpt-5.5",
    store: false,
    include: ["reasoning.encrypted_content"],
    instructions: "Be kind.\n\nBe brief.",
    input: [{ role: "user", content: [{ type: "input_text", text: "Hello" }] }],
    stream: true,
  });
  expect(written({}, "gpt-4.1").body).not.toHaveProperty("include");
});

it("says what was said in the system's name at its place, but never between a call and its output", () => {
  const turns: Turn[] = [
    user(textBlock("a")),
    { role: "system", blocks: [textBlock("note 1")] },
    assistant(textBlock("b"), call("c1"), call("c2")),
    { role: "system", blocks: [textBlock("note 2")] },
    user(result("c1", textBlock("one"))),
    { role: "system", blocks: [textBlock("note 3")] },
    user(textBlock("and"), result("c2", textBlock("two"), textBlock("three"))),
  ];
  const { body, losses } = written({ turns });
  const told = body.input.map((item: Record<string, unknown>) => item.role ?? item.type);
  expect(told).toEqual([
    "user",
    "developer",
    "assistant",
    "function_call",
    "function_call",
    "function_call_output",
    "function_call_output",
    "user",
    "developer",
    "developer",
  ]);
  expect(body.input[2]).toEqual({
    role: "assistant",
    content: [{ type: "output_text", text: "b", annotations: [] }],
  });
  expect(body.input[3]).toEqual({
    type: "function_call",
    call_id: "c1",
    name: "find",
    arguments: "{}",
  });
  expect(body.input[6]).toMatchObject({ call_id: "c2", output: "two\nthree" });
  expect(losses).toEqual([]);
});

it("carries images and documents, in tool results and in an assistant's turn too", () => {
  const pdf: Block = {
    kind: "document",
    source: { kind: "data", mime: "application/pdf", base64: "cGRm" },
    name: "a.pdf",
    cache: null,
  };
  const linked: Block = {
    kind: "document",
    source: { kind: "url", url: "https://x.test/b.pdf", mime: null },
    name: null,
    cache: null,
  };
  const plain: Block = {
    kind: "document",
    source: { kind: "text", text: "notes", mime: "text/plain" },
    name: null,
    cache: null,
  };
  const elsewhere: Block = {
    kind: "document",
    source: { kind: "file", protocol: "anthropic", id: "file_1", mime: null },
    name: null,
    cache: null,
  };
  const turns = [
    user(PNG, pdf, linked, plain, elsewhere),
    assistant(call("c1"), PNG),
    user(result("c1", textBlock("seen"), PNG, { kind: "tool-reference", name: "Read" })),
  ];
  const { body, losses } = written({ turns });
  const image = { type: "input_image", image_url: "data:image/png;base64,aGk=" };
  expect(body.input[0].content).toEqual([
    image,
    { type: "input_file", file_data: "data:application/pdf;base64,cGRm", filename: "a.pdf" },
    { type: "input_file", file_url: "https://x.test/b.pdf" },
    { type: "input_text", text: "notes" },
  ]);
  expect(body.input[2]).toEqual({ role: "user", content: [image] });
  expect(body.input[3].output).toEqual([
    { type: "input_text", text: "seen" },
    image,
    { type: "input_text", text: '{"type":"tool_reference","tool_name":"Read"}' },
  ]);
  expect(losses.map(({ kind }) => kind)).toEqual(["document-form", "file-reference"]);
});

it("sends back only encrypted thoughts", () => {
  const blocks: Block[] = [
    { kind: "thinking", text: "hm", signature: "sealed" },
    { kind: "thinking", text: "bare", signature: null },
    { kind: "redacted-thinking", data: "x" },
    { kind: "hosted-call", tool: "web-search", id: "s", name: "web_search", input: "{}" },
    textBlock("ok"),
  ];
  const { body, losses } = written({ turns: [user(textBlock("a")), assistant(...blocks)] });
  expect(body.input.slice(1)).toEqual([
    {
      type: "reasoning",
      summary: [{ type: "summary_text", text: "hm" }],
      encrypted_content: "sealed",
    },
    { role: "assistant", content: [{ type: "output_text", text: "ok", annotations: [] }] },
  ]);
  expect(losses.map(({ kind }) => kind)).toEqual(["thought", "thought", "hosted-tool"]);
});

const TOOL = {
  kind: "hosted",
  tool: "web-search",
  name: "web_search",
  maxUses: null,
  allowedDomains: null,
  blockedDomains: null,
  location: null,
} as const;

it("counts with the fields that a count takes", () => {
  const count = written({ tools: [TOOL], stream: true, maxOutputTokens: 99 }, "gpt-5.5", "count");
  expect(Object.keys(count.body).sort()).toEqual(["input", "model", "tools"]);
});

it("lists every loss that it reports", () => {
  const known = Object.keys(responsesTranslator.losses.call);
  expect(known).toEqual([...known].sort());
  for (const kind of ["thought", "sampling", "hosted-tool", "strict-tools"])
    expect(known).toContain(kind);
});

it("names marks of what to cache, and fields of another protocol at every level", () => {
  const extra = { protocol: "anthropic", fields: { caller: {} } } as const;
  const marked = { ...textBlock("a"), cache: "5m" as const, extra };
  const { body, losses } = written({ turns: [user(marked)], tools: [{ ...TOOL, extra }], extra });
  expect(losses).toEqual([
    { kind: "other-fields", detail: "caller" },
    { kind: "cache-hint", detail: "cache_control" },
    { kind: "other-fields", detail: "text: caller" },
    { kind: "other-fields", detail: "tools: caller" },
  ]);
  expect(JSON.stringify(body)).not.toContain("caller");
  const { losses: listed } = responsesTranslator;
  for (const { kind } of losses) expect(listed.call).toHaveProperty(kind);
});
