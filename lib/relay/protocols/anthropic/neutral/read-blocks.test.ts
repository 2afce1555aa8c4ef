import { expect, it } from "vitest";
import type { CallFacts } from "../../../model";
import { decode, encode } from "../../../stream/bytes";
import { anthropicTranslator as translator } from "./translator";

const FACTS: CallFacts = {
  face: "anthropic",
  protocol: "anthropic",
  action: "generate",
  model: "claude-opus-5-5",
  stream: "sse",
  session: null,
  maxOutputTokens: null,
  bodyBytes: 0,
  modelSpan: null,
};

const read = (body: unknown) => translator.readCall(encode(JSON.stringify(body)), FACTS);

it("keeps documents and citations of every type", () => {
  const citation = {
    type: "page_location",
    cited_text: "c",
    document_index: 0,
    document_title: "D",
  };
  const content = [
    {
      type: "document",
      source: { type: "base64", media_type: "application/pdf", data: "AA" },
      title: "D",
      context: "x",
      citations: { enabled: true },
    },
    { type: "document", source: { type: "url", url: "https://a.test/a.pdf" } },
    { type: "document", source: { type: "file", file_id: "file_1" } },
    { type: "document", source: { type: "text", media_type: "text/plain", data: "t" } },
    { type: "document", source: { type: "content", content: [{ type: "text", text: "in" }] } },
    { type: "image", source: { type: "url", url: "https://a.test/a.png" } },
    { type: "image", source: { type: "tomorrow" } },
  ];
  const said = [{ type: "text", text: "So", citations: [citation] }];
  const messages = [
    { role: "user", content },
    { role: "assistant", content: said },
    { role: "user", content: [{ type: "text", text: "?" }] },
  ];
  const call = read({ messages });
  expect(call.turns[1]?.blocks[0]).toMatchObject({
    citations: [{ url: null, title: "D", citedText: "c" }],
  });
  expect(call.turns[0]?.blocks[4]).toMatchObject({ source: { kind: "text", text: "in" } });
  const { body } = translator.writeCall(call, { model: "claude-opus-5-5", action: "generate" });
  expect(JSON.parse(decode(body)).messages).toEqual(messages);
});

it("does not send a search of another provider to Anthropic as its own", () => {
  const search = [
    { type: "server_tool_use", id: "srvtoolu_1", name: "web_search", input: { query: "q" } },
    {
      type: "web_search_tool_result",
      tool_use_id: "srvtoolu_1",
      content: [
        { type: "web_search_result", url: "https://a.test", title: "A", encrypted_content: "" },
      ],
    },
    {
      type: "text",
      text: "Found",
      citations: [
        { type: "web_search_result_location", url: "https://a.test", encrypted_index: "" },
      ],
    },
  ];
  const call = read({
    messages: [
      { role: "user", content: "q" },
      { role: "assistant", content: search },
      { role: "user", content: "?" },
    ],
  });
  const { body, losses } = translator.writeCall(call, {
    model: "claude-opus-5-5",
    action: "generate",
  });
  expect(JSON.parse(decode(body)).messages[1].content).toEqual([{ type: "text", text: "Found" }]);
  expect(new Set(losses.map(({ kind }) => kind))).toEqual(new Set(["hosted-tool", "citations"]));
});

it("takes names that every object has for names like any other", () => {
  const content = [{ type: "constructor" }, { type: "image", source: { type: "toString" } }];
  const tools = [{ type: "constructor_20250101", name: "valueOf" }];
  const call = read({ messages: [{ role: "user", content }], tools });
  expect(call.turns[0]?.blocks).toMatchObject([{ kind: "other" }, { kind: "other" }]);
  expect(call.tools).toMatchObject([{ kind: "hosted", tool: "other" }]);
  const answer = translator.readAnswer(encode('{"content":[],"stop_reason":"constructor"}'));
  expect(answer.finish).toBe("end");
});
