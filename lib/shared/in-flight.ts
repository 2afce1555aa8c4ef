/** What is under way, by id. */
export interface InFlight<V> {
  readonly size: number;
  get(id: string): V | undefined;
  set(id: string, value: V): void;
  /** false when there was nothing. */
  delete(id: string): boolean;
  /** In no order, and as it is at the moment: not to be walked across an `await`. */
  values(): readonly V[];
}

/**
 * A collection for entries that come and go all the time, where a `Map` would be wrong: an outgrown
 * table of a `Map` or `Set` points to the one that took its place, and once one of these tables is old
 * to V8's collector, so is all that the following ones ever held. Requests that were long over were
 * copied twice and thrown away only by a full collection: a fifth of everything that was allocated.
 * @see https://github.com/v8/v8/blob/11.3.244/src/objects/ordered-hash-table.h (transitioned tables)
 */
export function inFlight<V>(): InFlight<V> {
  const places: Record<string, number> = Object.create(null);
  const ids: string[] = [];
  const values: V[] = [];

  return {
    get size() {
      return ids.length;
    },
    get(id) {
      const place = places[id];
      return place === undefined ? undefined : values[place];
    },
    set(id, value) {
      const place = places[id] ?? ids.length;
      places[id] = place;
      ids[place] = id;
      values[place] = value;
    },
    delete(id) {
      const place = places[id];
      if (place === undefined) return false;
      delete places[id];
      const lastId = ids.pop();
      const last = values.pop();
      // The last entry takes the free place.
      if (lastId !== undefined && last !== undefined && lastId !== id) {
        places[lastId] = place;
        ids[place] = lastId;
        values[place] = last;
      }
      return true;
    },
    values: () => values,
  };
}
