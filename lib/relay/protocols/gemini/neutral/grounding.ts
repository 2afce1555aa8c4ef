import type {
  Citation,
  HostedCallBlock,
  HostedResultBlock,
  SearchHit,
} from "../../../neutral-blocks";
import { decode, encode } from "../../../stream/bytes";
import { textOrNull } from "../../json-fields";
import { list, type Message, message, numberOrNull } from "./proto-fields";

/** A passage of the answer and the sources that support it; offsets count bytes of UTF-8. */
export interface Support {
  start: number;
  end: number | null;
  text: string | null;
  sources: readonly (SearchHit & { quoted: string | null })[];
}

/** What a candidate says of its sources. */
export interface Grounding {
  queries: readonly string[];
  hits: readonly SearchHit[];
  supports: readonly Support[];
}

/**
 * Sources of an answer: those of a search, and those that it recited.
 * @see https://ai.google.dev/api/generate-content#GroundingMetadata
 */
export function readGrounding(candidate: Message): Grounding {
  const given = message(candidate.groundingMetadata);
  const chunks = list(given.groundingChunks).map((one) => sourceOf(message(one)));
  const isText = (one: unknown): one is string => typeof one === "string";
  return {
    queries: list(given.webSearchQueries).filter(isText),
    hits: chunks.flatMap(({ url, title, isWeb }) => (isWeb ? [{ url, title }] : [])),
    supports: [
      ...list(given.groundingSupports).map((one) => supportOf(message(one), chunks)),
      ...recited(candidate),
    ],
  };
}

type Source = ReturnType<typeof sourceOf>;

/** A page of the web, a place on the map, or a passage of the caller's own store. */
function sourceOf(chunk: Message) {
  const isWeb = Boolean(chunk.web);
  const given = message(chunk.web ?? chunk.retrievedContext ?? chunk.maps);
  const url = textOrNull(given.uri) ?? "";
  return { url, title: textOrNull(given.title) ?? url, quoted: textOrNull(given.text), isWeb };
}

function supportOf(support: Message, chunks: readonly Source[]): Support {
  const segment = message(support.segment);
  const indices = list(support.groundingChunkIndices).map(numberOrNull);
  return {
    start: numberOrNull(segment.startIndex) ?? 0,
    end: numberOrNull(segment.endIndex),
    text: textOrNull(segment.text),
    sources: indices.flatMap((index) => chunks[index ?? -1] ?? []),
  };
}

/** @see https://ai.google.dev/api/generate-content#citationmetadata */
function recited(candidate: Message): Support[] {
  const given = message(candidate.citationMetadata);
  return list(given.citations ?? given.citationSources)
    .map(message)
    .map(({ startIndex, endIndex, uri, title }) => {
      const url = textOrNull(uri) ?? "";
      return {
        start: numberOrNull(startIndex) ?? 0,
        end: numberOrNull(endIndex),
        text: null,
        sources: [{ url, title: textOrNull(title) ?? url, quoted: null }],
      };
    });
}

/**
 * The citations of one block of text that begins `offset` bytes into the answer. A passage that is found
 * elsewhere than its offsets say is believed to lie where it is found.
 */
export function citationsOf(
  supports: readonly Support[],
  text: string,
  offset: number,
): Citation[] {
  const bytes = encode(text);
  const charAt = (byte: number) => decode(bytes.subarray(0, byte)).length;
  return supports.flatMap((support) => {
    if (support.end === null || support.start < offset || support.end > offset + bytes.length) {
      return [];
    }
    const place = placed(text, support.text, {
      start: charAt(support.start - offset),
      end: charAt(support.end - offset),
    });
    return support.sources.map(({ url, title, quoted }) => ({
      url: url || null,
      title: title || null,
      citedText: quoted,
      ...place,
    }));
  });
}

interface Place {
  start: number | null;
  end: number | null;
}

function placed(
  text: string,
  passage: string | null,
  place: { start: number; end: number },
): Place {
  if (passage === null || text.slice(place.start, place.end) === passage) return place;
  const at = text.indexOf(passage);
  return at < 0 ? { start: null, end: null } : { start: at, end: at + passage.length };
}

/** The search as a call and its result; nothing when none was made. */
export function searchBlocks(
  { queries, hits }: Grounding,
  id: string,
): (HostedCallBlock | HostedResultBlock)[] {
  if (queries.length === 0 && hits.length === 0) return [];
  const tool = "web-search";
  const input = JSON.stringify({ query: queries.join("; ") });
  return [
    { kind: "hosted-call", tool, id, name: "web_search", input },
    { kind: "hosted-result", tool, callId: id, hits, error: null },
  ];
}

/**
 * Each page that was read, as a call and its result.
 * @see https://ai.google.dev/api/generate-content#UrlContextMetadata
 */
export function fetchBlocks(
  candidate: Message,
  idOf: (n: number) => string,
): (HostedCallBlock | HostedResultBlock)[] {
  const { urlMetadata } = message(candidate.urlContextMetadata);
  return list(urlMetadata)
    .map(message)
    .flatMap(({ retrievedUrl, urlRetrievalStatus }, n) => {
      const tool = "web-fetch";
      const input = JSON.stringify({ url: textOrNull(retrievedUrl) ?? "" });
      const status = textOrNull(urlRetrievalStatus) ?? "";
      const error = status === "" || status.endsWith("_SUCCESS") ? null : status;
      return [
        { kind: "hosted-call" as const, tool, id: idOf(n), name: "web_fetch", input },
        { kind: "hosted-result" as const, tool, callId: idOf(n), hits: [], error },
      ];
    });
}
