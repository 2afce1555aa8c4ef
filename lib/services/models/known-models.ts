import type { ProtocolId } from "../../relay/model";
import type { ListedModel } from "../../relay/protocols/protocol";
import type { ListedPriceBook } from "./load-price-book";

const CLAUDE = /^claude-/;
const GEMINI = /^gemini-/;
/** OpenAI's models of text; its list holds what hears, speaks, draws and measures as well. */
const GPT =
  /^(?:gpt-|chatgpt-|codex-|o\d)(?!.*(?:audio|realtime|transcribe|tts|image|safeguard|oss))/;

/** How the names of the models are that upstreams of a format are known to serve. */
const NAMES: Readonly<Record<ProtocolId, RegExp>> = {
  anthropic: CLAUDE,
  gemini: GEMINI,
  "code-assist": GEMINI,
  "gemini-embeddings": /^gemini-embedding-/,
  "openai-chat": GPT,
  "openai-responses": GPT,
  "openai-completions": GPT,
  "openai-compact": GPT,
  "openai-embeddings": /^text-embedding-/,
  "openai-images": /^gpt-image-/,
};

/** The models of a format that a price book lists by name. Limits of tokens are not known. */
export function knownModels(book: ListedPriceBook, protocol: ProtocolId): ListedModel[] {
  return book.names
    .filter((name) => NAMES[protocol].test(name))
    .map((id) => ({
      id,
      displayName: id,
      createdAtMs: book.activeAtMs,
      inputTokenLimit: null,
      outputTokenLimit: null,
    }));
}
