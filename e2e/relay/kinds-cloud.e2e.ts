import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { startAzureServer } from "../../lib/testing/azure-server";
import { startBedrockServer } from "../../lib/testing/bedrock-server";
import { startFakeUpstream } from "../../lib/testing/upstream/server";
import { startVertexServer } from "../../lib/testing/vertex-server";
import type { Face } from "./matrix/face";
import { anthropicFace } from "./matrix/face-anthropic";
import { chatFace } from "./matrix/face-chat";
import { geminiFace } from "./matrix/face-gemini";
import { responsesFace } from "./matrix/face-responses";
import { FEATURES } from "./matrix/features";
import { cellOf, type Stage, type UpstreamId } from "./matrix/stage";
import type { NewAccount } from "./support/admin";
import { startPortal } from "./support/portal";
import { generateRecords, total } from "./support/records";

/** Official SDKs on accounts of the three clouds: each in its own format and in one that is translated. */
const KINDS: Readonly<Record<string, readonly [face: Face, speaks: UpstreamId][]>> = {
  "azure-dated": [
    [chatFace, "openai-chat"],
    [responsesFace, "openai-responses"],
  ],
  "azure-undated": [
    [chatFace, "openai-chat"],
    [anthropicFace, "openai-chat"],
  ],
  "bedrock-key": [
    [anthropicFace, "anthropic"],
    [chatFace, "anthropic"],
  ],
  "bedrock-signed": [[anthropicFace, "anthropic"]],
  vertex: [
    [geminiFace, "gemini"],
    [anthropicFace, "gemini"],
  ],
  "vertex-claude": [
    [anthropicFace, "anthropic"],
    [responsesFace, "anthropic"],
  ],
};
const CELLS = Object.entries(KINDS).flatMap(([name, cells]) =>
  cells.flatMap(([face, speaks]) =>
    [true, false].map((stream) => ({ name, speaks, face, stream })),
  ),
);

let azure: Awaited<ReturnType<typeof startAzureServer>>;
let bedrock: Awaited<ReturnType<typeof startBedrockServer>>;
let vertex: Awaited<ReturnType<typeof startVertexServer>>;
let stage: Stage;

function accounts(): Omit<NewAccount, "name">[] {
  const opus = "global.anthropic.claude-opus-4-5-20251101-v1:0";
  const { id, secret } = bedrock.accessKey;
  const vertexSettings = {
    baseUrl: vertex.url,
    tokenUrl: vertex.tokenUrl,
    location: vertex.location,
  };
  const azureSecrets = { apiKey: azure.key };
  const inBedrock = { baseUrl: bedrock.url, region: bedrock.region };
  const vertexSecrets = { serviceAccount: vertex.keyFile };
  return [
    {
      provider: "azure-openai",
      settings: { baseUrl: azure.url, apiVersion: "2024-10-21", deployment: "prod-chat" },
      secrets: azureSecrets,
      map: { "to-azure-dated": "gpt-5.5", "to-vectors": "text-embedding-3-small" },
    },
    {
      provider: "azure-openai",
      settings: { baseUrl: azure.url, deployment: "prod-chat" },
      secrets: azureSecrets,
      map: { "to-azure-undated": "gpt-5.5" },
    },
    {
      provider: "bedrock",
      settings: inBedrock,
      secrets: { apiKey: bedrock.apiKey },
      map: { "to-bedrock-key": opus },
    },
    {
      provider: "bedrock",
      settings: inBedrock,
      secrets: { accessKeyId: id, secretAccessKey: secret },
      map: { "to-bedrock-signed": opus },
    },
    {
      provider: "vertex",
      settings: vertexSettings,
      secrets: vertexSecrets,
      map: { "to-vertex": "gemini-3-pro-preview" },
    },
    {
      provider: "vertex-claude",
      settings: vertexSettings,
      secrets: vertexSecrets,
      map: { "to-vertex-claude": "claude-opus-4-5@20251101" },
    },
  ];
}

