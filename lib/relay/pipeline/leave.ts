import type { RelayRequest } from "../ports";

/** The caller's presence, for whoever is working for it at the moment. */
export interface Leave {
  hasLeft(): boolean;
  /** Replaces what is done when the caller leaves; runs at once when it has left already. */
  whenLeft(fn: () => void): void;
  stop(): void;
}

/** Watches whether the caller is still there. */
export function watchLeave(request: Pick<RelayRequest, "onLeave">): Leave {
  let left = false;
  let act: () => void = () => {};
  const stop = request.onLeave(() => {
    left = true;
    act();
  });
  return {
    hasLeft: () => left,
    whenLeft(fn) {
      act = fn;
      if (left) fn();
    },
    stop,
  };
}
