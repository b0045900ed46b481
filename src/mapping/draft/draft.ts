import { createNames, type Leaf, leavesBelow } from "./leaves.ts";
import type { Inspection, PathInfo } from "./inspect.ts";
import type { Condition, MappingData, Node, ObjectNode } from "../spec.ts";
import { fold, meansItem, synonyms } from "./synonyms.ts";

/** A mapping to start from. */
export interface Draft {
  /** Reads orders; passes {@link parseMapping}. */
  readonly mapping: MappingData;
  /** What is unsure or missing, one sentence each. */
  readonly notes: readonly string[];
}

/**
 * Drafts a mapping of orders for a file that nothing is known of, from Czech, Slovak, English and German names and from
 * the values. Somebody has to look at it: {@link Draft.notes} says where.
 *
 * @example
 * ```ts
 * const { mapping, notes } = draftMapping(await inspect(bytes));
 * ```
 */
export function draftMapping(inspection: Inspection): Draft {
  const notes: string[] = [];
  const names = createNames(inspection.paths);
  const record = inspection.record ?? `/${inspection.root}`;
  if (inspection.record === undefined)
    notes.push("nothing in the file looks like a record, so the root element stands for one");
  const list = findList(inspection.paths, record);
  const own = leavesBelow(inspection.paths, record, names, list?.path);
  const pick = picker(own, notes);
  const { fields, payable, methods } = orderFields(pick);
  const fees = [feeLine(pick, "shipping", methods.shipping), feeLine(pick, "payment", methods.payment)].filter(
    (fee) => fee !== undefined,
  );
  const item =
    list === undefined ? undefined : lineFields(picker(leavesBelow(inspection.paths, list.path, names), notes));
  if (item === undefined) notes.push("lines: found no list of items; one line stands for the whole order");
  const lines: Node[] = [
    item === undefined || list === undefined
      ? wholeOrder(payable)
      : { type: "each", path: names.relative(list.path, record), item: item.fields },
    ...fees.map(({ node }) => node),
  ];
  const basis = item?.basis ?? "gross";
  noteCommas(inspection.paths, notes);

  const currency = pick.take("currency", synonyms.order["currency"], isCurrency);
  if (currency === undefined) notes.push('currency: found nowhere, so it is a parameter, "CZK" unless told otherwise');
  return {
    mapping: withNamespaces(names.namespaces, {
      target: "order",
      record: names.path(record),
      ...(currency === undefined
        ? { parameters: { currency: { title: "Currency of the orders", default: "CZK" } } }
        : {}),
      fields: {
        ...fields,
        currency: currency === undefined ? { type: "parameter", name: "currency" } : text(currency, { case: "upper" }),
        lines: lines.length === 1 && isList(lines[0]) ? lines[0] : { type: "concat", parts: lines },
      },
      ...(payable === undefined
        ? {}
        : {
            totals: {
              basis,
              method: "topDown",
              compare: ["payable"],
              tolerance: "1.00",
              fees: { basis: fees.some(({ sure }) => !sure) ? "auto" : "stated", vat: "main" },
            },
          }),
    }),
    notes,
  };
}

/** Adds the namespaces whose prefixes the paths use. */
function withNamespaces(namespaces: Readonly<Record<string, string>>, mapping: MappingData): MappingData {
  const written = JSON.stringify(mapping);
  const used = Object.entries(namespaces).filter(([prefix]) => prefix === "" || written.includes(`${prefix}:`));
  if (used.length === 0) return mapping;
  const { target, record, ...rest } = mapping;
  return { target, record, namespaces: Object.fromEntries(used), ...rest };
}

/** Takes one leaf after the other for the fields, each once. */
interface Picker {
  /** The leaf whose name is the first of `words` that any has; says what else there was. */
  take(field: string, words: readonly string[] | undefined, fits?: (info: PathInfo) => boolean): Leaf | undefined;
  /** A part of an address. */
  address(owner: "billing" | "shipping", part: string): Leaf | undefined;
  readonly notes: string[];
}

