export interface KeptNames {
  /** Beyond so many everything is forgotten, rather than grow without end. */
  most: number;
  /** A longer name is not kept. */
  longest?: number;
}

/**
 * The function with its answers kept by the text that it was given, within bounds: such texts come from
 * callers. Where it answers undefined nothing is kept, not even the text. Nobody may change an answer.
 */
export function perName<V>(
  { most, longest = Number.POSITIVE_INFINITY }: KeptNames,
  make: (name: string) => V,
): (name: string) => V {
  const known = new Map<string, V>();
  return (name) => {
    const found = known.get(name);
    if (found !== undefined) return found;
    const value = make(name);
    if (value === undefined || name.length > longest) return value;
    if (known.size >= most) known.clear();
    known.set(name, value);
    return value;
  };
}
