import type { Extra } from "../../../neutral-blocks";
import type { Loss, LossKind } from "../../../neutral-loss";
import { foreignNames } from "./own-extra";

/** Losses of one call or answer, each told once. */
export interface LossList {
  add(kind: LossKind, detail: string): void;
  /** Names what another protocol's reader kept on a node. */
  addForeign(extra: Extra | undefined): void;
  all(): readonly Loss[];
}

/** An empty list of losses. */
export function lossList(): LossList {
  const told = new Map<string, Loss>();
  const add = (kind: LossKind, detail: string) => {
    told.set(`${kind} ${detail}`, { kind, detail });
  };
  return {
    add,
    addForeign(extra) {
      const names = foreignNames(extra);
      if (names !== null) add("other-fields", names);
    },
    all: () => [...told.values()],
  };
}
