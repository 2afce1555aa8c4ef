/**
 * Why an upstream refused a conversation that passed to it untouched: it found thoughts that are not its
 * own ("foreign"), or missed some ("missing"). Opening the call and writing it anew heals both.
 */
export type ThoughtRefusal = "foreign" | "missing";

const SENTENCES: readonly (readonly [RegExp, ThoughtRefusal])[] = [
  /** @see https://developers.openai.com/api/docs/guides/reasoning */
  [/invalid_encrypted_content/, "foreign"],
  /** @see https://platform.claude.com/docs/en/build-with-claude/extended-thinking */
  [/invalid `signature` in `thinking` block/i, "foreign"],
  [/expected `thinking` or `redacted_thinking`, but found/i, "missing"],
  /** @see https://ai.google.dev/gemini-api/docs/thought-signatures */
  [/corrupted thought signature|thought signature is not valid/i, "foreign"],
  [/missing an? `?thought_signature/i, "missing"],
];

/** What a failed answer says about thoughts; null when it is about something else. */
export function thoughtRefusal(status: number, body: string): ThoughtRefusal | null {
  if (status !== 400) return null;
  return SENTENCES.find(([sentence]) => sentence.test(body))?.[1] ?? null;
}
