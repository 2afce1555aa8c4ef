"use client";

import { useNow as useServerNow } from "next-intl";
import { useSyncExternalStore } from "react";

const TICK_MS = 10_000;

// One timer for every time on the page, and none while no time is shown.
const listeners = new Set<() => void>();
let nowMs = Date.now();
let timer: ReturnType<typeof setInterval> | null = null;

function tick(): void {
  nowMs = Date.now();
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  timer ??= setInterval(tick, TICK_MS);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0 || timer === null) return;
    clearInterval(timer);
    timer = null;
  };
}

const readNow = () => nowMs;

/**
 * The present moment in ms, moving on every ten seconds. While the server's markup is being taken
 * over it is the server's own moment, so that both sides write the same words.
 */
export function useNowMs(): number {
  const server = useServerNow().getTime();
  const client = useSyncExternalStore(subscribe, readNow, () => server);
  // A thing that happened after the last tick must not read as if it lay ahead.
  return Math.max(client, server);
}
