import type { TranslatedId } from "../../model";
import { modelTraits } from "../../protocols/gemini/neutral/model-traits";
import type { Hmac, Thinker } from "./thoughts";

/** Wire formats whose signatures are of one kind. */
export type SignerGroup = "anthropic" | "gemini" | "openai-responses" | "openai-chat";

const GROUPS: Readonly<Record<TranslatedId, SignerGroup>> = {
  anthropic: "anthropic",
  gemini: "gemini",
  "code-assist": "gemini",
  "openai-responses": "openai-responses",
  "openai-chat": "openai-chat",
  "openai-completions": "openai-chat",
};

/** The kind of signatures that a wire format carries. */
export function groupOf(protocol: TranslatedId): SignerGroup {
  return GROUPS[protocol];
}

/**
 * Who can read what this thinker signs, in one word: two thinkers with the same word take each other's
 * signatures. Claude's are valid in every account; Gemini's in every account, but between models of one
 * generation only; all others open nowhere but in the account (OpenAI: the organisation) that made them.
 * @see https://platform.claude.com/docs/en/build-with-claude/extended-thinking
 * @see https://ai.google.dev/gemini-api/docs/thought-signatures
 * @see https://developers.openai.com/api/docs/guides/reasoning
 */
export function provenanceOf({ protocol, model, accountId }: Thinker, hmac: Hmac): string {
  const group = groupOf(protocol);
  return `${group}/${sharedFamily(group, model) ?? `account-${hmac(`account\n${accountId}`).slice(0, 12)}`}`;
}

/** Does this model refuse function calls of the current turn that carry no signature? */
export function insistsOnSignatures({ protocol, model }: Thinker): boolean {
  if (groupOf(protocol) !== "gemini" || isClaude(model)) return false;
  return modelTraits(model).generation >= INSISTING_GENERATION;
}

const INSISTING_GENERATION = 3;

function sharedFamily(group: SignerGroup, model: string): string | null {
  // Google's Code Assist serves Claude too, with Claude's signatures.
  if (group === "anthropic" || group === "gemini") {
    if (isClaude(model)) return "claude";
  }
  if (group !== "gemini") return null;
  const { generation } = modelTraits(model);
  // An alias such as gemini-pro-latest may stand for another generation tomorrow.
  return Number.isFinite(generation) ? `gemini-${Math.floor(generation)}` : null;
}

function isClaude(model: string): boolean {
  return /claude|opus|sonnet|haiku/i.test(model);
}
