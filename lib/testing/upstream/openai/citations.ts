import type { Answer, AnswerBlock } from "../answer";

/** Where a text stands on a page that was found. */
export interface UrlCitation {
  url: string;
  title: string;
  start_index: number;
  end_index: number;
}

/** What a text of the answer is cited from: the pages of the search before it, each for the whole text. */
export function citationsOf(answer: Answer, index: number): UrlCitation[] {
  const block = answer.blocks[index];
  const search = answer.blocks.slice(0, index).findLast(isSearch);
  if (block?.kind !== "text" || search === undefined) return [];
  return search.results.map(({ url, title }) => ({
    url,
    title,
    start_index: 0,
    end_index: block.text.length,
  }));
}

function isSearch(block: AnswerBlock): block is Extract<AnswerBlock, { kind: "search" }> {
  return block.kind === "search";
}
