/**
 * The function with its answers kept for as long as the objects live that it was given: for what
 * depends on nothing but an object that is replaced as a whole and never changed.
 */
export function perObject<K extends object, V>(make: (key: K) => V): (key: K) => V {
  const known = new WeakMap<K, { value: V }>();
  return (key) => {
    const found = known.get(key);
    if (found) return found.value;
    const value = make(key);
    known.set(key, { value });
    return value;
  };
}
