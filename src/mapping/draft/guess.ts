import type { ValueKind } from "./kinds.ts";
import { meansItem, meansRecord } from "./synonyms.ts";

/** One place in a file's structure, while the file is being walked. */
export interface Spot {
  readonly path: string;
  /** Without its prefix. */
  readonly name: string;
  readonly namespace: string;
  readonly attribute: boolean;
  readonly parent: Spot | undefined;
  readonly children: Spot[];
  count: number;
  /** Most occurrences below one parent. */
  atMost: number;
  /** Occurrences so far below the parent's occurrence number {@link within}. */
  siblings: number;
  within: number;
  /** Occurrences that hold text. */
  texts: number;
  /** Characters of text. */
  size: number;
  readonly samples: string[];
  kinds: readonly ValueKind[] | undefined;
}

/**
 * The element that most likely is one record: the one with most content among those that repeat, or that have a name
 * that orders and invoices have.
 */
export function guessRecord(document: Spot): Spot | undefined {
  const whole = contentOf(document);
  let best: { readonly place: Spot; readonly score: number } | undefined;

  function visit(place: Spot, depth: number): void {
    for (const child of place.children) if (!child.attribute) visit(child, depth + 1);
    if (depth === 0 || place.children.length === 0) return;
    const score = (contentOf(place) / whole) * likelihood(place, depth);
    // Of two that hold the same, the outer one has the record's own attributes.
    if (score > 0 && (best === undefined || score >= best.score)) best = { place, score };
  }
  visit(document, 0);
  return best?.place;
}

function likelihood(place: Spot, depth: number): number {
  const named = meansRecord(place.name);
  const item = !named && meansItem(place.name) ? 0.4 : 1;
  if (place.atMost > 1) return named ? 1 : 0.8 * item;
  if (depth === 1) return named ? 0.3 : 0;
  return named ? 0.9 : 0.2 * item;
}

/** Characters of text in the place and below it; each element counts a little itself. */
function contentOf(place: Spot): number {
  return place.size + place.count + place.children.reduce((sum, child) => sum + contentOf(child), 0);
}
