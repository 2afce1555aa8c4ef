import fc from "fast-check";
import { expect, it } from "vitest";
import { encode } from "../stream/bytes";
import { anthropic } from "./anthropic/index";
import { gemini } from "./gemini/index";

type Block = Readonly<Record<string, unknown>>;
interface Message {
  role: "user" | "assistant" | "system";
  content: string | readonly Block[];
}

/**
 * What claude-code-router 2.0 makes of messages on their way to Gemini: system messages are dropped,
 * tool results follow the call that they answer as `functionResponse` (blocks as JSON), texts keep
 * their place.
 */
function asRouterSends(messages: readonly Message[]) {
  const blocks = (content: Message["content"]) =>
    typeof content === "string" ? [{ type: "text", text: content }] : content;
  const results = new Map(
    messages
      .filter(({ role }) => role === "user")
      .flatMap(({ content }) => blocks(content))
      .filter(({ type }) => type === "tool_result")
      .map((block): [unknown, unknown] => [
        block.tool_use_id,
        typeof block.content === "string" ? block.content : JSON.stringify(block.content),
      ]),
  );
  return messages.flatMap(({ role, content }): object[] => {
    const texts = blocks(content).filter(({ type, text }) => type === "text" && text);
    if (role === "system") return [];
    if (role === "user") {
      return texts.length > 0 ? [{ role: "user", parts: texts.map(({ text }) => ({ text })) }] : [];
    }
    const calls = blocks(content).filter(({ type }) => type === "tool_use");
    const joined = texts.map(({ text }) => text).join("\n");
    const model = {
      role: "model",
      parts: [{ text: joined }, ...calls.map(({ name }) => ({ functionCall: { name } }))],
    };
    if (calls.length === 0) return [model];
    const parts = calls.map(({ id, name }) => ({
      functionResponse: { name, response: { result: results.get(id) } },
    }));
    return [model, { role: "user", parts }];
  });
}

/** The router puts the system prompt before the conversation as a user's content. */
const SYSTEM_PROMPT = { role: "user", parts: [{ text: "You are an agent." }] };

const textsOf = (messages: readonly Message[]) => [
  anthropic.lastTurnText(encode(JSON.stringify({ model: "m", messages }))),
  gemini.lastTurnText(
    encode(JSON.stringify({ contents: [SYSTEM_PROMPT, ...asRouterSends(messages)] })),
  ),
];

const use = (id: string): Block => ({ type: "tool_use", id, name: "Bash", input: {} });
const result = (id: string, content: unknown): Block => ({
  type: "tool_result",
  tool_use_id: id,
  content,
});
const text = (value: string): Block => ({ type: "text", text: value });

const TURNS: Record<string, Message[]> = {
  "a first question": [{ role: "user", content: "What is this?" }],
  "blocks and reminders": [
    { role: "user", content: [text("<system-reminder>é\n</system-reminder>"), text("Do it.")] },
  ],
  "a system message within the turn": [
    { role: "user", content: [text("Hello")] },
    { role: "system", content: "9 KB of environment" },
  ],
  "a tool result": [
    { role: "user", content: "go" },
    { role: "assistant", content: [text("I run it."), use("t1")] },
    { role: "user", content: [result("t1", "output: 42\n")] },
  ],
  "parallel results in another order, with blocks and a text": [
    { role: "user", content: "go" },
    { role: "assistant", content: [use("t1"), use("t2")] },
    {
      role: "user",
      content: [
        result("t2", [text('say "é"\n\tnow'), { type: "image" }]),
        result("t1", "one"),
        text("And?"),
      ],
    },
  ],
  "a tool result without content": [
    { role: "user", content: "go" },
    { role: "assistant", content: [use("t1")] },
    { role: "user", content: [result("t1", undefined), text("x")] },
  ],
};

it("gives the same text for a turn and for what the router makes of it", () => {
  for (const [name, messages] of Object.entries(TURNS)) {
    const [asked, sent] = textsOf(messages);
    expect(asked, name).not.toBeNull();
    expect(sent, name).toBe(asked);
  }
});

it("tells the turns of two users apart", () => {
  const texts = Object.values(TURNS).map((messages) => textsOf(messages)[0]);
  expect(new Set(texts).size).toBe(texts.length);
});

it("holds for any mixture of results and texts", () => {
  const words = fc.string({ unit: "grapheme", minLength: 1, maxLength: 20 });
  const content = fc.oneof(words, fc.array(words.map(text), { minLength: 1, maxLength: 3 }));
  fc.assert(
    fc.property(
      fc.array(content, { minLength: 1, maxLength: 4 }),
      fc.array(words, { maxLength: 2 }),
      (outputs, notes) => {
        const ids = outputs.map((_, i) => `t${i}`);
        const results = outputs.map((output, i) => result(ids[i] ?? "", output)).reverse();
        const [asked, sent] = textsOf([
          { role: "user", content: "go" },
          { role: "assistant", content: ids.map(use) },
          { role: "user", content: [...results, ...notes.map(text)] },
        ]);
        expect(sent).toBe(asked);
      },
    ),
    { numRuns: 500 },
  );
});

it("knows no text where there is none", () => {
  expect(textsOf([{ role: "assistant", content: "x" }])).toEqual([null, null]);
  expect(anthropic.lastTurnText(encode('{"model":"m"}'))).toBeNull();
  expect(gemini.lastTurnText(encode('{"contents":"x"}'))).toBeNull();
});
