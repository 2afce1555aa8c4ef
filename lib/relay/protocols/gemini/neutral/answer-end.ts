import type { FinishReason, NeutralEvent } from "../../../neutral-answer";
import { wordOf } from "./finish";
import { kept } from "./own-extra";
import type { Message } from "./proto-fields";

/** How an answer ends, and all that was said beside its parts. */
export function answerEnd() {
  let finish: { reason: FinishReason; word: string | null } | null = null;
  let response: Message = {};
  let candidate: Message = {};
  let usageMetadata: Message | null = null;
  return {
    keep(ofResponse: Message, ofCandidate: Message): void {
      response = { ...response, ...ofResponse };
      candidate = { ...candidate, ...ofCandidate };
    },
    keepUsage(metadata: Message): void {
      usageMetadata = metadata;
    },
    /** `word` is Google's; null when the prompt itself was blocked. */
    finish(reason: FinishReason, word: string | null): void {
      finish = { reason, word };
    },
    /** null while no end was stated. */
    event(called: boolean): NeutralEvent | null {
      if (!finish) return null;
      const { word } = finish;
      // Google has no word of its own for an end with calls.
      const reason = finish.reason === "end" && called ? "tool-calls" : finish.reason;
      const ownWord = word !== null && word !== wordOf(reason) ? { finishReason: word } : {};
      const extra = kept({
        ...(word === null ? { blocked: true } : {}),
        response,
        candidate: { ...candidate, ...ownWord },
        ...(usageMetadata ? { usageMetadata } : {}),
      });
      return { kind: "finish", reason, stopSequence: null, ...extra };
    },
  };
}
