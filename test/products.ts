import type { Product } from "propojka";
import { features } from "./products/features.ts";
import { niceProduct } from "./products/nice.ts";
import { random } from "./products/random.ts";

/**
 * Invented products without anything unusual, all fields filled: for round trips and benchmarks. The same seed gives
 * the same products, and one of them does not depend on how many are asked for. At most a million.
 */
export function* niceProducts(count: number, seed: number): Generator<Product, void, undefined> {
  for (let index = 0; index < count; index++) {
    yield niceProduct(seed, index);
  }
}

/**
 * Like {@link niceProducts}, but with 0 to 8 images, 0 to 6 parameters and 0 to 12 variants, and each with some of
 * {@link features}. All of them are products as our schema wants them; codes are unique.
 */
export function* nastyProducts(count: number, seed: number): Generator<Product, void, undefined> {
  for (let index = 0; index < count; index++) {
    yield nastyProduct(seed, index);
  }
}

function nastyProduct(seed: number, index: number): Product {
  const draw = random(seed, index, 1);
  const product = niceProduct(seed, index, {
    images: draw.int(9),
    parameters: draw.int(7),
    variants: draw.chance(0.3) ? draw.int(13) : 0,
  });
  for (const feature of features) {
    if (draw.chance(feature.share)) {
      feature.add(product, draw);
    }
  }
  return product;
}
