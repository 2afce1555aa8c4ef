/** `fn`, but only the first call runs it; later calls do nothing and answer undefined. */
export function once<A extends unknown[], R>(fn: (...args: A) => R): (...args: A) => R | undefined {
  let done = false;
  return (...args) => {
    if (done) return undefined;
    done = true;
    return fn(...args);
  };
}
