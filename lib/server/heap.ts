import { executionAsyncResource } from "node:async_hooks";
import { setFlagsFromString } from "node:v8";

/** How much the heap may grow between two markings, in per cent of what lives in it. */
const GROWING_PERCENT = 100;

/** Holds what is kept for its shape alone. */
const kept: object[] = [];

/** Sets the collector up for a process that relays. To be called once, before anything is served. */
export function tuneHeap(): void {
  markSeldom();
  keepTickShape();
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
