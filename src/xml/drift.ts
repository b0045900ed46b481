import { elementPath, type ForeignAttribute, type PlaceCounter, type Shape, type Shapes } from "./shape.ts";

/** Counts places that the plan does not know, once for each record that has them. */
export interface Drift extends PlaceCounter {
  /** Number of the record that is open. What was met in it bears the number, so that it is noted once. */
  serial: number;
  /** Notes a place of the open record. */
  meet(place: Shape | ForeignAttribute): void;
  /** The record is complete. */
  commit(): void;
  /** The record will be read again from its start. */
  undo(): void;
  /** Path to number of records, in the order in which they were met. */
  counts(decodeName: Shapes["decodeName"]): ReadonlyMap<string, number>;
}

/** Shapes outlive documents, so that numbers of records must never come again. */
let serials = 0;

export function createDrift(): Drift {
  /** Places of the open record. */
  const met: (Shape | ForeignAttribute)[] = [];
  /** Places of all records, with what was counted in them before another document counted there. */
  const settled = new Map<Shape | ForeignAttribute, number>();
  const drift: Drift = {
    serial: ++serials,
    meet(place) {
      place.met = drift.serial;
      met.push(place);
    },
    commit() {
      // Counted in the places themselves: looking each of them up would take longer than reading it.
      for (const place of met)
        if (place.counter === drift) place.count++;
        else {
          place.counter?.settle(place);
          place.counter = drift;
          place.count = 1;
          if (!settled.has(place)) settled.set(place, 0);
        }
      drift.undo();
    },
    undo() {
      met.length = 0;
      drift.serial = ++serials;
    },
    settle(place) {
      settled.set(place, (settled.get(place) ?? 0) + place.count);
    },
    counts(decodeName) {
      const counts = new Map<string, number>();
      for (const [place, before] of settled) {
        const path = pathOf(place, decodeName);
        const count = before + (place.counter === drift ? place.count : 0);
        // Elements with declarations of their own are variants of one place.
        counts.set(path, (counts.get(path) ?? 0) + count);
      }
      return counts;
    },
  };
  return drift;
}

function pathOf(place: Shape | ForeignAttribute, decodeName: Shapes["decodeName"]): string {
  const plain = (shape: Shape): string => elementPath(shape, decodeName, () => undefined);
  return "shape" in place ? `${plain(place.shape)}/@${decodeName(place.name)}` : plain(place);
}
