import type { TranslatedId } from "../../model";

/** Signatures for which a wire format has a field that its clients send back. */
export interface Carries {
  thinking: boolean;
  redacted: boolean;
  text: boolean;
  call: boolean;
}

const GEMINI: Carries = { thinking: true, redacted: false, text: true, call: true };
const CHAT: Carries = { thinking: false, redacted: false, text: false, call: false };

/**
 * What each face can carry.
 * @see https://platform.claude.com/docs/en/api/messages
 * @see https://ai.google.dev/api/caching#Part
 * @see https://developers.openai.com/api/docs/guides/reasoning
 */
export const CARRIES: Readonly<Record<TranslatedId, Carries>> = {
  anthropic: { thinking: true, redacted: true, text: false, call: false },
  gemini: GEMINI,
  "code-assist": GEMINI,
  "openai-responses": { thinking: true, redacted: false, text: false, call: false },
  "openai-chat": CHAT,
  "openai-completions": CHAT,
};