function picker(leaves: readonly Leaf[], notes: string[]): Picker {
  const used = new Set<Leaf>();
  const pickFrom = (
    candidates: readonly Leaf[],
    words: readonly string[],
    keysOf: (leaf: Leaf) => readonly string[],
  ): Leaf[] => {
    const free = candidates.filter((leaf) => !used.has(leaf));
    return [...new Set(words.flatMap((word) => free.filter((leaf) => keysOf(leaf).includes(word))))];
  };
  return {
    notes,
    take(field, words = [], fits = () => true) {
      const all = pickFrom(leaves, words, ({ keys }) => keys);
      const found = all.filter(({ info }) => fits(info));
      const [best, ...others] = found.sort((a, b) => Number(b.info.texts > 0) - Number(a.info.texts > 0));
      if (best === undefined) return undefined;
      used.add(best);
      const rivals = others.filter(({ info, owner }) => info.texts > 0 && owner === undefined);
      if (rivals.length > 0)
        notes.push(
          `${field}: taken from ${best.path}, but ${rivals.map(({ path }) => path).join(" and ")} may be meant`,
        );
      return best;
    },
    address(owner, part) {
      const words = synonyms.address[part] ?? [];
      const [best] = pickFrom(
        leaves.filter((leaf) => leaf.owner === owner),
        words,
        ({ parts }) => parts,
      );
      if (best !== undefined) used.add(best);
      return best;
    },
  };
}

interface OrderDraft {
  readonly fields: ObjectNode;
  readonly payable: Leaf | undefined;
  readonly methods: { readonly shipping: Leaf | undefined; readonly payment: Leaf | undefined };
}

function orderFields(pick: Picker): OrderDraft {
  const { notes } = pick;
  const { order, invoice } = synonyms;
  const number = pick.take("number", order["number"]);
  if (number === undefined)
    notes.push("number: found nowhere; the path in the draft is a guess and has to be put right");
  const created = pick.take("createdAt", order["createdAt"], isDate);
  if (created === undefined) notes.push("createdAt: found no date of the order");
  const status = pick.take("status", order["status"]);
  const gross = pick.take("totals.payable", order["gross"], isAmount);
  if (gross === undefined) notes.push("totals: found no total, so sums are not checked");
  const net = pick.take("totals.net", order["net"], isAmount);
  const vat = pick.take("totals.vat", order["vat"], isAmount);
  const rounding = pick.take("totals.rounding", order["rounding"], isAmount);
  const invoiceNumber = pick.take("custom.invoiceNumber", invoice["invoiceNumber"]);
  const methods = {
    shipping: pick.take("shipping.method", order["shippingMethod"], isWording),
    payment: pick.take("payment.method", order["paymentMethod"], isWording),
  };
  const discount = pick.take("discount", order["discount"], isAmount);
  if (discount?.info.samples.some((sample) => /[1-9]/.test(sample)) === true)
    notes.push(`discount: ${discount.path} is not in the draft; if the lines do not hold it already, it has to be one`);
  const fields = compact({
    number: number === undefined ? { type: "code", path: "@id" } : { type: "code", path: number.path },
    externalId: code(pick.take("externalId", order["externalId"])),
    variableSymbol: code(pick.take("variableSymbol", order["variableSymbol"])),
    createdAt: created && dateTime(created, notes),
    status: status && statusFields(status, notes),
    exchangeRate: decimal(pick.take("exchangeRate", order["exchangeRate"], isAmount)),
    customer: customerFields(pick),
    payment: compact({ method: plain(methods.payment) }),
    shipping: compact({
      method: plain(methods.shipping),
      pickupPoint: plain(pick.take("shipping.pickupPoint", order["pickupPoint"])),
      trackingNumber: code(pick.take("shipping.trackingNumber", order["trackingNumber"])),
    }),
    totals: compact({
      net: decimal(net),
      vat: decimal(vat),
      gross: rounding === undefined ? decimal(gross) : undefined,
      rounding: decimal(rounding),
      payable: decimal(gross),
    }),
    notes: compact({
      customer: plain(pick.take("notes.customer", order["customerNote"])),
      internal: plain(pick.take("notes.internal", order["internalNote"])),
    }),
    custom: compact({ invoiceNumber: code(invoiceNumber) }),
  });
  return { fields, payable: gross, methods };
}

