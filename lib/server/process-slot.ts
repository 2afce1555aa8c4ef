/**
 * A place for one value per process. The server's bundle and Next's each have their own copy of
 * every module, so what must exist once lives on `globalThis` under a registered symbol.
 */
export function processSlot<T>(name: string): { get(): T | undefined; set(value: T): void } {
  const slot = Symbol.for(`relay-portal.${name}`);
  return {
    // Only this slot's own `set` writes there, with the same name and so the same type.
    get: () => Reflect.get(globalThis, slot) as T | undefined,
    set: (value) => void Reflect.set(globalThis, slot, value),
  };
}
