import type { Product, Variant } from "propojka";
import type { Random } from "./random.ts";

/** Something unusual that a share of the nasty products has. */
export interface Feature {
  readonly name: string;
  /** Of all products, 0 to 1. */
  readonly share: number;
  /** Some platform or encoding cannot take it as it is: a writer has to refuse, cut or replace. */
  readonly harsh?: true;
  /** Changes the product so that it has it. */
  readonly add: (product: Product, draw: Random) => unknown;
  /** Whether a product has it; no nice product does. */
  readonly has: (product: Product) => boolean;
}

export function itemsOf(product: Product): readonly (Product | Variant)[] {
  return [product, ...(product.variants ?? [])];
}

/** The digits of the code tell products apart whatever their code becomes. */
export function numberOf({ code }: Product): string {
  return code.replace(/\D/g, "").slice(-6);
}

export function harshness(harsh: "harsh" | undefined): Pick<Feature, "harsh"> {
  return harsh === undefined ? {} : { harsh: true };
}
