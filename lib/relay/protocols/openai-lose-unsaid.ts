import type { ProtocolId } from "../model";
import type { NeutralCall } from "../neutral";
import type { Block } from "../neutral-blocks";
import type { Lose } from "./loss-list";
import { extrasOf } from "./own-extra";

/** Names what of a foreign call no writer of a single part looks at. `own`: the protocol that is written. */
export function loseUnsaid(call: NeutralCall, own: ProtocolId, lose: Lose): void {
  const { foreignNames } = extrasOf(own);
  const loseFields = (extra: Block["extra"], where: string) => {
    const names = foreignNames(extra);
    if (names !== null) lose("other-fields", `${where}${names}`);
  };
  loseFields(call.extra, "");
  const blocks = call.turns.flatMap((turn) => turn.blocks);
  for (const block of [...call.system, ...blocks]) {
    if ("cache" in block && block.cache !== null) loseHint(lose);
    // What an item of another protocol is made of goes with the item.
    const isItem = block.kind === "other" || block.kind.startsWith("hosted");
    if (!isItem) loseFields(block.extra, `${block.kind}: `);
  }
  for (const tool of call.tools) {
    loseFields(tool.extra, "tools: ");
    if (tool.kind === "function" && tool.cache !== null) loseHint(lose);
  }
}

/** OpenAI caches prefixes without being asked to. */
function loseHint(lose: Lose): void {
  lose("cache-hint", "cache_control");
}
