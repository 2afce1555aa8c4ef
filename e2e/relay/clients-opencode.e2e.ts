import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { runClient } from "./clients/run";
import { type ClientStage, on, setClientStage } from "./clients/stage";
import type { UpstreamId } from "./matrix/stage";

/** opencode in each protocol of the AI SDK, on an account that speaks it and on others. */
let stage: ClientStage;

beforeAll(async () => {
  // The package for compatible servers states max_tokens, which OpenAI's newer models refuse.
  stage = await setClientStage({ "openai-chat": "gpt-4.1" });
});

afterAll(() => stage?.stop());

interface Spoken {
  path: string;
  face: string;
  upstreams: readonly UpstreamId[];
}

const PACKAGES: Readonly<Record<string, Spoken>> = {
  "@ai-sdk/anthropic": {
    path: "/api/v1",
    face: "anthropic",
    upstreams: ["anthropic", "gemini", "openai-responses"],
  },
  "@ai-sdk/google": {
    path: "/gemini/v1beta",
    face: "gemini",
    upstreams: ["gemini", "anthropic", "openai-chat"],
  },
  "@ai-sdk/openai": {
    path: "/openai/v1",
    face: "openai-responses",
    upstreams: ["openai-responses", "anthropic", "gemini"],
  },
  "@ai-sdk/openai-compatible": {
    path: "/openai/v1",
    face: "openai-chat",
    upstreams: ["openai-chat", "anthropic", "gemini"],
  },
};

const CELLS = Object.entries(PACKAGES).flatMap(([npm, { upstreams, ...spoken }]) =>
  upstreams.map((upstream) => ({ npm, ...spoken, upstream })),
);

it.each(CELLS)("carries opencode through a tool loop: $npm on $upstream", async (cell) => {
  const model = on(cell.upstream, "some-model");
  const run = await runClient("opencode", {
    args: ["run", "-m", `portal/${model}`, "Count the plums. [[scenario:tool-loop-3]]"],
    env: {
      OPENCODE_DISABLE_AUTOUPDATE: "1",
      OPENCODE_DISABLE_MODELS_FETCH: "1",
      OPENCODE_DISABLE_LSP_DOWNLOAD: "1",
    },
    home: (folder) => {
      const options = { baseURL: `${stage.portal.url}${cell.path}`, apiKey: stage.key };
      const limit = { context: 200_000, output: 8_000 };
      const portal = {
        npm: cell.npm,
        options,
        models: { [model]: { name: model, tool_call: true, limit } },
      };
      const settings = path.join(folder, ".config/opencode");
      mkdirSync(settings, { recursive: true });
      const config = {
        provider: { portal },
        small_model: `portal/${model}`,
        share: "disabled",
        autoupdate: false,
        permission: "allow",
      };
      writeFileSync(path.join(settings, "opencode.json"), JSON.stringify(config));
    },
  });
  const records = await stage.expectLoop(run, cell.upstream);
  for (const record of records) expect(record).toMatchObject({ face: cell.face });
});
