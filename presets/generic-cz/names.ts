/**
 * Spellings of names: `order_number` is also `ordernumber`, and with `ignoreCase` that is `orderNumber` and
 * `OrderNumber` too.
 */
export function spelled(...names: readonly string[]): string[] {
  return names.flatMap((name) => (name.includes("_") ? [name, name.replaceAll("_", "")] : [name]));
}

/** The names in each of several blocks, block by block: `customer/billing/zip`. */
export function within(blocks: readonly string[], ...names: readonly string[]): string[] {
  return spelled(...blocks).flatMap((block) => spelled(...names).map((name) => `${block}/${name}`));
}

/** Places of a value in English files, then in Czech ones. Names that both have stand in both. */
export interface Blocks {
  readonly english: readonly string[];
  readonly czech: readonly string[];
}

export function inBlocks(blocks: Blocks, english: readonly string[], czech: readonly string[]): string[] {
  return [...within(blocks.english, ...english), ...within(blocks.czech, ...czech)];
}

/** Places of an amount, by what their names say of VAT. */
export interface AmountPlaces {
  /** Without a word on VAT: `price`. */
  readonly bare: readonly string[];
  readonly net: readonly string[];
  readonly gross: readonly string[];
}

/** Places of an amount: `price` and `cena`, with the endings that say whether VAT is in it. */
export function amountPlaces(english: string, czech: string): AmountPlaces {
  return {
    bare: spelled(english, czech),
    net: spelled(`${english}_without_vat`, `${english}_net`, `${czech}_bez_dph`),
    gross: spelled(`${english}_vat`, `${english}_with_vat`, `${english}_gross`, `${czech}_s_dph`),
  };
}

export function joinPlaces(...all: readonly AmountPlaces[]): AmountPlaces {
  return {
    bare: all.flatMap(({ bare }) => bare),
    net: all.flatMap(({ net }) => net),
    gross: all.flatMap(({ gross }) => gross),
  };
}

/** The same places one block deeper. */
export function placesWithin(block: string, { bare, net, gross }: AmountPlaces): AmountPlaces {
  const deeper = (paths: readonly string[]): string[] => paths.map((path) => `${block}/${path}`);
  return { bare: deeper(bare), net: deeper(net), gross: deeper(gross) };
}

export function allOf({ bare, net, gross }: AmountPlaces): string[] {
  return [...gross, ...net, ...bare];
}
