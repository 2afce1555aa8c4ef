/** The bytes as they are, byte by byte, and cut at every pair of places (all of them when short). */
export function* everyCut(bytes: Uint8Array, step = 1): Generator<Uint8Array[]> {
  yield [bytes];
  yield Array.from(bytes, (_, i) => bytes.subarray(i, i + 1));
  for (let i = 0; i <= bytes.length; i += step) {
    for (let j = i; j <= bytes.length; j += step) {
      yield [bytes.subarray(0, i), bytes.subarray(i, j), bytes.subarray(j)];
    }
  }
}

/** The bytes cut at the given places, in any order and with repeats. */
export function cutAt(bytes: Uint8Array, places: readonly number[]): Uint8Array[] {
  const sorted = places.map((place) => place % (bytes.length + 1)).sort((a, b) => a - b);
  return [0, ...sorted].map((from, i) => bytes.subarray(from, sorted[i] ?? bytes.length));
}
