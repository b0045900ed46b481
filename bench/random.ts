/** Seeded choices. */
export interface Random {
  /** From 0 to below 1. */
  next(): number;
  /** A whole number; both ends count. */
  between(low: number, high: number): number;
  pick<Item>(list: readonly Item[]): Item;
}

export function createRandom(seed: number): Random {
  const next = mulberry32(seed);
  return {
    next,
    between: (low, high) => low + Math.floor(next() * (high - low + 1)),
    pick: (list) => list[Math.floor(next() * list.length)]!,
  };
}

/** Seeded numbers between 0 and 1. @see https://github.com/cprosche/mulberry32 (public domain) */
export function mulberry32(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}
