import { perName } from "../../shared/per-name";

/** Addresses that are kept: few accounts times few models; beyond it all are read anew. */
const KEPT = { most: 1_000 };
/** The same for each way of asking an account: its models. */
const KEPT_NAMES = { most: 100 };

/**
 * The address as a URL, the same object each time: reading one costs more than sending to it, and what
 * was found out about it can be kept by the object. Nobody may change it. Throws TypeError.
 */
export const sharedUrl = perName(KEPT, (text) => new URL(text));

/** The same for addresses that a name is part of, found by the name alone. */
export function sharedUrls(textOf: (name: string) => string): (name: string) => URL {
  return perName(KEPT_NAMES, (name) => sharedUrl(textOf(name)));
}
