/** Draws that depend on the seed alone. */
export interface Random {
  /** A whole number from 0 up to, not including, `end`. */
  int(end: number): number;
  /** Whether something happens whose share is `share`, 0 to 1. */
  chance(share: number): boolean;
  pick<T>(from: readonly T[]): T;
  /** `count` different ones, in the order of `from`. */
  some<T>(from: readonly T[], count: number): readonly T[];
}

/** The same numbers for the same seeds (32 bits each), whatever was drawn elsewhere. */
export function random(...seeds: readonly number[]): Random {
  let state = seeds.reduce((mixed, seed) => scramble(mixed ^ seed), 0x9e3779b9);
  const int = (end: number): number => {
    state = (state + 0x6d2b79f5) | 0;
    return Math.floor((scramble(state) / 2 ** 32) * end);
  };
  return {
    int,
    chance: (share) => int(1_000_000) < share * 1_000_000,
    pick: (from) => from[int(from.length)]!,
    some: (from, count) => {
      const chosen = new Set<number>();
      while (chosen.size < Math.min(count, from.length)) {
        chosen.add(int(from.length));
      }
      return from.filter((_, index) => chosen.has(index));
    },
  };
}

/** Spreads 32 bits over 32 bits, unsigned (the last steps of MurmurHash3). */
function scramble(value: number): number {
  let bits = value;
  bits = Math.imul(bits ^ (bits >>> 16), 0x85ebca6b);
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35);
  return (bits ^ (bits >>> 16)) >>> 0;
}
