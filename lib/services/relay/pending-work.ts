import { inFlight } from "../../shared/in-flight";

/** Work that nobody waits for, until the process ends. */
export interface PendingWork {
  /** `work` must not reject. */
  track(work: Promise<void>): void;
  /** Resolves when everything that was begun so far is done. */
  idle(): Promise<void>;
}

export function pendingWork(): PendingWork {
  const pending = inFlight<Promise<void>>();
  let begun = 0;
  return {
    track(work) {
      const id = `work ${begun++}`;
      pending.set(id, work);
      void work.then(() => void pending.delete(id));
    },
    async idle() {
      await Promise.all(pending.values());
    },
  };
}
