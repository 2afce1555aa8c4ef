import type { Clock } from "../../shared/clock";

export interface FairLineOptions {
  clock: Clock;
  /** How often somebody looks whether an account has become free elsewhere. */
  lookEveryMs?: number;
  /** Of all keys together. */
  maxWaiting?: number;
}

/** Where a request waits until an account has room for it. */
export interface Place {
  /** true when it is this one's turn to look; false when its time is over. */
  turn(untilMs: number): Promise<boolean>;
  /** It looked and found nothing: it stays where it was, and the next key looks. */
  nothing(): void;
  /** Found something, or gives up. */
  leave(): void;
}

export type FairLine = ReturnType<typeof createFairLine>;

const LOOK_EVERY_MS = 150;
const MAX_WAITING = 1_000;

/**
 * The line of requests for which every account is full, of one process. The requests of a key keep their
 * order, and keys take turns: one that sends a hundred at once makes another wait for one of them, not for
 * a hundred. One looks at a time; who finds an account lets the next look at once.
 */
export function createFairLine({
  clock,
  lookEveryMs = LOOK_EVERY_MS,
  maxWaiting = MAX_WAITING,
}: FairLineOptions) {
  const lines = new Map<string, Waiter[]>();
  let waiting = 0;
  let looking: Waiter | null = null;
  let cancelLook: (() => void) | null = null;

  const nextWaiter = (): Waiter | null => {
    for (const [keyId, line] of lines) {
      const ready = line.find(({ wake }) => wake !== null);
      if (!ready) continue;
      // Its key goes to the end of the turn.
      lines.delete(keyId);
      lines.set(keyId, line);
      return ready;
    }
    return null;
  };
  const look = () => {
    if (looking) return;
    const next = nextWaiter();
    if (!next) return;
    looking = next;
    next.answer(true);
  };
  const lookLater = () => {
    cancelLook ??= clock.after(lookEveryMs, () => {
      cancelLook = null;
      look();
      if (waiting > 0) lookLater();
    });
  };
  const remove = (keyId: string, waiter: Waiter) => {
    const line = lines.get(keyId);
    const at = line?.indexOf(waiter) ?? -1;
    if (!line || at < 0) return;
    line.splice(at, 1);
    if (line.length === 0) lines.delete(keyId);
    waiting -= 1;
    if (waiting > 0 || !cancelLook) return;
    cancelLook();
    cancelLook = null;
  };

  return {
    /** Requests that wait now. */
    waiting: () => waiting,
    /** An account may have room: the next in turn looks. */
    freed: () => look(),
    /** A place at the end of the key's own line; null when that or the whole line is full. */
    enter(keyId: string, maxOfKey: number): Place | null {
      const line = lines.get(keyId) ?? [];
      if (waiting >= maxWaiting || line.length >= maxOfKey) return null;
      const waiter = createWaiter(clock);
      line.push(waiter);
      lines.set(keyId, line);
      waiting += 1;
      lookLater();
      return {
        turn: waiter.turn,
        nothing() {
          if (looking === waiter) looking = null;
        },
        leave() {
          const found = looking === waiter;
          if (found) looking = null;
          waiter.answer(false);
          remove(keyId, waiter);
          if (found) look();
        },
      };
    },
  };
}

type Waiter = ReturnType<typeof createWaiter>;

function createWaiter(clock: Clock) {
  const waiter = {
    wake: null as ((turn: boolean) => void) | null,
    answer(turn: boolean) {
      const wake = waiter.wake;
      waiter.wake = null;
      wake?.(turn);
    },
    turn: (untilMs: number) =>
      new Promise<boolean>((resolve) => {
        const cancel = clock.after(Math.max(untilMs - clock.nowMs(), 0), () =>
          waiter.answer(false),
        );
        waiter.wake = (turn) => {
          cancel();
          resolve(turn);
        };
      }),
  };
  return waiter;
}