function customerFields(pick: Picker): ObjectNode | undefined {
  const shared = (part: string): Leaf | undefined => pick.address("billing", part) ?? pick.address("shipping", part);
  const of = (type: string, leaf: Leaf | undefined): Node | undefined => leaf && { type, path: leaf.path };
  const companyId = of("companyId", shared("companyId"));
  const vatId = of("vatId", shared("vatId"));
  const email = plain(shared("email"));
  const phone = of("phone", shared("phone"));
  return compact({
    email,
    phone,
    billing: addressFields(pick, "billing"),
    shipping: addressFields(pick, "shipping"),
    companyId,
    vatId,
  });
}

function addressFields(pick: Picker, owner: "billing" | "shipping"): ObjectNode | undefined {
  const part = (name: string): Leaf | undefined => pick.address(owner, name);
  const last = part("lastName");
  // German exports write "Vorname" and "Name".
  const first = part("firstName");
  const name = joined(first, last ?? part("name"));
  const street = part("street");
  const house = street === undefined ? undefined : part("houseNumber");
  const zip = part("zip");
  const country = part("country");
  return compact({
    name,
    company: plain(part("company")),
    street: street && joined(street, house),
    city: plain(part("city")),
    zip: zip && { type: "zip", path: zip.path },
    country: country && { type: "country", path: country.path },
  });
}

function statusFields(leaf: Leaf, notes: string[]): ObjectNode {
  const values: Record<string, string> = {};
  for (const sample of leaf.info.samples) {
    const kind = Object.entries(synonyms.statuses).find(([, words]) => words.includes(fold(sample)))?.[0];
    if (kind !== undefined) values[sample] = kind;
  }
  const strange = leaf.info.samples.filter((sample) => !(sample in values));
  notes.push(
    `status: write the shop's words into "values"${strange.length === 0 ? "" : `; not understood: ${strange.join(", ")}`}`,
  );
  return {
    kind: { type: "oneOf", path: leaf.path, values, unknown: { value: "other" } },
    raw: { type: "text", path: leaf.path },
  };
}

interface Lines {
  readonly fields: ObjectNode;
  readonly basis: "gross" | "net";
}

