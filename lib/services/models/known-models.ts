import type { ProtocolId } from "../../relay/model";
import type { ListedModel } from "../../relay/protocols/protocol";
import type { ListedPriceBook } from "./load-price-book";

/** How the names of a protocol's own models begin. */
const BEGINNINGS: Record<ProtocolId, string> = { anthropic: "claude-", gemini: "gemini-" };

/** The models of a protocol that a price book lists by name. Limits of tokens are not known. */
export function knownModels(book: ListedPriceBook, protocol: ProtocolId): ListedModel[] {
  return book.names
    .filter((name) => name.startsWith(BEGINNINGS[protocol]))
    .map((id) => ({
      id,
      displayName: id,
      createdAtMs: book.activeAtMs,
      inputTokenLimit: null,
      outputTokenLimit: null,
    }));
}
