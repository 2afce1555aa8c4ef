import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import Anthropic from "@anthropic-ai/sdk";
import { GoogleGenAI } from "@google/genai";
import { afterAll, beforeAll, expect, it } from "vitest";
import { FAKE_ANTHROPIC_KEY, FAKE_GEMINI_KEY } from "../../lib/testing/upstream/keys";
import { type FakeUpstream, startFakeUpstream } from "../../lib/testing/upstream/server";
import { runClient } from "./clients/run";
import { type Portal, startPortal } from "./support/portal";
import { type RequestRecord, total, untilRecorded } from "./support/records";

/** Real clients straight through the portal, each on an account that speaks its own protocol. */
let upstream: FakeUpstream;
let portal: Portal;
let key: string;
let seen = 0;

beforeAll(async () => {
  upstream = await startFakeUpstream();
  portal = await startPortal({ relayOnly: true });
  await portal.createUser("ada@example.com");
  key = await portal.createKey("ada@example.com", "laptop");
  await portal.allowHost(`127.0.0.1:${upstream.port}`);
  const settings = { baseUrl: upstream.url };
  await portal.addAccount({
    provider: "claude-console",
    name: "Claude",
    settings,
    secrets: { apiKey: FAKE_ANTHROPIC_KEY },
  });
  await portal.addAccount({
    provider: "gemini-api-key",
    name: "Gemini",
    settings,
    secrets: { apiKey: FAKE_GEMINI_KEY },
  });
});

afterAll(async () => {
  await portal?.stop();
  await upstream?.close();
});

/** The calls since the last look, once they are all recorded, checked against the upstream's book. */
async function newRecords(): Promise<RequestRecord[]> {
  const answered = upstream.book.entries().filter((entry) => entry.plannedUsage !== null);
  const records = (await untilRecorded(portal, answered.length)).slice(seen);
  const planned = answered.slice(seen).map((entry) => entry.plannedUsage);
  const sum = (bucket: "input" | "cacheRead" | "output") =>
    planned.reduce((all, usage) => all + (usage?.[bucket] ?? 0), 0);
  expect(records).toHaveLength(planned.length);
  expect(total(records, "inputTokens")).toBe(sum("input"));
  expect(total(records, "cacheReadTokens")).toBe(sum("cacheRead"));
  expect(total(records, "outputTokens")).toBe(sum("output"));
  seen = answered.length;
  return records;
}

it("carries Claude Code through a tool loop of three turns on a Claude Console account", async () => {
  const run = await runClient("claude-code", {
    args: ["-p", "Count the apples.", "--allowedTools", "Bash", "--output-format", "json"],
    env: { ANTHROPIC_BASE_URL: `${portal.url}/api/`, ANTHROPIC_AUTH_TOKEN: key },
  });
  expect(run.exitCode, run.stderr + run.stdout).toBe(0);
  expect(String(JSON.parse(run.stdout).result)).toMatch(/The tools answered: \d{4} \| \d{4}/);
  const records = await newRecords();
  expect(records.length).toBeGreaterThanOrEqual(3);
  for (const record of records) {
    expect(record).toMatchObject({ face: "anthropic", outcome: "complete", stream: "sse" });
    expect(record.client).toMatch(/^claude-cli\/2\.1\.330/);
  }
});

it("carries gemini-cli through a tool loop with a key", async () => {
  const run = await runClient("gemini-cli", {
    args: ["-p", "Count the pears.", "-m", "gemini-2.5-flash", "--yolo"],
    env: { GOOGLE_GEMINI_BASE_URL: `${portal.url}/gemini`, GEMINI_API_KEY: key },
    home: (folder) => {
      const settings = path.join(folder, ".gemini");
      mkdirSync(settings);
      const selectedType = "gemini-api-key";
      writeFileSync(
        path.join(settings, "settings.json"),
        JSON.stringify({ security: { auth: { selectedType }, folderTrust: { enabled: false } } }),
      );
    },
  });
  expect(run.exitCode, run.stderr + run.stdout).toBe(0);
  expect(run.stdout).toMatch(/The tools answered: /);
  const records = await newRecords();
  expect(records.length).toBeGreaterThanOrEqual(3);
  for (const record of records) {
    expect(record).toMatchObject({ face: "gemini", outcome: "complete" });
  }
});

it("serves the Anthropic SDK: whole, streamed with its helper, tools, counting, models", async () => {
  const client = new Anthropic({ baseURL: `${portal.url}/api`, apiKey: key, maxRetries: 0 });
  const model = "claude-opus-5-5";
  const messages = [{ role: "user" as const, content: "Say something, please." }];
  const whole = await client.messages.create({ model, max_tokens: 100, messages });
  expect(whole).toMatchObject({ model, stop_reason: "end_turn" });
  expect(whole._request_id).toBeTruthy();

  const pieces: string[] = [];
  const stream = client.messages.stream({
    model,
    max_tokens: 400,
    messages: [{ role: "user", content: "[[scenario:multibyte-4]] Speak." }],
  });
  stream.on("text", (text) => pieces.push(text));
  const final = await stream.finalMessage();
  expect(pieces.join("")).toBe(
    final.content.map((b) => (b.type === "text" ? b.text : "")).join(""),
  );
  expect(pieces.join("")).toContain("你好");

  const called = await client.messages.create({
    model,
    max_tokens: 200,
    messages: [{ role: "user", content: "[[scenario:parallel-tools-2]] Look twice." }],
    tools: [
      { name: "look", input_schema: { type: "object", properties: { at: { type: "string" } } } },
    ],
  });
  expect(called.content.filter((block) => block.type === "tool_use")).toHaveLength(2);
  const counted = await client.messages.countTokens({ model, messages });
  expect(counted.input_tokens).toBe(whole.usage.input_tokens);
  expect(await newRecords()).toHaveLength(3);

  const models = await client.models.list({ limit: 1000 });
  expect(models.data.length).toBeGreaterThan(0);
  await expect(
    new Anthropic({
      baseURL: `${portal.url}/api`,
      apiKey: "cr_wrong",
      maxRetries: 0,
    }).messages.create({ model, max_tokens: 10, messages }),
  ).rejects.toBeInstanceOf(Anthropic.AuthenticationError);
});

it("serves the Google SDK on both versions: whole, streamed, tools, counting, models", async () => {
  for (const apiVersion of ["v1", "v1beta"]) {
    const client = new GoogleGenAI({
      apiKey: key,
      httpOptions: { baseUrl: `${portal.url}/gemini`, apiVersion },
    });
    const model = "gemini-2.5-flash";
    const whole = await client.models.generateContent({ model, contents: "Say something." });
    expect(whole.text).toContain("Say something");

    const pieces: string[] = [];
    const stream = await client.models.generateContentStream({
      model,
      contents: "[[scenario:multibyte-4]] Speak.",
    });
    for await (const chunk of stream) pieces.push(chunk.text ?? "");
    expect(pieces.join("")).toContain("你好，世界");
    expect(pieces.length).toBeGreaterThan(1);

    const counted = await client.models.countTokens({ model, contents: "Say something." });
    expect(counted.totalTokens).toBe(whole.usageMetadata?.promptTokenCount);
    expect(await newRecords()).toHaveLength(2);

    const names: string[] = [];
    for await (const listed of await client.models.list()) names.push(listed.name ?? "");
    expect(names).toContain(`models/${model}`);
  }
});