function lineFields(pick: Picker): Lines {
  const { notes } = pick;
  const { line } = synonyms;
  const gross = pick.take("lines[].unitPrice.gross", line["unitGross"], isAmount);
  const net = pick.take("lines[].unitPrice.net", line["unitNet"], isAmount);
  const totalGross = pick.take("lines[].total.gross", line["totalGross"], isAmount);
  const totalNet = pick.take("lines[].total.net", line["totalNet"], isAmount);
  const unsure =
    gross !== undefined && net !== undefined ? undefined : pick.take("lines[].unitPrice", line["unitUnsure"], isAmount);
  const unsureIsNet = unsure !== undefined && (gross !== undefined || totalNet !== undefined);
  if (unsure !== undefined && !(gross !== undefined || net !== undefined))
    notes.push(
      `lines[].unitPrice: ${unsure.path} does not say whether VAT is in it; taken as ${unsureIsNet ? "without" : "with"} VAT`,
    );
  const unitGross = gross ?? (unsureIsNet ? undefined : unsure);
  const unitNet = net ?? (unsureIsNet ? unsure : undefined);
  if ((unitGross ?? unitNet ?? totalGross ?? totalNet) === undefined) notes.push("lines[].unitPrice: found no price");
  const productCode = pick.take("lines[].code", line["code"]);
  const name = pick.take("lines[].name", line["name"]) ?? productCode;
  if (name === undefined) notes.push('lines[].name: found nowhere; every line is called "Item"');
  const quantity = pick.take("lines[].quantity", line["quantity"], isAmount);
  if (quantity === undefined) notes.push("lines[].quantity: found nowhere; 1 is assumed");
  const rate = pick.take("lines[].vatRate", line["vatRate"]);
  if (rate === undefined) notes.push("lines[].vatRate: found nowhere");
  const fields = compact({
    kind: { type: "constant", value: "product" },
    code: code(productCode),
    ean: code(pick.take("lines[].ean", line["ean"])),
    name: name === undefined ? { type: "constant", value: "Item" } : { type: "text", path: name.path, default: "Item" },
    variant: plain(pick.take("lines[].variant", line["variant"])),
    quantity: quantity === undefined ? { type: "constant", value: "1" } : decimal(quantity),
    unit: plain(pick.take("lines[].unit", line["unit"])),
    vatRate: rate && { type: "vatRate", path: rate.path },
    unitPrice: compact({ net: decimal(unitNet), gross: decimal(unitGross) }),
    total: compact({ net: decimal(totalNet), gross: decimal(totalGross) }),
    discount: decimal(pick.take("lines[].discount", line["discount"], isAmount)),
    weight: decimal(pick.take("lines[].weight", line["weight"], isAmount)),
  });
  return { fields: fields, basis: (unitGross ?? totalGross) === undefined ? "net" : "gross" };
}

/** A line for what shipping or payment cost, where that is more than nothing. */
function feeLine(
  pick: Picker,
  kind: "shipping" | "payment",
  method: Leaf | undefined,
): { readonly node: Node; readonly sure: boolean } | undefined {
  const gross = pick.take(`${kind} fee`, synonyms.order[`${kind}Gross`], isAmount);
  const net = pick.take(`${kind} fee without VAT`, synonyms.order[`${kind}Net`], isAmount);
  const rate = pick.take(`${kind} VAT`, synonyms.order[`${kind}Vat`]);
  const price = gross ?? net;
  const title = kind === "shipping" ? "Shipping" : "Payment";
  if (price === undefined) return undefined;
  const sure = net !== undefined || saysVat(price);
  if (!sure) pick.notes.push(`${kind} fee: ${price.path} is taken as with VAT where the sum does not say otherwise`);
  const fields = compact({
    kind: { type: "constant", value: kind },
    name: method === undefined ? { type: "constant", value: title } : text(method, { default: title }),
    quantity: { type: "constant", value: "1" },
    vatRate: rate && { type: "vatRate", path: rate.path },
    unitPrice: compact({ net: decimal(net), gross: decimal(gross) }),
  });
  const condition: Condition = { compare: { type: "decimal", path: price.path }, is: "!=", to: "0" };
  return { node: { type: "when", condition, then: fields }, sure };
}

/** Whether a name says by itself that VAT is in the amount. */
function saysVat({ keys }: Leaf): boolean {
  return keys.some((key) => /vat$|sdph|incl|gross|brutto/.test(key));
}

function wholeOrder(payable: Leaf | undefined): ObjectNode {
  const fields = compact({
    kind: { type: "constant", value: "other" },
    name: { type: "constant", value: "Order" },
    quantity: { type: "constant", value: "1" },
    unitPrice: compact({ gross: decimal(payable) }),
  });
  return fields;
}

