import { randomInt } from "node:crypto";

/** Numbers that one seed decides. */
export interface Random {
  seed: number;
  /** A whole number from `low` to `high`, both included. */
  whole(low: number, high: number): number;
  pick<T>(choices: readonly T[]): T;
}

/**
 * The dice of one test. The seed is printed with the test's name; `SEED=n` replays it.
 */
export function chaosRandom(test: string): Random {
  const seed = Number(process.env.SEED ?? randomInt(1, 2 ** 31));
  process.stdout.write(`chaos: ${test}: SEED=${seed}\n`);
  return randomFrom(seed);
}

/** Dice by a given seed. */
export function randomFrom(seed: number): Random {
  const next = mulberry32(seed);
  const whole = (low: number, high: number) => low + Math.floor(next() * (high - low + 1));
  return {
    seed,
    whole,
    pick(choices) {
      const chosen = choices[whole(0, choices.length - 1)];
      if (chosen === undefined) throw new Error("There is nothing to pick from.");
      return chosen;
    },
  };
}

/** A small generator of numbers in [0, 1). */
function mulberry32(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
