/** Addresses that are kept: few accounts times few models; beyond it all are read anew. */
const KEPT = 1_000;

const known = new Map<string, URL>();

/**
 * The address as a URL, the same object each time: reading one costs more than sending to it, and what
 * was found out about it can be kept by the object. Nobody may change it. Throws TypeError.
 */
export function sharedUrl(text: string): URL {
  const found = known.get(text);
  if (found) return found;
  const url = new URL(text);
  if (known.size >= KEPT) known.clear();
  known.set(text, url);
  return url;
}
