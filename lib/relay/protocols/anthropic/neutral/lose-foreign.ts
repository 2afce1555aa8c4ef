import type { Extra } from "../../../neutral-blocks";
import type { Lose } from "../../loss-list";
import { extrasOf } from "../../own-extra";

const { foreignNames } = extrasOf("anthropic");

/** Names the fields of another protocol that are left behind. */
export function loseForeign(extra: Extra | undefined, lose: Lose): void {
  const names = foreignNames(extra);
  if (names !== null) lose("other-fields", names);
}