/** The repeated element below the record that has most of what a line has. */
function findList(paths: readonly PathInfo[], record: string): PathInfo | undefined {
  const { code, name, quantity, unitGross, unitNet, unitUnsure, vatRate } = synonyms.line;
  const parts = [code, name, quantity, [...(unitGross ?? []), ...(unitNet ?? []), ...(unitUnsure ?? [])], vatRate];
  let best: { readonly info: PathInfo; readonly score: number } | undefined;
  for (const info of paths) {
    if (!info.parent || !info.path.startsWith(`${record}/`)) continue;
    const below = paths.filter(({ path }) => path.startsWith(`${info.path}/`)).map((leaf) => fold(leaf.name));
    const known = parts.filter((words) => words?.some((word) => below.includes(word))).length;
    const hasQuantity = quantity?.some((word) => below.includes(word)) === true;
    const repeats = info.atMost > 1;
    if (known < 2 || !(repeats || hasQuantity)) continue;
    // Of two elements that hold the same, the inner one is the line, the other a list around it.
    const score = known + (repeats ? 3 : 0) + (meansItem(info.name) ? 1 : 0) + info.path.split("/").length / 100;
    if (best === undefined || score > best.score) best = { info, score };
  }
  return best?.info;
}

function noteCommas(paths: readonly PathInfo[], notes: string[]): void {
  const commas = paths.find(
    ({ kinds, texts }) => texts > 0 && kinds.includes("decimalComma") && !kinds.includes("decimal"),
  );
  if (commas !== undefined)
    notes.push(
      `decimals are written with a comma, as in ${commas.path}: "${commas.samples[0] ?? ""}"; they are understood`,
    );
}

function text(leaf: Leaf, options: object = {}): Node {
  return { type: "text", path: leaf.path, ...options };
}
function plain(leaf: Leaf | undefined): Node | undefined {
  return leaf && text(leaf);
}
function code(leaf: Leaf | undefined): Node | undefined {
  return leaf && { type: "code", path: leaf.path };
}
function decimal(leaf: Leaf | undefined): Node | undefined {
  return leaf && { type: "decimal", path: leaf.path };
}

function joined(...leaves: readonly (Leaf | undefined)[]): Node | undefined {
  const parts = leaves.filter((leaf) => leaf !== undefined).map((leaf) => text(leaf));
  return parts.length > 1 ? { type: "join", separator: " ", parts } : parts[0];
}

/** Forms that every shop uses need no format; only where day and month can be mistaken does the draft name one. */
function dateTime({ path, info }: Leaf, notes: string[]): Node {
  const { kinds, samples } = info;
  const has = (order: "dayFirst" | "monthFirst"): boolean =>
    kinds.includes(`${order}Date`) || kinds.includes(`${order}DateTime`);
  notes.push(`createdAt: written like "${samples[0] ?? ""}"`);
  if (has("dayFirst") && has("monthFirst"))
    notes.push(
      `createdAt: the values of ${path} do not tell whether the day or the month comes first; the day is assumed`,
    );
  const day = has("dayFirst") ? "d/M/yyyy" : has("monthFirst") ? "M/d/yyyy" : undefined;
  return { type: "dateTime", path, ...(day === undefined ? {} : { formats: [day, `${day} H:mm`, `${day} H:mm:ss`] }) };
}

function isDate({ kinds, texts }: PathInfo): boolean {
  return texts > 0 && kinds.some((kind) => kind.endsWith("Date") || kind.endsWith("DateTime"));
}
function isAmount({ kinds, texts }: PathInfo): boolean {
  return texts > 0 && (kinds.includes("decimal") || kinds.includes("decimalComma"));
}
function isCurrency({ samples }: PathInfo): boolean {
  return samples.length > 0 && samples.every((sample) => /^[A-Za-z]{3}$/.test(sample));
}
function isWording({ kinds, texts }: PathInfo): boolean {
  return texts === 0 || !(kinds.includes("decimal") || kinds.includes("decimalComma"));
}

function isList(node: Node | undefined): node is Node {
  return node?.["type" as keyof Node] === "each";
}

/** The entries that are there and hold something. */
function compact(entries: Readonly<Record<string, Node | undefined>>): ObjectNode {
  return Object.fromEntries(
    Object.entries(entries).filter(
      (entry): entry is [string, Node] => entry[1] !== undefined && Object.keys(entry[1]).length > 0,
    ),
  );
}
