import type { HostedCallBlock, HostedResultBlock } from "../../../neutral-blocks";
import { fetchBlocks, type Grounding, readGrounding, searchBlocks } from "./grounding";
import type { Message } from "./proto-fields";

type HostedBlock = HostedCallBlock | HostedResultBlock;

const NO_GROUNDING: Grounding = { queries: [], hits: [], supports: [] };

/** What an answer has said of its sources so far: each search and each fetch is told once. */
export function answerSources() {
  let grounding = NO_GROUNDING;
  let searched = false;
  let fetched = false;
  return {
    /** The newest statement holds for all of the answer. */
    read(candidate: Message): void {
      if (candidate.groundingMetadata || candidate.citationMetadata) {
        grounding = readGrounding(candidate);
      }
    },
    supports: () => grounding.supports,
    /** `early`: only when its hits are known already. */
    search(early: boolean): HostedBlock[] {
      if (searched || (early && grounding.hits.length === 0)) return [];
      // Pages that were fetched are sources too, although nobody searched for them.
      if (fetched && grounding.queries.length === 0) return [];
      const blocks = searchBlocks(grounding, "search_1");
      searched = blocks.length > 0;
      return blocks;
    },
    fetches(candidate: Message): HostedBlock[] {
      if (fetched) return [];
      const blocks = fetchBlocks(candidate, (n) => `fetch_${n + 1}`);
      fetched = blocks.length > 0;
      return blocks;
    },
  };
}
