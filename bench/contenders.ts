import type { FileEncoding } from "./generate.ts";

export type Emit = (record: unknown) => void;

/** Takes the file piece by piece. */
export type Open = (emit: Emit) => { write(chunk: Uint8Array): void; end(): void };

export interface Reader {
  whole(bytes: Buffer, emit: Emit): void | Promise<void>;
  /** If it can read without having the whole file. */
  pieces?(chunks: AsyncIterable<Uint8Array>, emit: Emit): Promise<void>;
}

/** One way to do the work. */
export interface Contender {
  readonly name: string;
  /** **raw**: fields as text. **whole**: typed, valid, reconciled orders. */
  readonly work: "raw" | "whole";
  /** Why its records are not those of the others, if they are not. */
  readonly lossy?: string;
  /** Reads UTF-8 only, or text: made once, then used for one file after the other. Loads what it needs, and only that. */
  make(encoding: FileEncoding): Promise<Reader>;
}

export const OWN = { raw: "propojka", whole: "propojka, shoptet preset" } as const;
export const BASE = { raw: "fast-xml-parser", whole: "fast-xml-parser + zod" } as const;
/** The one whose records are taken for right. Of whole orders there are two readers, so any will do. */
export const REFERENCE = { raw: "saxes, compiled mapping", whole: "fast-xml-parser + zod" } as const;

export const contenders: readonly Contender[] = [
  { name: OWN.raw, work: "raw", make: async () => (await import("./own.ts")).rawReader() },
  { name: "propojka, readRecords", work: "raw", make: async () => (await import("./own.ts")).iteratingReader() },
  {
    name: BASE.raw,
    work: "raw",
    lossy: "default options: `1.50` becomes 1.5 and `+420…` loses its plus; `&#215;` stays as it is",
    make: async (encoding) => (await import("./trees.ts")).fastXmlParser({}, encoding),
  },
  {
    name: "fast-xml-parser, exact text",
    work: "raw",
    make: async (encoding) => {
      const { EXACT, fastXmlParser } = await import("./trees.ts");
      return fastXmlParser(EXACT, encoding);
    },
  },
  {
    name: REFERENCE.raw,
    work: "raw",
    make: async (encoding) => {
      const { openSaxes } = await import("./saxes.ts");
      return (await import("./pieces.ts")).inPieces(openSaxes(encoding));
    },
  },
  { name: "camaro", work: "raw", make: async (encoding) => (await import("./camaro.ts")).camaro(encoding) },
  { name: "xml2js", work: "raw", make: async (encoding) => (await import("./xml2js.ts")).xml2js(encoding) },
  { name: OWN.whole, work: "whole", make: async () => (await import("./own.ts")).orderReader() },
  { name: BASE.whole, work: "whole", make: async (encoding) => (await import("./whole.ts")).byHand(encoding) },
];
