import type { Fault, Faults, FaultyConnection } from "./fault-kinds.ts";

/** How often, and what. */
export interface SeededFaultsOptions {
  /** Share of connections that get a fault, 0 to 1. */
  readonly rate: number;
  /** Kinds to choose from; `mute` is for control connections only. */
  readonly kinds: readonly Fault["kind"][];
  /**
   * Most bytes before a fault strikes a data connection; small numbers are as likely as large ones. On control connections
   * it is at most 2,000.
   *
   * @defaultValue 65_536
   */
  readonly maxBytes?: number;
}

const CONTROL_BYTES = 2000;
const MOST_REPLIES = 24;

/**
 * Faults made from a seed. The same seed gives the same fault to the same connection (kind and index), in whatever order
 * connections begin, so a run that failed can be repeated.
 *
 * @example
 * ```ts
 * const faults = seededFaults(42, { rate: 0.2, kinds: ["drop", "reset", "truncate"] });
 * ```
 */
export function seededFaults(seed: number, options: SeededFaultsOptions): Faults {
  const { rate, kinds, maxBytes = 65_536 } = options;
  return (connection) => {
    const random = mulberry32(seedOf(seed, connection));
    const isControl = connection.kind === "control";
    const possible = kinds.filter((kind) => kind !== "mute" || isControl);
    const isStruck = random() < rate;
    const kind = possible[Math.floor(random() * possible.length)];
    if (!isStruck || kind === undefined) return undefined;
    return faultOf(kind, random, isControl ? Math.min(maxBytes, CONTROL_BYTES) : maxBytes);
  };
}

function faultOf(kind: Fault["kind"], random: () => number, maxBytes: number): Fault {
  const direction = random() < 0.5 ? "up" : "down";
  switch (kind) {
    case "refuse":
      return { kind };
    case "mute":
      return { kind, afterReplies: 1 + Math.floor(random() * MOST_REPLIES) };
    case "slow":
      return { kind, bytesPerSecond: 2000 + Math.floor(random() * 200_000), direction };
    default:
      // Even on a scale of orders of magnitude: the head of a file is as interesting as its middle.
      return { kind, afterBytes: Math.floor((maxBytes + 1) ** random()) - 1, direction };
  }
}

/** Mixes a seed and a connection into 32 bits. */
function seedOf(seed: number, { kind, index }: FaultyConnection): number {
  const mixed = Math.imul(seed ^ 0x9e3779b9, 0x85ebca6b) ^ Math.imul(index + 1, 0xc2b2ae35);
  return kind === "control" ? mixed : ~mixed;
}

/**
 * A generator of numbers from 0 up to 1, Tommy Ettinger's mulberry32.
 *
 * @see https://gist.github.com/tommyettinger/46a874533244883189143505d203312c (public domain; own knowledge, not read)
 */
function mulberry32(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 0x1_0000_0000;
  };
}
