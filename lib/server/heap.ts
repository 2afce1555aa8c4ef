import { setFlagsFromString } from "node:v8";

/** How much the heap may grow between two markings, in per cent of what lives in it. */
const GROWING_PERCENT = 100;

/**
 * Lets V8 mark the heap less often. Its own rule counts the memory of buffers against a limit that it
 * sets for a heap which hardly grows, as a relay's does: a body of 8 MB made it mark all that the
 * portal holds on every second request, at twice the price of relaying the body.
 */
export function markSeldom(): void {
  setFlagsFromString(`--heap-growing-percent=${GROWING_PERCENT}`);
}
