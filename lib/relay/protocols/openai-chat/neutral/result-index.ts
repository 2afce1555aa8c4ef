import type { Turn } from "../../../neutral";
import type { ToolResultBlock } from "../../../neutral-blocks";

/** Results of a conversation's tool calls, to be put directly after their calls. */
export interface ResultIndex {
  /** The next result of a call that a turn made; null when it was never answered. */
  take(callId: string, turnIndex: number): ToolResultBlock | null;
  /** Was this one taken? What never was answers no call. */
  isTaken(block: ToolResultBlock): boolean;
}

/** Ids may come again: some servers count them anew in every answer. */
export function resultIndex(turns: readonly Turn[]): ResultIndex {
  const waiting = new Map<string, { block: ToolResultBlock; turnIndex: number }[]>();
  const taken = new Set<ToolResultBlock>();
  for (const [turnIndex, { blocks }] of turns.entries()) {
    for (const block of blocks) {
      if (block.kind !== "tool-result") continue;
      const same = waiting.get(block.callId) ?? [];
      same.push({ block, turnIndex });
      waiting.set(block.callId, same);
    }
  }
  return {
    take(callId, turnIndex) {
      const queue = waiting.get(callId) ?? [];
      while (queue[0] && queue[0].turnIndex <= turnIndex) queue.shift();
      const block = queue.shift()?.block ?? null;
      if (block) taken.add(block);
      return block;
    },
    isTaken: (block) => taken.has(block),
  };
}
