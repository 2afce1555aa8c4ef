import { describe, expect, it } from "vitest";
import type { TranslatedId } from "../../model";
import { hmac } from "../../testing/thinkers";
import { provenanceOf } from "./provenance";
import type { Thinker } from "./thoughts";

describe("who reads whose signatures", () => {
  const readable = (maker: Thinker, target: Thinker) =>
    provenanceOf(maker, hmac) === provenanceOf(target, hmac);
  const of = (protocol: TranslatedId, model: string, accountId = "acc_1"): Thinker => ({
    protocol,
    model,
    accountId,
  });

  it("lets Claude read Claude's in every account", () => {
    const opus = of("anthropic", "claude-opus-5-5");
    expect(readable(opus, of("anthropic", "claude-sonnet-4-5", "acc_2"))).toBe(true);
    expect(readable(opus, of("anthropic", "some-model", "acc_2"))).toBe(false);
  });

  it("lets Gemini read its generation's in every account, by either door of Google", () => {
    const pro = of("gemini", "gemini-3.1-pro-preview");
    expect(readable(pro, of("gemini", "gemini-3.8-flash", "acc_2"))).toBe(true);
    expect(readable(pro, of("code-assist", "models/gemini-3.8-flash", "acc_2"))).toBe(true);
    expect(readable(pro, of("gemini", "gemini-2.5-pro"))).toBe(false);
    expect(readable(pro, of("gemini", "gemini-4-argon"))).toBe(false);
  });

  it("takes Claude behind Google's door for Claude behind that door only", () => {
    const behind = of("code-assist", "claude-opus-4-6-thinking");
    expect(readable(behind, of("code-assist", "claude-sonnet-5-5", "acc_2"))).toBe(true);
    expect(readable(behind, of("code-assist", "gemini-3.8-pro"))).toBe(false);
    expect(readable(behind, of("anthropic", "claude-opus-4-6"))).toBe(false);
  });

  it("lets nobody but the account read OpenAI's, and does not tell which account", () => {
    const one = of("openai-responses", "gpt-6", "acc_secret");
    expect(readable(one, of("openai-responses", "gpt-6-mini", "acc_secret"))).toBe(true);
    expect(readable(one, of("openai-responses", "gpt-6", "acc_2"))).toBe(false);
    expect(provenanceOf(one, hmac)).not.toContain("secret");
  });
});
