/**
 * The same work, its calls one after the other in the order of asking. For reading something anew: of
 * two readings at the same time the older could end last and put the past back.
 */
export function inTurn<A extends readonly unknown[], T>(
  work: (...args: A) => Promise<T>,
): (...args: A) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve();
  return (...args) => {
    const mine = last.then(() => work(...args));
    // A call that fails is its asker's affair; the next one comes all the same.
    last = mine.catch(() => {});
    return mine;
  };
}
