import { expect, it } from "vitest";
import { CLIENTS, guideOf } from "./guides";

const PLACE = { address: "https://portal.example", shownKey: "cr_AbC…", copiedKey: "cr_AbCdEfGh" };
const codesOf = (client: (typeof CLIENTS)[number]) =>
  guideOf(client, PLACE).flatMap((step) => step.variants);

it("shows no whole key anywhere, and copies the whole key wherever one is shown", () => {
  for (const client of CLIENTS) {
    for (const { code, copy } of codesOf(client)) {
      expect(code, client).not.toContain(PLACE.copiedKey);
      expect(copy, client).toBe(code.replaceAll(PLACE.shownKey, PLACE.copiedKey));
    }
  }
});

it("points every client at this portal", () => {
  for (const client of CLIENTS) {
    expect(
      codesOf(client).some(({ code }) => code.includes(PLACE.address)),
      client,
    ).toBe(true);
  }
});

it("gives the router a configuration in which every route names a model", () => {
  const config = codesOf("ccr").find(({ label }) => label === "config.json");
  const { Router, Providers } = JSON.parse(config?.code ?? "");
  expect(Providers[0].api_base_url).toBe("https://portal.example/gemini/v1beta/models/");
  for (const name of ["default", "background", "think", "longContext", "webSearch"]) {
    expect(Router[name], name).toMatch(/^gemini,gemini-/);
  }
});

it("ends Claude Code's address with the slash that its paths need", () => {
  expect(codesOf("claude-code")[1]?.code).toContain(
    'export ANTHROPIC_BASE_URL="https://portal.example/api/"',
  );
});

const fileOf = (client: (typeof CLIENTS)[number], label: string) =>
  codesOf(client).find((variant) => variant.label === label)?.code ?? "";

it("gives Codex a provider of its own that speaks Responses and holds no key", () => {
  const config = fileOf("codex", "config.toml");
  expect(config).toContain('base_url = "https://portal.example/openai/v1"');
  expect(config).toContain('wire_api = "responses"');
  expect(config).not.toContain("cr_");
  const [, provider] = /model_provider = "(.+)"/.exec(config) ?? [];
  const [, variable] = /env_key = "(.+)"/.exec(config) ?? [];
  expect(config).toContain(`[model_providers.${provider}]`);
  // Codex refuses to have its own providers redefined.
  expect(["openai", "ollama", "lmstudio"]).not.toContain(provider);
  expect(codesOf("codex").some(({ code }) => code.includes(`export ${variable}="cr_`))).toBe(true);
});

it("gives opencode each interface at the address that its library completes", () => {
  const { provider } = JSON.parse(fileOf("opencode", "opencode.json"));
  const places = Object.values<{ npm: string; options: { baseURL: string } }>(provider).map(
    ({ npm, options }) => [npm, options.baseURL],
  );
  expect(places).toEqual([
    ["@ai-sdk/anthropic", "https://portal.example/api/v1"],
    ["@ai-sdk/google", "https://portal.example/gemini/v1beta"],
    ["@ai-sdk/openai", "https://portal.example/openai/v1"],
    ["@ai-sdk/openai-compatible", "https://portal.example/openai/v1"],
  ]);
});

it("makes gemini-cli sign in to the portal as to Code Assist", () => {
  expect(JSON.parse(fileOf("code-assist", "settings.json"))).toEqual({
    security: { auth: { selectedType: "oauth-personal" } },
  });
  const run = codesOf("code-assist").find(({ label }) => label === "bash/zsh")?.code;
  expect(run).toContain('export CODE_ASSIST_ENDPOINT="https://portal.example/gemini"');
  expect(run).toContain('export GOOGLE_GENAI_USE_GCA="true"');
  expect(run).toContain('export GOOGLE_CLOUD_ACCESS_TOKEN="cr_');
});

it("shows Claude Code other makers' models only under names that its picker lists", () => {
  const codes = codesOf("claude-models").map(({ code }) => code);
  expect(codes.join("\n")).toContain("CLAUDE_CODE_ENABLE_GATEWAY_MODEL_DISCOVERY");
  const models = codes.flatMap((code) => [...code.matchAll(/--model (\S+)/g)].map(([, m]) => m));
  expect(models.length).toBeGreaterThan(0);
  for (const model of models) expect(model).toMatch(/^claude-/);
});
