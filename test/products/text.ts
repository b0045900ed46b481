import type { Product } from "propojka";
import type { Random } from "./random.ts";

/** Every text of a product and its variants that people write: no codes, no addresses. */
export function textsOf(product: Product): readonly string[] {
  const variants = product.variants ?? [];
  const items = [product, ...variants];
  return [
    product.name,
    product.description,
    product.shortDescription,
    product.manufacturer,
    product.supplier,
    ...(product.categories ?? []),
    ...variants.map((variant) => variant.name),
    ...items.map((item) => item.availability),
    ...items.flatMap((item) => (item.images ?? []).map((image) => image.description)),
    ...items.flatMap((item) => (item.parameters ?? []).map((parameter) => parameter.value)),
  ].filter((text) => text !== undefined);
}

/** Puts `piece` at the start, at the end or in the middle of one of the product's texts. */
export function weave(product: Product, draw: Random, piece: string): void {
  const into = (text = ""): string => {
    const at = draw.pick([0, text.length, text.indexOf(" ") + 1]);
    return text.slice(0, at) + piece + text.slice(at);
  };
  const places: (() => void)[] = [
    () => (product.name = into(product.name)),
    () => (product.description = into(product.description)),
    () => (product.shortDescription = into(product.shortDescription)),
    () => (product.manufacturer = into(product.manufacturer)),
    () => product.images?.forEach((image) => (image.description = into(image.description))),
    () => product.parameters?.forEach((parameter) => (parameter.value = into(parameter.value))),
    () => product.variants?.forEach((variant) => (variant.name = into(variant.name))),
  ];
  const before = textsOf(product).join();
  draw.pick(places)();
  if (textsOf(product).join() === before) {
    product.description = into(product.description);
  }
}
