/**
 * Uploads that broke off while blocks were under way. Servers may write later blocks before earlier ones, so the size of such a
 * file does not say that everything before its end is there: as far as this goes, only what was confirmed counts.
 */
export interface Unconfirmed {
  /** The blocks of an upload, each to be confirmed. */
  begin(path: string, from: number): Blocks;
  /** The size of a file as far as its bytes are known to be there. */
  sizeOf(path: string, size: number | undefined): number | undefined;
  forget(path: string): void;
}

export interface Blocks {
  sent(position: number, length: number): void;
  confirmed(position: number): void;
  /** All of it is confirmed. */
  complete(): void;
  brokenOff(): void;
}

interface Doubt {
  readonly confirmed: number;
  readonly sent: number;
}

export function createUnconfirmed(): Unconfirmed {
  const doubts = new Map<string, Doubt>();
  return {
    begin(path, from) {
      const underWay = new Set<number>();
      let end = from;
      return {
        sent(position, length) {
          underWay.add(position);
          end = position + length;
        },
        confirmed: (position) => void underWay.delete(position),
        complete: () => void doubts.delete(path),
        brokenOff() {
          // Blocks are sent in their order, so the oldest one is the first in the file.
          const [confirmed = end] = underWay;
          // What an earlier attempt sent may still be there.
          const sent = Math.max(end, doubts.get(path)?.sent ?? 0);
          doubts.set(path, { confirmed, sent });
        },
      };
    },
    sizeOf(path, size) {
      const doubt = doubts.get(path);
      // Of another size, it is no longer the file of that upload.
      return doubt === undefined || size === undefined || size <= doubt.confirmed || size > doubt.sent
        ? size
        : doubt.confirmed;
    },
    forget: (path) => void doubts.delete(path),
  };
}