beforeAll(async () => {
  const upstream = await startFakeUpstream();
  const clouds = await Promise.all([
    startAzureServer(upstream),
    startBedrockServer(upstream),
    startVertexServer(upstream),
  ]);
  [azure, bedrock, vertex] = clouds;
  const portal = await startPortal({ relayOnly: true });
  await portal.createUser("ada@example.com");
  const key = await portal.createKey("ada@example.com", "kinds");
  for (const { hostPort } of clouds) await portal.allowHost(hostPort);
  for (const [i, account] of accounts().entries()) {
    await portal.addAccount({ ...account, name: Object.keys(KINDS)[i] ?? "" });
  }
  const stop = async () => {
    await portal.stop();
    await Promise.all([...clouds, upstream].map((one) => one.close()));
  };
  stage = { portal, upstream, key, stop };
});

afterAll(() => stage?.stop());

describe.each(CELLS.map((cell) => ({ ...cell, title: titleOf(cell) })))("$title", (cell) => {
  it.each(Object.entries(FEATURES))("carries: %s", async (_, play) => {
    await play(cellOf(stage, cell.face, cell.speaks, cell.stream, `to-${cell.name}`));
  });
});

const post = (path: string, body: object, headers: Record<string, string> = {}) =>
  fetch(`${stage.portal.url}${path}`, {
    method: "POST",
    headers: { "content-type": "application/json", "x-api-key": stage.key, ...headers },
    body: JSON.stringify(body),
  });
const messages = [{ role: "user", content: "[[tokens:8]]" }];

it("asks Bedrock for the betas that it knows, as Claude Code sends them", async () => {
  const flags = "claude-code-20250219,interleaved-thinking-2025-05-14";
  const call = { model: "to-bedrock-signed", max_tokens: 64, messages };
  const answer = await post("/api/v1/messages?beta=true", call, { "anthropic-beta": flags });
  expect(answer.status).toBe(200);
  expect(bedrock.betas.at(-1)).toEqual(["interleaved-thinking-2025-05-14"]);
});

it("estimates what Bedrock does not count", async () => {
  const call = { model: "to-bedrock-key", messages };
  const answer = await post("/api/v1/messages/count_tokens", call);
  expect(answer.status).toBe(200);
  expect((await answer.json()).input_tokens).toBeGreaterThan(0);
});

it("counts on Vertex what a client wrapped", async () => {
  const contents = [{ role: "user", parts: [{ text: "Hello there." }] }];
  const answer = await post("/gemini/v1beta/models/to-vertex:countTokens", {
    generateContentRequest: { model: "models/to-vertex", contents },
  });
  expect((await answer.json()).totalTokens).toBeGreaterThan(1);
});

it("makes vectors with a deployment of their own, not with the one for conversations", async () => {
  const answer = await post("/openai/v1/embeddings", { model: "to-vectors", input: "Hello." });
  expect(answer.status).toBe(200);
});

it("signs in once for all calls of a service account", () => {
  // Two accounts with the same key file, and every call of this file before.
  expect(vertex.granted()).toBe(2);
});

it("has booked what the upstream generated and delivered, and nothing else", async () => {
  const whole = stage.upstream.book
    .entries()
    .filter(({ plannedUsage, closedEarly, fault }) => plannedUsage && !closedEarly && fault === "");
  const complete = await vi.waitFor(
    async () => {
      const found = await generateRecords(stage.portal);
      const ended = found.filter(({ outcome }) => outcome === "complete");
      expect(ended).toHaveLength(whole.length);
      return ended;
    },
    { timeout: 15_000, interval: 200 },
  );
  const sum = (bucket: "input" | "cacheRead" | "output") =>
    whole.reduce((all, { plannedUsage }) => all + (plannedUsage?.[bucket] ?? 0), 0);
  expect(total(complete, "inputTokens")).toBe(sum("input"));
  expect(total(complete, "cacheReadTokens")).toBe(sum("cacheRead"));
  expect(total(complete, "outputTokens")).toBe(sum("output"));
});

function titleOf({ name, face, stream }: (typeof CELLS)[number]): string {
  return `${name}: ${face.id}, ${stream ? "streamed" : "whole"}`;
}
