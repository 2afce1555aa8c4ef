import Anthropic from "@anthropic-ai/sdk";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type OneUpstream, startOneUpstream } from "./clients/one-upstream";
import { runClient } from "./clients/run";
import { UPSTREAMS } from "./matrix/stage";

/** The real Claude Code on accounts whose upstreams speak other formats than its own. */
const FOREIGN = ["gemini", "openai-chat", "openai-responses"] as const;

async function runClaudeCode({ portal, key }: OneUpstream, ...flags: string[]): Promise<void> {
  const prompt = "[[scenario:tool-loop-3]] Count the apples.";
  const run = await runClient("claude-code", {
    args: ["-p", prompt, "--allowedTools", "Bash", "--output-format", "json", ...flags],
    env: { ANTHROPIC_BASE_URL: `${portal.url}/api/`, ANTHROPIC_AUTH_TOKEN: key },
  });
  expect(run.exitCode, run.stderr + run.stdout).toBe(0);
  expect(String(JSON.parse(run.stdout).result)).toMatch(/The tools answered: \d{4} \| \d{4}/);
}

it.each(FOREIGN)("carries Claude Code through a tool loop of three turns on %s", async (id) => {
  const { sent } = UPSTREAMS[id];
  const stage = await startOneUpstream(id, { opus: sent, sonnet: sent, haiku: sent });
  try {
    await runClaudeCode(stage);
    await expectLoop(stage);
  } finally {
    await stage.stop();
  }
});

describe("on a Gemini account without a map", () => {
  const model = "claude-gemini-3-pro-preview";
  let stage: OneUpstream;
  let client: Anthropic;
  beforeAll(async () => {
    stage = await startOneUpstream("gemini", {});
    const { portal, key } = stage;
    client = new Anthropic({ baseURL: `${portal.url}/api`, apiKey: key, maxRetries: 0 });
  });
  afterAll(() => stage?.stop());

  it("lists aliases that Claude Code's picker shows, and runs it by one", async () => {
    const listed = await client.models.list({ limit: 1000 });
    expect(listed.data.map(({ id }) => id)).toContain(model);
    expect(listed.data.every(({ id }) => id.startsWith("claude-gemini-"))).toBe(true);
    await runClaudeCode(stage, "--model", model);
    await expectLoop(stage);
    const asked = stage.upstream.book.entries().map((entry) => entry.model);
    expect(asked).toContain("gemini-3-pro-preview");
  });

  it("searches as Claude Code's WebSearch asks it to", async () => {
    const stream = client.messages.stream({
      model,
      max_tokens: 2048,
      system: "You are an assistant for performing a web search tool use",
      messages: [{ role: "user", content: "Perform a web search for the query: apples" }],
      tools: [{ type: "web_search_20250305", name: "web_search", max_uses: 8 }],
      tool_choice: { type: "tool", name: "web_search" },
    });
    const { content } = await stream.finalMessage();
    // Google tells what it searched for in the last piece of a stream: blocks may stand after the text.
    const ofType = (type: string) => content.find((block) => block.type === type);
    expect(ofType("server_tool_use")).toMatchObject({ name: "web_search" });
    expect(ofType("web_search_tool_result")).toMatchObject({
      content: [{ type: "web_search_result", url: "https://example.com/1" }, {}],
    });
    expect(ofType("text")).toBeDefined();
  });

  it("counts as the upstream does", async () => {
    const messages = [{ role: "user" as const, content: "Say something, please." }];
    const { input_tokens } = await client.messages.countTokens({ model, messages });
    const { usage } = await client.messages.create({ model, max_tokens: 4_000, messages });
    expect(input_tokens).toBe(usage.input_tokens);
    expect(stage.upstream.book.entries().map(({ action }) => action)).toContain("count");
  });

  it("sends notes of the system and found tools to where they were said", async () => {
    const tool = (name: string) => ({ name, input_schema: { type: "object" as const } });
    const notes = [{ type: "text", text: "A note amid the talk." }];
    const found = [{ type: "tool_reference", tool_name: "Fetch" }];
    const body = {
      model,
      max_tokens: 4_000,
      tools: [tool("Find"), tool("Fetch")],
      messages: [
        { role: "user", content: "Find a tool, please." },
        { role: "system", content: notes },
        { role: "assistant", content: [{ type: "tool_use", id: "t1", name: "Find", input: {} }] },
        { role: "user", content: [{ type: "tool_result", tool_use_id: "t1", content: found }] },
        { role: "system", content: "Another note." },
      ],
    };
    await client.post("/v1/messages", { body });
    const sent = stage.upstream.requests.all().at(-1)?.body?.toString("utf8") ?? "";
    const { contents } = JSON.parse(sent) as { contents: unknown[] };
    const places = [
      "Find a tool, please.",
      "A note amid the talk.",
      "tool_reference",
      "Another note.",
    ].map((words) => contents.findIndex((content) => JSON.stringify(content).includes(words)));
    expect(places).not.toContain(-1);
    expect(places).toEqual([...places].sort((a, b) => a - b));
    await stage.settled();
  });
});

async function expectLoop(stage: OneUpstream): Promise<void> {
  const records = await stage.settled();
  expect(records.length).toBeGreaterThanOrEqual(3);
  for (const record of records) {
    expect(record).toMatchObject({ face: "anthropic", outcome: "complete", stream: "sse" });
    expect(record.client).toMatch(/^claude-cli\/2\.1\.330/);
  }
}
