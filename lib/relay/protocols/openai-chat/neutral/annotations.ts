import type { Citation } from "../../../neutral-blocks";
import { fields, textOrNull, tokenCount } from "../../json-fields";
import { type Fields, without } from "../../own-extra";
import { kept, ownFields } from "./own-extra";

const URL_CITATION = "url_citation";

/**
 * Annotations of a message's text.
 * @see https://platform.openai.com/docs/api-reference/chat/object
 */
export function readAnnotations(annotations: unknown): Citation[] {
  return Array.isArray(annotations) ? annotations.map(fields).flatMap(readAnnotation) : [];
}

function readAnnotation(annotation: Fields): Citation[] {
  if (annotation.type !== URL_CITATION) return [];
  const cited = fields(annotation.url_citation);
  return [
    {
      url: textOrNull(cited.url),
      title: textOrNull(cited.title),
      citedText: textOrNull(cited.content),
      start: tokenCount(cited.start_index),
      end: tokenCount(cited.end_index),
      ...kept(without(cited, "url", "title", "content", "start_index", "end_index")),
    },
  ];
}

/**
 * A citation of a text of that length, which begins so far into the message; of the whole text where it
 * states no place. null without an address.
 */
export function writeAnnotation(
  { url, title, start, end, extra }: Citation,
  text: { begin: number; length: number },
): Fields | null {
  if (url === null) return null;
  const url_citation = {
    ...ownFields(extra),
    start_index: text.begin + (start ?? 0),
    end_index: text.begin + (end ?? text.length),
    title: title ?? url,
    url,
  };
  return { type: URL_CITATION, url_citation };
}
