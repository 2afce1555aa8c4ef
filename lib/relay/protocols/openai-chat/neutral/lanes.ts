import type { NeutralEvent, OpenBlock } from "../../../neutral-answer";
import { parseJson } from "../../json-fields";

/** A block of a streamed answer while its pieces arrive. */
interface Lane {
  key: string;
  block: OpenBlock;
  /** Arguments so far of a call. */
  json: string;
  /** What waits until the block may open. */
  held: NeutralEvent[];
}

/**
 * Hands out blocks one after the other. Nothing in this protocol says that a block is done: a text is when
 * another block begins, a call when its arguments are whole, and all are at the end. Pieces of any other
 * block are held back until then.
 */
export function blockLanes() {
  let open: Lane | null = null;
  let waiting: Lane[] = [];
  const doneCalls = new Set<string>();

  const close = (): NeutralEvent[] => {
    if (!open) return [];
    if (open.block.kind === "tool-call") doneCalls.add(open.key);
    open = null;
    return [{ kind: "close" }];
  };
  const openNext = (): NeutralEvent[] => {
    const [next, ...rest] = waiting;
    if (!next) return [];
    const closing = close();
    open = next;
    waiting = rest;
    return [...closing, { kind: "open", block: next.block }, ...next.held];
  };
  const advance = (): NeutralEvent[] => {
    const events: NeutralEvent[] = [];
    while (waiting.length > 0 && (!open || isWhole(open))) events.push(...openNext());
    return events;
  };
  return {
    /** A piece of the block of that key, which it opens if it is the first. */
    piece(key: string, block: OpenBlock, events: readonly NeutralEvent[]): NeutralEvent[] {
      if (doneCalls.has(key)) return [];
      const lane = laneOf(key, block, open, waiting);
      lane.json += jsonOf(lane, events);
      if (lane === open) return [...events, ...advance()];
      lane.held.push(...events);
      return advance();
    },
    /** Ends all blocks. */
    flush(): NeutralEvent[] {
      const events: NeutralEvent[] = [];
      while (waiting.length > 0) events.push(...openNext());
      return [...events, ...close()];
    },
  };
}

function laneOf(key: string, block: OpenBlock, open: Lane | null, waiting: Lane[]): Lane {
  const known = open?.key === key ? open : waiting.find((lane) => lane.key === key);
  if (known) return known;
  const lane = { key, block, json: "", held: [] };
  waiting.push(lane);
  return lane;
}

function jsonOf({ block }: Lane, events: readonly NeutralEvent[]): string {
  if (block.kind !== "tool-call") return "";
  return events.map((event) => (event.kind === "delta" ? event.text : "")).join("");
}

function isWhole({ block, json }: Lane): boolean {
  return block.kind !== "tool-call" || typeof parseJson(json) === "object";
}
