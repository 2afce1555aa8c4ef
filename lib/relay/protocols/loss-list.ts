import type { Loss, LossKind } from "../neutral-loss";

/** Notes what could not be carried over. */
export type Lose = (kind: LossKind, detail: string) => void;

/** Gathers losses, each once. */
export function lossList(): { lose: Lose; list(): Loss[] } {
  const found = new Map<string, Loss>();
  return {
    lose(kind, detail) {
      found.set(`${kind} ${detail}`, { kind, detail });
    },
    list: () => [...found.values()],
  };
}
