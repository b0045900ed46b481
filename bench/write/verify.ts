import { SaxesParser } from "saxes";
import { BASE_WRITER, canWrite, type WriteContender, writerNamed } from "./writers.ts";
import { type Work, works } from "./writer.ts";

const RECORDS = 2000;
const MIXED = 32 * 1024;

/** Bytes of one record on average, by what is written. */
export type RecordBytes = Readonly<Record<Work, number>>;

/**
 * Do all write the same? Says who does not, and why; `isRight` is false if that was not to be expected. The sizes of
 * records come along, since who writes files of a given size must know them.
 */
export async function verifyWriters(
  contenders: readonly WriteContender[],
): Promise<{ readonly isRight: boolean; readonly recordBytes: RecordBytes }> {
  let isRight = true;
  const recordBytes: Record<Work, number> = { plain: 0, rich: 0, offered: 0 };
  for (const work of ["plain", "rich", "offered"] as const) {
    const wanted = await written(writerNamed(BASE_WRITER), work);
    recordBytes[work] = wanted.length / RECORDS;
    for (const contender of contenders) {
      const { name, lossy, otherBytes } = contender;
      if (name === BASE_WRITER || !canWrite(contender, work)) continue;
      const found = compareFiles(wanted, await written(contender, work), work);
      if (found === "equal") continue;
      const reason = found === "other bytes" ? (otherBytes ?? lossy) : lossy;
      if (reason === undefined) isRight = false;
      console.log(`${name}, ${work}: ${found}: ${reason ?? "NOT EXPECTED"}\n`);
    }
  }
  return { isRight, recordBytes };
}

async function written(contender: WriteContender, work: Work): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  const writer = await contender.make(work);
  await writer.write(works[work].items(RECORDS), (chunk) => chunks.push(chunk));
  const short = chunks.slice(0, -1).find(({ length }) => length > 0 && length < MIXED);
  if (short !== undefined) throw new Error(`${contender.name} hands over ${short.length} bytes at once`);
  return Buffer.concat(chunks);
}

function compareFiles(wanted: Buffer, got: Buffer, work: Work): string {
  if (wanted.equals(got)) return "equal";
  const { encoding } = works[work];
  try {
    const [left, right] = [wanted, got].map((file) => content(new TextDecoder(encoding, { fatal: true }).decode(file)));
    const place = left!.findIndex((event, index) => event !== right![index]);
    if (place < 0 && left!.length === right!.length) return "other bytes";
    return `another document, ${String(left![place])} is ${String(right![place])}`;
  } catch (error) {
    return error instanceof Error ? error.message.slice(0, 100) : String(error);
  }
}

/** Tags and texts of a document; white space between elements is none. */
function content(xml: string): readonly string[] {
  const events: string[] = [];
  const parser = new SaxesParser();
  let text = "";
  const flush = (): void => {
    if (text.trim() !== "") events.push(text);
    text = "";
  };
  parser.on("opentag", ({ name, attributes }) => {
    flush();
    events.push(`<${name} ${JSON.stringify(attributes)}>`);
  });
  parser.on("closetag", ({ name }) => {
    flush();
    events.push(`</${name}>`);
  });
  parser.on("text", (piece) => void (text += piece));
  parser.on("cdata", (piece) => void (text += piece));
  parser.on("error", (error) => {
    throw error;
  });
  parser.write(xml).close();
  return events;
}
