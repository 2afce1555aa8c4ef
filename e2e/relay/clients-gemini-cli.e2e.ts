import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { runClient } from "./clients/run";
import { type ClientStage, on, setClientStage } from "./clients/stage";
import type { UpstreamId } from "./matrix/stage";

/** gemini-cli with a key and in Code Assist mode, on accounts of Google and of others. */
let stage: ClientStage;

beforeAll(async () => {
  stage = await setClientStage();
});

afterAll(() => stage?.stop());

interface Mode {
  selectedType: string;
  face: string;
  env(): Record<string, string>;
}

const MODES: Readonly<Record<"key" | "Code Assist", Mode>> = {
  key: {
    selectedType: "gemini-api-key",
    face: "gemini",
    env: () => ({
      GOOGLE_GEMINI_BASE_URL: `${stage.portal.url}/gemini`,
      GEMINI_API_KEY: stage.key,
    }),
  },
  "Code Assist": {
    selectedType: "oauth-personal",
    face: "code-assist",
    env: () => ({
      GOOGLE_GENAI_USE_GCA: "true",
      GOOGLE_CLOUD_ACCESS_TOKEN: stage.key,
      CODE_ASSIST_ENDPOINT: `${stage.portal.url}/gemini`,
    }),
  },
};

const UPSTREAMS: readonly UpstreamId[] = ["gemini", "anthropic", "openai-responses"];
const CELLS = Object.values(MODES).flatMap((mode) =>
  UPSTREAMS.map((upstream) => ({ mode, upstream, face: mode.face })),
);

it.each(CELLS)("carries gemini-cli through a tool loop: $face on $upstream", async (cell) => {
  const { selectedType, face, env } = cell.mode;
  const run = await runClient("gemini-cli", {
    args: [
      ...["-p", "Count the pears. [[scenario:tool-loop-3]]"],
      ...["-m", on(cell.upstream, "gemini-2.5-flash"), "--yolo"],
    ],
    env: env(),
    home: (folder) => {
      const settings = { security: { auth: { selectedType }, folderTrust: { enabled: false } } };
      mkdirSync(path.join(folder, ".gemini"));
      writeFileSync(path.join(folder, ".gemini/settings.json"), JSON.stringify(settings));
    },
  });
  const records = await stage.expectLoop(run, cell.upstream);
  for (const record of records) expect(record).toMatchObject({ face });
});
