import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { FAKE_OPENAI_KEY } from "../keys";
import { type FakeUpstream, startFakeUpstream } from "../server";

let upstream: FakeUpstream;
beforeAll(async () => {
  upstream = await startFakeUpstream();
});
beforeEach(() => upstream.book.clear());
afterAll(() => upstream.close());

async function send(path: string, body: object) {
  const response = await fetch(`${upstream.url}/v1/${path}`, {
    method: "POST",
    headers: { authorization: `Bearer ${FAKE_OPENAI_KEY}` },
    body: JSON.stringify(body),
  });
  const text = await response.text();
  const json = text.startsWith("{") ? JSON.parse(text) : {};
  return { status: response.status, text, json, message: String(json.error?.message) };
}

const EMBED = { model: "text-embedding-3-small", input: ["one", "two words"] };

it("embeds texts as vectors that depend on them alone", async () => {
  const { json } = await send("embeddings", EMBED);
  const [one, two] = json.data.map((item: { embedding: number[] }) => item.embedding);
  expect(one).toHaveLength(1536);
  expect(Math.hypot(...one)).toBeCloseTo(1, 3);
  expect(two).not.toEqual(one);
  expect((await send("embeddings", { ...EMBED, input: "one" })).json.data[0].embedding).toEqual(
    one,
  );
  expect(json.usage).toEqual({ prompt_tokens: 4, total_tokens: 4 });
  expect(upstream.book.entries()[0]).toMatchObject({
    protocol: "openai-embeddings",
    plannedUsage: { input: 4, output: 0 },
  });
});

it("embeds in the size and the form that is asked for", async () => {
  const asked = { ...EMBED, input: "one", dimensions: 8 };
  const floats = (await send("embeddings", asked)).json.data[0].embedding;
  const packed = await send("embeddings", { ...asked, encoding_format: "base64" });
  const bytes = Buffer.from(packed.json.data[0].embedding, "base64");
  expect(bytes).toHaveLength(32);
  expect(bytes.readFloatLE(0)).toBeCloseTo(floats[0], 6);
});

it("draws as many pictures as are asked for, and bills each", async () => {
  const { json } = await send("images/generations", {
    model: "gpt-image-1",
    prompt: "A cat",
    n: 2,
  });
  expect(json.data).toHaveLength(2);
  expect(Buffer.from(json.data[0].b64_json, "base64").subarray(1, 4).toString()).toBe("PNG");
  expect(json.usage.output_tokens).toBe(upstream.book.entries()[0]?.plannedUsage?.output);
});

const INSTRUCT = { model: "gpt-3.5-turbo-instruct", prompt: "Say [[tokens:12]]", max_tokens: 50 };

it("completes a prompt, whole and streamed, within sixteen tokens unless told otherwise", async () => {
  const whole = await send("completions", INSTRUCT);
  expect(whole.json.choices[0]).toMatchObject({ index: 0, finish_reason: "stop" });
  const streamed = await send("completions", {
    ...INSTRUCT,
    stream: true,
    stream_options: { include_usage: true },
  });
  const frames = streamed.text.split("\n\n").filter((frame) => frame !== "");
  expect(frames.at(-1)).toBe("data: [DONE]");
  const chunks = frames.slice(0, -1).map((frame) => JSON.parse(frame.slice(6)));
  const text = chunks.map((chunk) => chunk.choices[0]?.text ?? "").join("");
  expect(text).toBe(whole.json.choices[0].text);
  expect(chunks.at(-1).usage).toEqual(whole.json.usage);
  const { max_tokens: _, ...unbounded } = { ...INSTRUCT, prompt: "[[tokens:40]]" };
  const cut = await send("completions", unbounded);
  expect(cut.json.choices[0].finish_reason).toBe("length");
  expect(cut.json.usage.completion_tokens).toBe(16);
});

it.each([
  ["embeddings", { ...EMBED, foo: 1 }, 400, /Unrecognized request argument/],
  ["embeddings", { ...EMBED, input: "" }, 400, /'\$\.input' is invalid/],
  ["embeddings", { model: EMBED.model }, 400, /Missing required parameter: 'input'/],
  ["embeddings", { ...EMBED, model: "nope" }, 404, /does not exist/],
  ["embeddings", { ...EMBED, model: "gpt-4o" }, 403, /not allowed to generate embeddings/],
  ["embeddings", { ...EMBED, encoding_format: "hex" }, 400, /Supported values/],
  ["images/generations", { model: "gpt-image-1" }, 400, /Missing required parameter: 'prompt'/],
  ["images/generations", { prompt: "x", n: 11 }, 400, /between 1 and 10/],
  ["images/generations", { prompt: "x", response_format: "url" }, 400, /'response_format'/],
  ["images/generations", { prompt: "x", model: "gpt-4o" }, 400, /does not exist/],
  ["completions", { ...INSTRUCT, messages: [] }, 400, /Unrecognized request argument/],
  ["completions", { ...INSTRUCT, model: "gpt-4o" }, 404, /This is a chat model/],
])("refuses at %s %j", async (path, body, status, message) => {
  const answer = await send(path, body);
  expect([answer.status, answer.message]).toEqual([status, expect.stringMatching(message)]);
});
