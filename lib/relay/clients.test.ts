import { expect, it } from "vitest";
import { clientToken, isAllowedClient } from "./clients";

it("knows clients by how their user agents begin", () => {
  const agents: [string, string][] = [
    ["claude-code", "claude-cli/2.1.330 (external, cli)"],
    ["gemini-cli", "GeminiCLI/0.61.0/gemini-3-pro (linux; x64)"],
    ["codex", "codex_cli_rs/0.169.0 (Debian 12)"],
    ["droid", "factory-cli/0.1.2"],
  ];
  for (const [client, agent] of agents) {
    for (const [other] of agents) {
      expect(isAllowedClient([other], agent), `${agent} as ${other}`).toBe(other === client);
    }
  }
  expect(isAllowedClient(["claude-code"], "curl/8 claude-cli/2.1.330")).toBe(false);
  expect(isAllowedClient([], "claude-cli/2.1.330")).toBe(false);
  expect(isAllowedClient(["constructor"], "constructor")).toBe(true);
});

it("keeps the product token only", () => {
  expect(clientToken("claude-cli/2.1.330 (external, cli)")).toBe("claude-cli/2.1.330");
  expect(clientToken("Anthropic/JS 1.12.0")).toBe("Anthropic/JS");
  expect(clientToken("curl")).toBe("curl");
  expect(clientToken("<script>")).toBeNull();
  expect(clientToken(undefined)).toBeNull();
  expect(clientToken("")).toBeNull();
});

it("reads every user agent right, however many there were and however long they are", () => {
  for (let round = 0; round < 2; round++) {
    for (let i = 0; i < 1_200; i++) expect(clientToken(`tool/${i} (x)`)).toBe(`tool/${i}`);
    expect(clientToken(`long/1 ${"x".repeat(5_000)}`)).toBe("long/1");
    expect(clientToken("<script>")).toBeNull();
  }
});
