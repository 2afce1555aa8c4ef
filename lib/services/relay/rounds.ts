import type { Clock } from "../../shared/clock";

/**
 * Repeats work at a distance, never two rounds at a time. What fails is told and tried again at the
 * next round.
 */
export function createRounds(clock: Clock, onError: (what: string, error: unknown) => void) {
  const cancels = new Map<string, () => void>();
  return {
    every(ms: number, what: string, work: () => Promise<void>): void {
      const round = async () => {
        await work().catch((error: unknown) => onError(what, error));
        // Stopped while it worked: no further round.
        if (cancels.has(what))
          cancels.set(
            what,
            clock.after(ms, () => void round()),
          );
      };
      cancels.set(
        what,
        clock.after(ms, () => void round()),
      );
    },
    stop(): void {
      for (const cancel of cancels.values()) cancel();
      cancels.clear();
    },
  };
}
