import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { runClient } from "./clients/run";
import { type ClientStage, on, setClientStage, UPSTREAM_IDS } from "./clients/stage";
import type { UpstreamId } from "./matrix/stage";

/** codex, which speaks the Responses API, on accounts of every kind. */
let stage: ClientStage;

beforeAll(async () => {
  stage = await setClientStage();
});

afterAll(() => stage?.stop());

const codex = (upstream: UpstreamId, prompt: string) =>
  runClient("codex", {
    args: [
      "exec",
      "--skip-git-repo-check",
      "--dangerously-bypass-approvals-and-sandbox",
      ...["-m", on(upstream, "gpt-5.5")],
      prompt,
    ],
    env: { PORTAL_KEY: stage.key },
    home: (folder) => {
      mkdirSync(path.join(folder, ".codex"));
      writeFileSync(path.join(folder, ".codex/config.toml"), config(stage.portal.url));
    },
  });

function config(address: string): string {
  return `
model_provider = "portal"
check_for_update_on_startup = false
[analytics]
enabled = false
[model_providers.portal]
name = "portal"
base_url = "${address}/openai/v1"
wire_api = "responses"
env_key = "PORTAL_KEY"
`;
}

it.each(UPSTREAM_IDS)("carries codex through a tool loop on %s", async (upstream) => {
  const run = await codex(upstream, "Count the apples. [[scenario:tool-loop-3]]");
  const records = await stage.expectLoop(run, upstream);
  for (const record of records) {
    expect(record).toMatchObject({ face: "openai-responses", stream: "sse" });
    expect(record.client).toMatch(/^codex_exec\/0\.169/);
  }
});
