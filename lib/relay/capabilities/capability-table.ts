import { type Removal, removalName } from "./removal";

/** What upstreams were seen to refuse, per place: an account, a format and a model. */
export interface CapabilityTable {
  /** Asked at every request, before anything is looked up. */
  isEmpty(): boolean;
  known(place: string, nowMs: number): readonly Removal[];
  /** What is known already keeps its time: sooner or later it is tried again. */
  learn(place: string, removals: readonly Removal[], nowMs: number): void;
  forget(place: string, removals: readonly Removal[]): void;
}

/** Upstreams learn too: after this long the refused thing is tried again. */
const LIVES_MS = 60 * 60 * 1000;
const MAX_PLACES = 1_000;
const MAX_REMOVALS = 20;

interface Learnt {
  removal: Removal;
  untilMs: number;
}

const NONE: readonly Removal[] = [];

/** A table in memory. Beyond its bounds the place that was first learnt about is forgotten. */
export function newCapabilityTable(): CapabilityTable {
  const places = new Map<string, Learnt[]>();

  function keep(place: string, learnt: Learnt[]): void {
    if (learnt.length === 0) places.delete(place);
    else places.set(place, learnt);
  }

  function living(place: string, nowMs: number): Learnt[] {
    const all = places.get(place) ?? [];
    const learnt = all.filter(({ untilMs }) => untilMs > nowMs);
    if (learnt.length < all.length) keep(place, learnt);
    return learnt;
  }

  return {
    isEmpty: () => places.size === 0,
    known(place, nowMs) {
      if (!places.has(place)) return NONE;
      return living(place, nowMs).map(({ removal }) => removal);
    },
    learn(place, removals, nowMs) {
      const learnt = living(place, nowMs);
      const names = new Set(learnt.map(({ removal }) => removalName(removal)));
      const added = removals
        .filter((removal) => !names.has(removalName(removal)))
        .map((removal) => ({ removal, untilMs: nowMs + LIVES_MS }));
      keep(place, [...learnt, ...added].slice(-MAX_REMOVALS));
      const [oldest] = places.keys();
      if (places.size > MAX_PLACES && oldest !== undefined) places.delete(oldest);
    },
    forget(place, removals) {
      const names = new Set(removals.map(removalName));
      const learnt = places.get(place) ?? [];
      keep(
        place,
        learnt.filter(({ removal }) => !names.has(removalName(removal))),
      );
    },
  };
}
