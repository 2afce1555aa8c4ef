"use client";

import { useState } from "react";
import type { MouseHandlerDataParam } from "recharts";

interface DragOptions {
  onPick?: (atMs: number) => void;
  onRange?: (fromMs: number, toMs: number) => void;
  bucketMs: number;
}

/** A press on one bucket picks it; a drag over several chooses a range. */
export function useDrag({ onPick, onRange, bucketMs }: DragOptions) {
  const [from, setFrom] = useState<number | null>(null);
  const [to, setTo] = useState<number | null>(null);
  const clear = () => {
    setFrom(null);
    setTo(null);
  };
  const end = () => {
    const chosen = from === null || to === null ? null : order(from, to);
    clear();
    if (!chosen) return;
    const [start, last] = chosen;
    if (start === last) onPick?.(start);
    // The last bucket belongs to the range as a whole.
    else onRange?.(start, last + bucketMs);
  };
  const start = (state: MouseHandlerDataParam) => {
    const at = momentOf(state);
    setFrom(at);
    setTo(at);
  };
  const move = (state: MouseHandlerDataParam) => {
    if (from !== null && onRange) setTo(momentOf(state) ?? to);
  };
  const wanted = onPick || onRange;
  return {
    range: from !== null && to !== null && from !== to ? order(from, to) : null,
    handlers: wanted
      ? { onMouseDown: start, onMouseMove: move, onMouseUp: end, onMouseLeave: clear }
      : {},
  };
}

function momentOf({ activeLabel }: MouseHandlerDataParam): number | null {
  const at = Number(activeLabel);
  return activeLabel === undefined || !Number.isFinite(at) ? null : at;
}

function order(a: number, b: number): [number, number] {
  return a < b ? [a, b] : [b, a];
}
