import type { AccountRelease, SettleOrder } from "../../redis/settle-script";

/** How long a settlement is kept for the case that the server loses what it was just given. */
const KEPT_MS = 15_000;
/** Memory is taken and given back in blocks of this; the oldest one goes when there are too many. */
const BLOCK_BYTES = 1024 * 1024;
const MOST_BLOCKS = 16;
/** No letter of UTF-16 takes more bytes than this in UTF-8. */
const BYTES_PER_LETTER = 3;
/** Ends each part of an order: JSON and names hold no line end. */
const END = "\n";
/** An order has so many; see `add`. */
const PARTS = 6;

interface Block {
  bytes: Buffer;
  used: number;
  newestMs: number;
  tags: Set<string>;
}

/**
 * What was settled a moment ago, as bytes outside of V8's heap: as objects, thousands of orders that
 * are thrown away after seconds would be most of what the collector copies. At a rate beyond some
 * 9,000 in `KEPT_MS` the time covered is shorter.
 */
export function recentOrders(nowMs: () => number) {
  let blocks: Block[] = [];

  const expire = () => {
    const oldest = nowMs() - KEPT_MS;
    blocks = blocks.filter(({ newestMs }) => newestMs >= oldest).slice(-MOST_BLOCKS);
  };
  const roomFor = (bytes: number): Block => {
    const last = blocks.at(-1);
    if (last && last.bytes.length - last.used >= bytes) return last;
    expire();
    const size = Math.max(BLOCK_BYTES, bytes);
    const block = {
      bytes: Buffer.allocUnsafeSlow(size),
      used: 0,
      newestMs: 0,
      tags: new Set<string>(),
    };
    blocks.push(block);
    return block;
  };
  return {
    add({ requestId, intents, call, json, releases }: SettleOrder, tag: string): void {
      const given = JSON.stringify(releases);
      const text = [tag, requestId, intents, call, json, given, ""].join(END);
      const block = roomFor(text.length * BYTES_PER_LETTER);
      block.used += block.bytes.write(text, block.used);
      block.newestMs = nowMs();
      block.tags.add(tag);
    },
    /** A shard's orders, oldest first; some may be older than needed, which harms nothing. */
    of(tag: string): SettleOrder[] {
      expire();
      return blocks.filter(({ tags }) => tags.has(tag)).flatMap((block) => ordersOf(block, tag));
    },
    tags(): Set<string> {
      expire();
      return new Set(blocks.flatMap(({ tags }) => [...tags]));
    },
  };
}

function ordersOf({ bytes, used }: Block, sought: string): SettleOrder[] {
  const parts = bytes.toString("utf8", 0, used).split(END);
  const orders: SettleOrder[] = [];
  for (let at = 0; at + PARTS <= parts.length; at += PARTS) {
    const order = parts.slice(at, at + PARTS);
    const [tag, requestId = "", intents = "", call = "", json = "", releases = "[]"] = order;
    if (tag !== sought) continue;
    const given: AccountRelease[] = JSON.parse(releases);
    orders.push({ requestId, intents, call, json, releases: given });
  }
  return orders;
}
