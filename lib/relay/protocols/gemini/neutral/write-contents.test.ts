import { expect, it } from "vitest";
import type { Block, ImageBlock } from "../../../neutral-blocks";
import { geminiCall, imageBlock } from "../../../testing/gemini-call";
import { textBlock, toolCall, toolResult, turn } from "../../../testing/neutral-call";

it("lets roles alternate and says what stands in the middle where the user speaks", () => {
  const { contents, systemInstruction, losses } = geminiCall({
    system: [textBlock("Be brief."), textBlock("Be kind.")],
    turns: [
      turn("user", "a"),
      turn("system", "note"),
      turn("user", "b"),
      turn("assistant", "c"),
      turn("assistant"),
      turn("assistant", "d"),
      turn("system", "last"),
    ],
  });
  expect(systemInstruction).toEqual({ parts: [{ text: "Be brief." }, { text: "Be kind." }] });
  expect(contents).toEqual([
    { role: "user", parts: [{ text: "a" }, { text: "note" }, { text: "b" }] },
    { role: "model", parts: [{ text: "c" }, { text: "d" }] },
    { role: "user", parts: [{ text: "last" }] },
  ]);
  expect(losses).toEqual([]);
});

it("answers calls at once, completely and in their order, whatever stands between", () => {
  const { contents } = geminiCall({
    turns: [
      turn("user", "go"),
      turn("assistant", "ok", toolCall("1", "Read"), toolCall("2", "Run", "")),
      turn("system", "note"),
      turn("user", toolResult("2", "two"), "and now", toolResult("1", "one", "more")),
    ],
  });
  expect(contents[1].parts).toEqual([
    { text: "ok" },
    { functionCall: { id: "1", name: "Read", args: { path: "a" } } },
    { functionCall: { id: "2", name: "Run", args: {} } },
  ]);
  expect(contents[2].parts).toEqual([
    { functionResponse: { id: "1", name: "Read", response: { output: "one\nmore" } } },
    { functionResponse: { id: "2", name: "Run", response: { output: "two" } } },
    { text: "note" },
    { text: "and now" },
  ]);
});

const SHOWN: Block = {
  kind: "tool-result",
  callId: "1",
  name: "",
  isError: false,
  content: [textBlock("seen"), imageBlock("AAAA"), { kind: "tool-reference", name: "Grep" }],
  cache: null,
};
const LOOK = [
  turn("user", "look"),
  turn("assistant", { ...toolCall("1"), signature: "c2ln" } as Block),
  turn("user", "hm", SHOWN),
];
const SEEN = 'seen\n{"type":"tool_reference","tool_name":"Grep"}';

it("keeps a result's images in the response since 3, and directly after the responses before", () => {
  const inline = { inlineData: { mimeType: "image/png", data: "AAAA" } };
  const response = { id: "1", name: "Read", response: { output: SEEN } };
  expect(geminiCall({ turns: LOOK }, "gemini-3-pro-preview").contents[2].parts).toEqual([
    { functionResponse: { ...response, parts: [inline] } },
    { text: "hm" },
  ]);
  expect(geminiCall({ turns: LOOK }).contents[2].parts).toEqual([
    { functionResponse: response },
    inline,
    { text: "hm" },
  ]);
});

it("tells failed results from others, and never leaves a response out", () => {
  const failed = { ...toolResult("1", "no such file"), isError: true } as Block;
  const silent = { ...toolResult("2"), content: [] } as Block;
  const { contents } = geminiCall({
    turns: [
      turn("user", "go"),
      turn("assistant", toolCall("1"), toolCall("2")),
      turn("user", failed, silent),
    ],
  });
  expect(contents[2].parts).toMatchObject([
    { functionResponse: { response: { error: "no such file" } } },
    { functionResponse: { response: { output: "" } } },
  ]);
});

it("gives an empty conversation an empty text", () => {
  const nothing = [{ role: "user", parts: [{ text: "" }] }];
  expect(geminiCall({ turns: [] }).contents).toEqual(nothing);
  expect(geminiCall({ turns: [turn("user")] }).contents).toEqual(nothing);
});

it("carries media by data, by address and by Google's own file, and loses only foreign files", () => {
  const media = (source: ImageBlock["source"]): ImageBlock => ({ ...imageBlock(""), source });
  const { contents, losses } = geminiCall({
    turns: [
      turn(
        "user",
        media({ kind: "url", url: "https://example.com/a.webp?x=1", mime: null }),
        media({ kind: "file", protocol: "gemini", id: "gs://b/c", mime: "image/png" }),
        media({ kind: "file", protocol: "anthropic", id: "file_1", mime: null }),
        {
          kind: "document",
          source: { kind: "data", mime: "application/pdf", base64: "JVBE" },
          name: "Paper",
          cache: "5m",
        },
        {
          kind: "document",
          source: { kind: "text", text: "plain", mime: "text/plain" },
          name: null,
          cache: null,
        },
      ),
    ],
  });
  expect(contents[0].parts).toEqual([
    { fileData: { fileUri: "https://example.com/a.webp?x=1", mimeType: "image/webp" } },
    { fileData: { fileUri: "gs://b/c", mimeType: "image/png" } },
    { inlineData: { mimeType: "application/pdf", data: "JVBE" } },
    { text: "plain" },
  ]);
  expect(losses).toEqual([
    { kind: "file-reference", detail: "image" },
    { kind: "document-form", detail: "name" },
    { kind: "cache-hint", detail: "cache_control" },
  ]);
});

it("carries signatures where they lie, and drops thoughts only for models that have none", () => {
  const thoughts: Block[] = [
    { kind: "thinking", text: "hm", signature: "YQ==" },
    { kind: "redacted-thinking", data: "x" },
    { ...textBlock("so"), signature: "Yg==" },
    { ...toolCall("1"), signature: "Yw==" } as Block,
  ];
  const turns = [turn("user", "go"), turn("assistant", ...thoughts), turn("user", toolResult("1"))];
  const { contents, losses } = geminiCall({ turns }, "gemini-3-pro-preview");
  expect(contents[1].parts).toEqual([
    { text: "hm", thought: true, thoughtSignature: "YQ==" },
    { text: "so", thoughtSignature: "Yg==" },
    { functionCall: { id: "1", name: "Read", args: { path: "a" } }, thoughtSignature: "Yw==" },
  ]);
  expect(losses).toEqual([{ kind: "thought", detail: "redacted_thinking" }]);
  const older = geminiCall({ turns }, "gemini-2.0-flash");
  expect(older.contents[1].parts[0]).toEqual({ text: "so", thoughtSignature: "Yg==" });
  expect(older.losses).toContainEqual({ kind: "thought", detail: "thinking" });
});

it("gives a custom tool's free text to the argument of its function", () => {
  const turns = [turn("user", "go"), turn("assistant", toolCall("1", "patch", "*** Begin"))];
  expect(geminiCall({ turns }).contents[1].parts[0].functionCall.args).toEqual({
    input: "*** Begin",
  });
});

it("says plainly what a tool gave whose call is not there", () => {
  const shown = { ...SHOWN, callId: "elsewhere" } as Block;
  expect(geminiCall({ turns: [turn("user", shown, "and?")] }).contents).toEqual([
    {
      role: "user",
      parts: [
        { text: "seen" },
        { inlineData: { mimeType: "image/png", data: "AAAA" } },
        { text: '{"type":"tool_reference","tool_name":"Grep"}' },
        { text: "and?" },
      ],
    },
  ]);
});
