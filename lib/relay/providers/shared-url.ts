/** Addresses that are kept: few accounts times few models; beyond it all are read anew. */
const KEPT = 1_000;
/** The same for each way of asking an account: its models. */
const KEPT_NAMES = 100;

const known = new Map<string, URL>();

/**
 * The address as a URL, the same object each time: reading one costs more than sending to it, and what
 * was found out about it can be kept by the object. Nobody may change it. Throws TypeError.
 */
export function sharedUrl(text: string): URL {
  return known.get(text) ?? keep(known, KEPT, text, new URL(text));
}

/** The same for addresses that a name is part of, found by the name alone. */
export function sharedUrls(textOf: (name: string) => string): (name: string) => URL {
  const byName = new Map<string, URL>();
  return (name) => byName.get(name) ?? keep(byName, KEPT_NAMES, name, sharedUrl(textOf(name)));
}

function keep(urls: Map<string, URL>, most: number, name: string, url: URL): URL {
  if (urls.size >= most) urls.clear();
  urls.set(name, url);
  return url;
}
