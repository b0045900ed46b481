import { type Contender, contenders as all, REFERENCE } from "./contenders.ts";
import { type FileEncoding, orderFile } from "./generate.ts";

const FILE_BYTES = 1e6;

/** Do all read the same? Says who does not and in which fields; false if that was not to be expected. */
export async function verify(contenders: readonly Contender[]): Promise<boolean> {
  let isRight = true;
  for (const encoding of ["utf-8", "windows-1250"] as const) {
    const file = Buffer.concat([...orderFile(FILE_BYTES, encoding)]);
    for (const work of ["raw", "whole"] as const) {
      const reference = all.find(({ name }) => name === REFERENCE[work]);
      if (reference === undefined) throw new Error(`there is no contender "${REFERENCE[work]}"`);
      const wanted = await collect(reference, file, encoding);
      for (const contender of contenders) {
        if (contender.work !== work || contender === reference) continue;
        const fields = differences(wanted, await collect(contender, file, encoding));
        if (fields.length === 0) continue;
        const { name, lossy } = contender;
        if (lossy === undefined) isRight = false;
        console.log(`${name}, ${encoding}: differs in ${fields.join(", ")}: ${lossy ?? "NOT EXPECTED"}\n`);
      }
    }
  }
  return isRight;
}

async function collect(contender: Contender, file: Buffer, encoding: FileEncoding): Promise<unknown> {
  const records: unknown[] = [];
  await (await contender.make(encoding)).whole(file, (record) => records.push(record));
  if (records.length === 0) throw new Error(`${contender.name} reads no record`);
  // Without what is undefined.
  return JSON.parse(JSON.stringify(records));
}

/** `items.price`, for each field in which two records differ. */
function differences(wanted: unknown, got: unknown, field = ""): readonly string[] {
  if (Object.is(wanted, got)) return [];
  if (typeof wanted !== "object" || typeof got !== "object" || wanted === null || got === null) return [field];
  const [left, right] = [wanted, got] as Readonly<Record<string, unknown>>[];
  const keys = new Set([...Object.keys(wanted), ...Object.keys(got)]);
  const found = Array.from(keys).flatMap((key) => {
    const name = Array.isArray(wanted) ? field : field === "" ? key : `${field}.${key}`;
    return differences(left?.[key], right?.[key], name);
  });
  return [...new Set(found)];
}
