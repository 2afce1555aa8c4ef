import { perName } from "../../shared/per-name";
import type { ProtocolId } from "../model";

type Maker = "anthropic" | "google" | "openai";

/** How makers begin the names of their models. */
const BEGINNINGS: readonly (readonly [Maker, RegExp])[] = [
  ["anthropic", /^(claude|anthropic)[-.]/i],
  ["google", /^(gemini|gemma|learnlm|imagen|veo)-/i],
  ["openai", /^(gpt-|chatgpt-|codex-|o\d(-|$)|text-embedding-|dall-e-|davinci-|babbage-)/i],
];

/** Whose models an upstream of a format is expected to serve. */
const MAKERS: Readonly<Record<ProtocolId, Maker>> = {
  anthropic: "anthropic",
  gemini: "google",
  "code-assist": "google",
  "gemini-embeddings": "google",
  "openai-chat": "openai",
  "openai-responses": "openai",
  "openai-completions": "openai",
  "openai-compact": "openai",
  "openai-embeddings": "openai",
  "openai-images": "openai",
};

/** Names come from callers: bounded. */
const KEPT = { most: 2_000, longest: 200 };
const makerOf = perName(
  KEPT,
  (name): Maker | null => BEGINNINGS.find(([, beginning]) => beginning.test(name))?.[0] ?? null,
);

/** Is this name known to be of another maker than those that speak this format? Unknown names are not. */
export function isForeignName(name: string, spoken: ProtocolId): boolean {
  const maker = makerOf(name);
  return maker !== null && maker !== MAKERS[spoken];
}

const ALIAS = "claude-";

/**
 * The name under which a Claude client sees a model of another maker: its picker lists only what begins
 * with `claude-`. Claude's own names stay as they are.
 */
export function withAlias(name: string): string {
  return makerOf(name) === "anthropic" ? name : `${ALIAS}${name}`;
}

/** What follows the alias's beginning: a name that an account's map may list; null without one. */
export function afterAlias(name: string): string | null {
  return name.startsWith(ALIAS) ? name.slice(ALIAS.length) : null;
}

/** The known name of another maker that an alias stands for; the same name when it is none. */
export function withoutAlias(name: string): string {
  const bare = afterAlias(name);
  const maker = bare === null ? null : makerOf(bare);
  return bare === null || maker === null || maker === "anthropic" ? name : bare;
}
