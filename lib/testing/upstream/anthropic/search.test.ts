import Anthropic from "@anthropic-ai/sdk";
import { afterAll, beforeAll, expect, it } from "vitest";
import { FAKE_ANTHROPIC_KEY } from "../keys";
import { type FakeUpstream, startFakeUpstream } from "../server";

let upstream: FakeUpstream;
let client: Anthropic;
beforeAll(async () => {
  upstream = await startFakeUpstream();
  client = new Anthropic({ apiKey: FAKE_ANTHROPIC_KEY, baseURL: upstream.url, maxRetries: 0 });
});
afterAll(() => upstream.close());

it("searches the web and cites what it found, whole and streamed", async () => {
  const found = await client.messages.create({
    model: "claude-sonnet-4-5",
    max_tokens: 2048,
    messages: [{ role: "user", content: "Search" }],
    tools: [{ type: "web_search_20250305", name: "web_search" }],
    tool_choice: { type: "tool", name: "web_search" },
  });
  expect(found.content.map((block) => block.type)).toEqual([
    "server_tool_use",
    "web_search_tool_result",
    "text",
  ]);
  expect(found.usage.server_tool_use?.web_search_requests).toBe(1);
  const [told] = found.content.filter((block) => block.type === "text");
  expect(told?.citations?.[0]).toMatchObject({
    type: "web_search_result_location",
    url: "https://example.com/1",
  });
  const stream = client.messages.stream({
    model: "claude-sonnet-5-5",
    max_tokens: 2048,
    messages: [{ role: "user", content: "[[scenario:web-search]]" }],
  });
  const streamed = (await stream.finalMessage()).content.at(-1);
  expect(streamed).toMatchObject({ type: "text", citations: [{}, {}] });
});
