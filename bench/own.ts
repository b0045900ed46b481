import { shoptet } from "../presets/shoptet/preset.ts";
import { compileMapping, createRecordReader, defineMapping, each, readRecords, type Spec, text } from "../src/index.ts";
import { itemFields, orderFields } from "./fields.ts";

export type Emit = (record: unknown) => void;

/** One way to do the work. Made once, run many times. */
export interface Contender {
  readonly name: string;
  readonly work: "raw" | "whole";
  /** What it does not do that the others do. */
  readonly remark?: string;
  /** Reads a whole buffer. */
  run(bytes: Buffer, emit: Emit): void | Promise<void>;
  /** Reads piece by piece, if it can. */
  open?(emit: Emit): { write(chunk: Uint8Array): void; end(): void };
}

const PIECE_BYTES = 64 * 1024;

export function inPieces(open: NonNullable<Contender["open"]>): Contender["run"] {
  return (bytes, emit) => {
    const stream = open(emit);
    for (let at = 0; at < bytes.length; at += PIECE_BYTES) stream.write(bytes.subarray(at, at + PIECE_BYTES));
    stream.end();
  };
}

const textFields = <Keys extends string>(fields: Readonly<Record<Keys, string>>) =>
  Object.fromEntries(
    Object.entries<string>(fields).map(([key, path]) => [key, text(path, { default: "", empty: "" })]),
  ) as Record<Keys, Spec<string>>;

const rawTarget: {
  readonly "~standard": { readonly types?: { readonly input: Record<string, unknown>; readonly output: unknown } };
} = { "~standard": {} };
const rawMapping = compileMapping(
  defineMapping(rawTarget, {
    record: "/ORDERS/ORDER",
    fields: {
      ...textFields(orderFields),
      items: each<Record<string, string>>("ORDER_ITEMS/ITEM", textFields(itemFields)),
    },
  }),
);
const orderMapping = compileMapping(shoptet.feeds.orders.mapping);

const openWith =
  (mapping: typeof rawMapping): NonNullable<Contender["open"]> =>
  (emit) =>
    createRecordReader<unknown>(mapping, (item) => {
      if (!item.ok) throw new Error(item.issues[0]?.message);
      emit(item.record);
    });

/** Alone in this module, so that its memory can be measured without that of the others. */
export const own: readonly Contender[] = [
  { name: "propojka", work: "raw", open: openWith(rawMapping), run: inPieces(openWith(rawMapping)) },
  {
    name: "propojka, readRecords",
    work: "raw",
    async run(bytes, emit) {
      for await (const item of readRecords<unknown>(bytes, rawMapping)) if (item.ok) emit(item.record);
    },
  },
  {
    name: "propojka, shoptet preset",
    work: "whole",
    open: openWith(orderMapping),
    run: inPieces(openWith(orderMapping)),
  },
];
