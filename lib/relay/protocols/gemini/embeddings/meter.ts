import type { Usage } from "../../../model";
import { jsonPaths, parseSpan, scanJson } from "../../../stream/json-scan";
import type { Meter } from "../../protocol";
import { wholeAnswer } from "../../whole-answer";
import { geminiUsage } from "../usage";

const PATHS = jsonPaths("usageMetadata");
/** An answer is vectors: many numbers and few keys. */
const LIMITS = { maxDepth: 64, maxKeys: Number.POSITIVE_INFINITY };

/**
 * Reads along an answer of embedContent or batchEmbedContents. Most models state no usage, so that there
 * is none, and nothing that is delivered counts as text.
 * @see https://ai.google.dev/api/embeddings#EmbedContentResponse
 */
export function embeddingsMeter(): Meter {
  const answer = wholeAnswer();
  let usage: Usage | null = null;
  let whole = false;
  return {
    push: answer.push,
    end() {
      const bytes = answer.bytes();
      try {
        usage = geminiUsage(parseSpan(bytes, scanJson(bytes, PATHS, LIMITS).get("usageMetadata")));
        whole = true;
      } catch {
        // What is not whole states nothing.
      }
    },
    usage: () => usage,
    reportedModel: () => null,
    complete: () => whole,
    inBandError: () => null,
    deliveredChars: () => 0,
  };
}
