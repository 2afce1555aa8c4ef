import { fnv1a } from "./fnv1a";

/** What is under way, by id. */
export interface InFlight<V> {
  readonly size: number;
  get(id: string): V | undefined;
  set(id: string, value: V): void;
  /** false when there was nothing. */
  delete(id: string): boolean;
  /** In no order. */
  values(): V[];
}

interface Entry<V> {
  id: string;
  value: V;
}

/** Places at the start; there are always at least twice as many as entries. */
const FIRST_PLACES = 64;
/** Ids are told apart by their ends, which are random or counted. */
const HASHED_LETTERS = 8;

/**
 * A collection for entries that come and go all the time, where a `Map` is wrong: an outgrown table
 * of a `Map` or `Set` points to the one that took its place, and once one of these tables is old to
 * V8's collector, so is all that the following ones ever held. Requests that were long over were
 * copied twice and thrown away only by a full collection: a fifth of everything that was allocated.
 * (An object with ids as its properties turns every id into an indirection, which costs as much.)
 *
 * A hash table with linear probing; a removed entry's followers move up (Knuth, 6.4, algorithm R).
 * @see https://github.com/v8/v8/blob/11.3.244/src/objects/ordered-hash-table.h (transitioned tables)
 */
export function inFlight<V>(): InFlight<V> {
  let table: (Entry<V> | null)[] = new Array(FIRST_PLACES).fill(null);
  let size = 0;

  const next = (place: number) => (place + 1) & (table.length - 1);
  const home = (id: string) =>
    fnv1a(id, Math.max(0, id.length - HASHED_LETTERS)) & (table.length - 1);
  /** Where an id's entry is, or would be. */
  const find = (id: string): number => {
    let place = home(id);
    for (let entry = table[place]; entry && entry.id !== id; entry = table[place]) {
      place = next(place);
    }
    return place;
  };
  const grow = () => {
    const entries = table;
    table = new Array(entries.length * 2).fill(null);
    for (const entry of entries) if (entry) table[find(entry.id)] = entry;
  };
  const close = (gap: number) => {
    let hole = gap;
    for (let place = next(hole), entry = table[place]; entry; entry = table[place]) {
      const mask = table.length - 1;
      const mayMove = ((place - home(entry.id)) & mask) >= ((place - hole) & mask);
      if (mayMove) {
        table[hole] = entry;
        hole = place;
      }
      place = next(place);
    }
    table[hole] = null;
  };
  return {
    get size() {
      return size;
    },
    get: (id) => table[find(id)]?.value,
    set(id, value) {
      const place = find(id);
      if (!table[place]) size++;
      table[place] = { id, value };
      if (size * 2 > table.length) grow();
    },
    delete(id) {
      const place = find(id);
      if (!table[place]) return false;
      size--;
      close(place);
      return true;
    },
    values: () => table.flatMap((entry) => (entry ? [entry.value] : [])),
  };
}
