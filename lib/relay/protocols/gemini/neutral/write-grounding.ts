import type { Citation, HostedCallBlock, HostedResultBlock } from "../../../neutral-blocks";
import { encode } from "../../../stream/bytes";
import { fields, parseJson, textOrNull } from "../../json-fields";
import { type Message, stated } from "./proto-fields";

/** Gathers what an answer says of its sources. */
export interface GroundingWriter {
  /** A block of text that is complete, with its citations. */
  text(text: string, citations: readonly Citation[]): void;
  /** A search or a fetch; false for what Google states as parts. */
  hosted(block: HostedCallBlock | HostedResultBlock): boolean;
  /** Fields of the candidate; empty when there were no sources. */
  metadata(): Message;
}

/**
 * Sources as Google states them, beside the answer and by offsets in bytes.
 * @see https://ai.google.dev/api/generate-content#GroundingMetadata
 */
export function groundingWriter(): GroundingWriter {
  const queries: string[] = [];
  const pages = new Map<string, { index: number; title: string }>();
  const supports: Message[] = [];
  const fetched: { id: string; url: string; ok: boolean }[] = [];
  let bytesBefore = 0;

  const indexOf = (url: string, title: string): number => {
    const known = pages.get(url);
    if (known) return known.index;
    pages.set(url, { index: pages.size, title });
    return pages.size - 1;
  };
  const search = (block: HostedCallBlock | HostedResultBlock) => {
    if (block.kind === "hosted-call") queries.push(...queryOf(block.input));
    else for (const { url, title } of block.hits) indexOf(url, title);
  };
  const fetch = (block: HostedCallBlock | HostedResultBlock) => {
    if (block.kind === "hosted-call") {
      const url = textOrNull(fields(parseJson(block.input)).url) ?? "";
      fetched.push({ id: block.id, url, ok: true });
      return;
    }
    for (const one of fetched) if (one.id === block.callId) one.ok = block.error === null;
  };

  return {
    text(text, citations) {
      for (const { url, title, start, end } of citations) {
        if (url === null) continue;
        const groundingChunkIndices = [indexOf(url, title ?? url)];
        const segment = segmentOf(text, start ?? 0, end ?? text.length, bytesBefore);
        supports.push({ segment, groundingChunkIndices });
      }
      bytesBefore += encode(text).length;
    },
    hosted(block) {
      if (block.tool === "web-search") search(block);
      else if (block.tool === "web-fetch") fetch(block);
      else return false;
      return true;
    },
    metadata() {
      const chunks = [...pages].map(([uri, { title }]) => ({ web: { uri, title } }));
      const groundingMetadata = stated({
        webSearchQueries: queries.length > 0 ? queries : null,
        groundingChunks: chunks.length > 0 ? chunks : null,
        groundingSupports: supports.length > 0 ? supports : null,
      });
      const urlMetadata = fetched.map(({ url, ok }) => ({
        retrievedUrl: url,
        urlRetrievalStatus: `URL_RETRIEVAL_STATUS_${ok ? "SUCCESS" : "ERROR"}`,
      }));
      return stated({
        groundingMetadata: Object.keys(groundingMetadata).length > 0 ? groundingMetadata : null,
        urlContextMetadata: urlMetadata.length > 0 ? { urlMetadata } : null,
      });
    },
  };
}

function queryOf(input: string): string[] {
  const query = textOrNull(fields(parseJson(input)).query);
  return query ? [query] : [];
}

/** Zero is left out, as in all of Google's JSON. */
function segmentOf(text: string, start: number, end: number, bytesBefore: number): Message {
  const byteAt = (char: number) => bytesBefore + encode(text.slice(0, char)).length;
  const startIndex = byteAt(start);
  return stated({
    startIndex: startIndex === 0 ? null : startIndex,
    endIndex: byteAt(end),
    text: text.slice(start, end),
  });
}
