import { compileMapping, createRecordReader, defineMapping, each, readRecords, type Spec, text } from "../src/index.ts";
import { shoptet } from "../presets/shoptet/preset.ts";
import type { Emit, Open, Reader } from "./contenders.ts";
import { itemFields, orderFields } from "./fields.ts";
import { inPieces } from "./pieces.ts";

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

/** Whatever is wrong stops the measurement: a record that is left out costs no time. */
const openWith =
  (mapping: typeof rawMapping): Open =>
  (emit) => {
    const reader = createRecordReader<unknown>(mapping, (item) => {
      if (!item.ok || item.issues.length > 0) throw new Error(item.issues[0]?.message);
      emit(item.record);
    });
    return {
      write: (chunk) => reader.write(chunk),
      end() {
        reader.end();
        if (reader.report.issues.length > 0) throw new Error(reader.report.issues[0]?.message);
      },
    };
  };

async function iterate(input: Parameters<typeof readRecords>[0], emit: Emit): Promise<void> {
  const stream = readRecords<unknown>(input, rawMapping);
  for await (const item of stream) {
    if (!item.ok || item.issues.length > 0) throw new Error(item.issues[0]?.message);
    emit(item.record);
  }
  if (stream.report.issues.length > 0) throw new Error(stream.report.issues[0]?.message);
}

export const rawReader = (): Reader => inPieces(openWith(rawMapping));
export const iteratingReader = (): Reader => ({ whole: iterate, pieces: iterate });
export const orderReader = (): Reader => inPieces(openWith(compileMapping(shoptet.feeds.orders.mapping)));
