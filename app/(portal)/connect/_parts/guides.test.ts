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
