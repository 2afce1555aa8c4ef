import type { Citation } from "../../../neutral-blocks";
import { fields, textOrNull } from "../../json-fields";
import { isObject, type Json, keptWhole, listOf, own } from "./wire";

/**
 * Citations of a text. Anthropic's support the whole block, so that they state no place in it; what
 * kind they are and where they point stays in `extra`.
 * @see https://docs.claude.com/en/docs/build-with-claude/citations
 */
export function readCitations(value: unknown): Citation[] {
  return listOf(value).filter(isObject).map(readCitation);
}

/** One citation, of any kind. */
export function readCitation(raw: unknown): Citation {
  const given = fields(raw);
  const fromSearch = given.type === "search_result_location";
  return {
    url: textOrNull(given.url) ?? (fromSearch ? textOrNull(given.source) : null),
    title: textOrNull(given.title) ?? textOrNull(given.document_title),
    citedText: textOrNull(given.cited_text),
    start: null,
    end: null,
    extra: own(given),
  };
}

/** The citation as it came from this protocol; null for one of another. */
export function ownCitation(citation: Citation): Json | null {
  return keptWhole(citation.extra);
}

/**
 * A citation for an answer; null for one without an address. The index into the provider's own search is
 * empty for searches of other providers.
 */
export function answerCitation(citation: Citation): Json | null {
  const whole = ownCitation(citation);
  if (whole || citation.url === null) return whole;
  return {
    type: "web_search_result_location",
    url: citation.url,
    title: citation.title,
    cited_text: citation.citedText ?? "",
    encrypted_index: "",
  };
}

/** True for a citation of a search that another provider made: Anthropic would refuse its empty index. */
export function isBorrowed(citation: Json): boolean {
  return citation.type === "web_search_result_location" && citation.encrypted_index === "";
}
