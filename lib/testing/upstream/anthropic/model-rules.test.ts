import { afterAll, beforeAll, expect, it } from "vitest";
import { FAKE_ANTHROPIC_KEY } from "../keys";
import { type FakeUpstream, startFakeUpstream } from "../server";

let upstream: FakeUpstream;
beforeAll(async () => {
  upstream = await startFakeUpstream();
});
afterAll(() => upstream.close());

const HELLO = [{ role: "user", content: "Hello" }];
const BASE = { model: "claude-opus-5-5", max_tokens: 100, messages: HELLO };
const CALL = {
  role: "assistant",
  content: [{ type: "tool_use", id: "toolu_1", name: "Bash", input: { command: "ls" } }],
};
const PLAIN = { ...BASE, model: "claude-sonnet-4-5" };
const BUDGET = {
  ...PLAIN,
  max_tokens: 2000,
  thinking: { type: "enabled", budget_tokens: 1024 },
};
const TOOL = { name: "Bash", input_schema: { type: "object" } };
const RESULT = { type: "tool_result", tool_use_id: "toolu_1", content: "file" };

function says(content: unknown) {
  return { ...BASE, messages: [{ role: "user", content }] };
}

function answered(block: object) {
  const content = [block, { type: "text", text: "Yes" }];
  return { ...BASE, messages: [...HELLO, { role: "assistant", content }, ...HELLO] };
}

function image(media_type: string, data = "AAAA") {
  return { type: "image", source: { type: "base64", media_type, data } };
}

function callAs(id: string) {
  return { role: "assistant", content: [{ ...CALL.content[0], id }] };
}

function answerTo(tool_use_id: string) {
  return { role: "user", content: [{ ...RESULT, tool_use_id }] };
}

// What a translation from another protocol can get wrong, and what differs between models.
const REFUSED: [name: string, body: unknown, message: RegExp][] = [
  ["nothing but blanks", says([{ type: "text", text: " \n" }]), /contain non-whitespace text/],
  ["blanks as a message", says(" "), /contain non-whitespace text/],
  ["an empty instruction", { ...BASE, system: [{ type: "text", text: "" }] }, /^system: text/],
  [
    "the beginning of an answer that ends in a blank",
    { ...PLAIN, messages: [...HELLO, { role: "assistant", content: "I " }] },
    /cannot end with trailing whitespace/,
  ],
  [
    "the beginning of an answer, of a newer model",
    { ...BASE, messages: [...HELLO, { role: "assistant", content: "I" }] },
    /does not support assistant message prefill/,
  ],
  ["an image of another type", says([image("image/tiff")]), /media_type: Input should be 'image/],
  ["an image that is no data", says([image("image/png", "?")]), /Invalid base64 data/],
  [
    "an image of another type in a result",
    {
      ...BASE,
      messages: [
        ...HELLO,
        CALL,
        { role: "user", content: [{ ...RESULT, content: [image("image/bmp")] }] },
      ],
    },
    /tool_result\.content\.0\.image\.source\.base64\.media_type/,
  ],
  [
    "a document that is no PDF",
    says([{ ...image("text/plain"), type: "document" }]),
    /media_type: Input should be 'application\/pdf'/,
  ],
  ["a call by the user", says(CALL.content), /`tool_use` blocks can only be in `assistant`/],
  [
    "a call id with a dot",
    { ...BASE, messages: [...HELLO, callAs("call.1"), answerTo("call.1")] },
    /tool_use\.id: String should match pattern/,
  ],
  [
    "a call id twice",
    { ...BASE, messages: [...HELLO, CALL, answerTo("toolu_1"), CALL, answerTo("toolu_1")] },
    /`tool_use` ids must be unique/,
  ],
  [
    "a thought without a signature",
    answered({ type: "thinking", thinking: "hm" }),
    /thinking\.signature: Field required/,
  ],
  [
    "a thought of another maker",
    answered({ type: "thinking", thinking: "hm", signature: "gAAAAAB" }),
    /Invalid `signature` in `thinking` block/,
  ],
  [
    "a sealed thought of another maker",
    answered({ type: "redacted_thinking", data: "gAAAAAB" }),
    /Invalid `data` in `redacted_thinking` block/,
  ],
  ["a temperature above 1", { ...PLAIN, temperature: 1.5 }, /less than or equal to 1/],
  ["temperature beside top_p", { ...PLAIN, temperature: 1, top_p: 1 }, /cannot both be specified/],
  ["a temperature of a newer model", { ...BASE, temperature: 0.5 }, /`temperature` is deprecated/],
  [
    "a temperature beside thoughts",
    { ...BUDGET, temperature: 0.5 },
    /only be set to 1 when thinking/,
  ],
  ["top_k beside thoughts", { ...BUDGET, top_k: 5 }, /`top_k` must be unset/],
  [
    "a forced tool beside thoughts",
    { ...BUDGET, tools: [TOOL], tool_choice: { type: "any" } },
    /Thinking may not be enabled when tool_choice forces tool use/,
  ],
  [
    "a forced tool of a model that always thinks",
    { ...BASE, tools: [TOOL], tool_choice: { type: "tool", name: "Bash" } },
    /type "tool" and "any" are not supported for this model/,
  ],
  [
    "no thoughts of such a model",
    { ...BASE, thinking: { type: "disabled" } },
    /thinking\.type\.dis/,
  ],
  [
    "a budget of a newer model",
    { ...BASE, thinking: { type: "enabled", budget_tokens: 1024 } },
    /"thinking\.type\.enabled" is not supported/,
  ],
  ["adaptive thoughts of an older model", { ...PLAIN, thinking: { type: "adaptive" } }, /adaptive/],
  [
    "a tool name that is too long",
    { ...BASE, tools: [{ ...TOOL, name: "x".repeat(129) }] },
    /tools\.0\.custom\.name: String should match pattern/,
  ],
];

it.each(REFUSED)("refuses %s", async (_name, body, message) => {
  const response = await fetch(`${upstream.url}/v1/messages`, {
    method: "POST",
    headers: { "x-api-key": FAKE_ANTHROPIC_KEY, "anthropic-version": "2023-06-01" },
    body: JSON.stringify(body),
  });
  const json = await response.json();
  expect(json.error.message).toMatch(message);
  expect([response.status, json.error.type]).toEqual([400, "invalid_request_error"]);
});

it("takes a forced tool beside adaptive thoughts where those may be off", async () => {
  const response = await fetch(`${upstream.url}/v1/messages`, {
    method: "POST",
    headers: { "x-api-key": FAKE_ANTHROPIC_KEY, "anthropic-version": "2023-06-01" },
    body: JSON.stringify({
      ...BASE,
      model: "claude-opus-4-6",
      thinking: { type: "adaptive" },
      tools: [TOOL],
      tool_choice: { type: "any" },
    }),
  });
  expect(response.status).toBe(200);
});
