import { executionAsyncResource } from "node:async_hooks";
import { setFlagsFromString } from "node:v8";

/** How much the heap may grow between two markings, in per cent of what lives in it. */
const GROWING_PERCENT = 100;

/** Holds what is kept for its shape alone. */
const kept: object[] = [];

/** Sets V8 up for a process that relays. To be called once, before anything is served. */
export function tuneEngine(): void {
  markSeldom();
  keepTickShape();
  quickenStrings();
}

/**
 * Lets V8 mark the heap less often. Its own rule counts the memory of buffers against a limit that it
 * sets for a heap which hardly grows, as a relay's does: a body of 8 MB made it mark all that the
 * portal holds on every second request, at twice the price of relaying the body.
 */
function markSeldom(): void {
  setFlagsFromString(`--heap-growing-percent=${GROWING_PERCENT}`);
}

/**
 * Keeps the object of one `process.nextTick` for ever, and with it the shape of all of them. A full
 * collection in a moment without any of them throws the shape away; the compiler then finds another one
 * than it had seen, and Node's own streams call the runtime at each of their ticks from then on.
 */
function keepTickShape(): void {
  process.nextTick(() => kept.push(executionAsyncResource()));
}

/** Calls after which V8 remembers what a place in the code has met. */
const REMEMBERED_AFTER = 2_000;

/**
 * Makes the methods of strings quick to find again. A class that extends `String` (ioredis has one) turns
 * `String.prototype` into a dictionary, and from then on compiled code looks `charCodeAt` up for each
 * character: a scan costs four times as much. V8 makes a prototype quick when it meets an object with it
 * in a place that had met others, but never for a plain string.
 */
export function quickenStrings(): void {
  for (let i = 0; i < REMEMBERED_AFTER; i++) methodOf({});
  for (let i = 0; i < 2; i++) methodOf(Object("a string as an object"));
}

function methodOf(holder: { charCodeAt?: unknown }): unknown {
  return holder.charCodeAt;
}
