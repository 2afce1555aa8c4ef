/**
 * A step of a stream as a pure machine: items in, items out, no timers, no promises. Tests are
 * arrays. A translation is several machines chained into one.
 */
export interface Machine<I, O> {
  push(item: I): O[];
  /** Called once after the last item; gives what was held back. */
  end(): O[];
}

/** `first` and then `second` as one machine. */
export function chain<A, B, C>(first: Machine<A, B>, second: Machine<B, C>): Machine<A, C> {
  const through = (items: B[]) => items.flatMap((item) => second.push(item));
  return {
    push: (item) => through(first.push(item)),
    end: () => [...through(first.end()), ...second.end()],
  };
}

/** Everything that comes out when `items` go in and the stream ends. */
export function runAll<I, O>(machine: Machine<I, O>, items: Iterable<I>): O[] {
  const out: O[] = [];
  for (const item of items) out.push(...machine.push(item));
  out.push(...machine.end());
  return out;
}
