import type { Chance } from '../../chance.js';

/** A source of numbers that gives the same ones for the same seed. */
export interface Random {
  /** From 0 up to 1. */
  next: () => number;
  pick: <Value>(values: readonly Value[]) => Value;
  /** The same source as the program takes it: bytes as hexadecimal digits. */
  chance: Chance;
}

/** A generator with a seed (mulberry32). */
export function seeded(seed: number): Random {
  let state = seed | 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  return {
    next,
    pick: (values) => {
      const wanted = Math.floor(next() * values.length);
      for (const [index, value] of values.entries()) if (index === wanted) return value;
      throw new Error('there is nothing to pick from');
    },
    chance: (bytes) =>
      Array.from({ length: bytes }, () =>
        Math.floor(next() * 256)
          .toString(16)
          .padStart(2, '0'),
      ).join(''),
  };
}
