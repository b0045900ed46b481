import { compare, type Invoice, type Line, negate, type Order } from "../../src/index.ts";
import { memberOf } from "../../src/mapping/assemble.ts";

/** A field of a record that came back otherwise. */
export interface Difference {
  /** `lines[].name` */
  readonly field: string;
  readonly wrote: unknown;
  readonly read: unknown;
}

/** Fields of a written record that are not in the record that was read back, or are others there. */
export function differences(wrote: Order | Invoice, read: unknown): readonly Difference[] {
  const found: Difference[] = [];
  const readLines = memberOf(read, "lines");
  const lines = wrote.lines.map((line, index) => turned(line, Array.isArray(readLines) ? readLines[index] : undefined));
  walk({ ...wrote, lines }, read, "", found);
  return found;
}

/** -1 for 10 is 1 for -10: some formats have no negative prices. */
function turned(line: Line, read: unknown): Line {
  const { quantity, unitPrice } = line;
  const sign = (price: unknown): boolean => String(memberOf(price, "gross") ?? memberOf(price, "net")).startsWith("-");
  if (unitPrice === undefined || !sign(unitPrice) || sign(memberOf(read, "unitPrice"))) return line;
  const { net, gross } = unitPrice;
  return {
    ...line,
    quantity: negate(quantity),
    unitPrice: { ...(net !== undefined && { net: negate(net) }), ...(gross !== undefined && { gross: negate(gross) }) },
  };
}

function walk(wrote: unknown, read: unknown, field: string, found: Difference[]): void {
  if (wrote === undefined || wrote === "") return;
  if (Array.isArray(wrote))
    for (const [index, item] of wrote.entries())
      walk(item, Array.isArray(read) ? read[index] : undefined, `${field}[]`, found);
  else if (typeof wrote === "object" && wrote !== null)
    for (const [key, value] of Object.entries(wrote))
      walk(value, memberOf(read, key), field === "" ? key : `${field}.${key}`, found);
  else if (!same(wrote, read)) found.push({ field, wrote, read });
}

function same(wrote: unknown, read: unknown): boolean {
  if (wrote === read) return true;
  if (typeof wrote !== "string" || typeof read !== "string") return false;
  const number = /^-?\d+(?:\.\d+)?$/;
  if (number.test(wrote) && number.test(read)) return compare(wrote as `${number}`, read as `${number}`) === 0;
  // Formats that hold no time of day keep the day.
  return /^\d{4}-\d\d-\d\dT/.test(wrote) && wrote.slice(0, 10) === read.slice(0, 10);
}
