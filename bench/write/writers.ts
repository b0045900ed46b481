import type { Work, Writer } from "./writer.ts";

/** One way to write the feeds. */
export interface WriteContender {
  readonly name: string;
  /** Why its file is not that of the others, if it is not. */
  readonly lossy?: string;
  /** Why its bytes are others, though the document is the same. */
  readonly otherBytes?: string;
  /** What it can write; everything, unless it says so. */
  readonly works?: readonly Work[];
  /** A larger file takes it minutes. */
  readonly mostMb?: number;
  /** Loads what it needs, and only that. Made once, then used for one file after the other. */
  make(work: Work): Promise<Writer>;
}

export const OWN_WRITER = "propojka";
export const BASE_WRITER = "concatenation, checked";

export const writers: readonly WriteContender[] = [
  { name: OWN_WRITER, make: async (work) => (await import("./own.ts")).ownWriter(work) },
  { name: BASE_WRITER, make: async (work) => (await import("./concatenate.ts")).concatenation(work) },
  {
    name: "concatenation, checked by table",
    async make(work) {
      const { checkedByTable, concatenation } = await import("./concatenate.ts");
      return concatenation(work, checkedByTable);
    },
  },
  {
    name: "concatenation, not escaped",
    lossy: "not XML where a text has a character that means something in markup",
    // No encoder takes what the encoding lacks.
    works: ["plain"],
    async make(work) {
      const { concatenation, unchecked } = await import("./concatenate.ts");
      return concatenation(work, unchecked);
    },
  },
  {
    name: "fast-xml-parser, per record",
    otherBytes: "quotes in texts become references, too",
    make: async (work) => (await import("./fast-xml-parser.ts")).fastXmlParser(work),
  },
  {
    name: "xmlbuilder2, tree",
    otherBytes: "no line ends between records",
    mostMb: 20,
    make: async (work) => (await import("./xmlbuilder2.ts")).builderTree(work),
  },
  {
    name: "xmlbuilder2, callback",
    otherBytes: "no line ends between records",
    mostMb: 1,
    make: async (work) => (await import("./xmlbuilder2.ts")).builderCallback(work),
  },
];

export function canWrite({ works }: WriteContender, work: Work): boolean {
  return works?.includes(work) ?? true;
}

export function writerNamed(name: string): WriteContender {
  const found = writers.find((one) => one.name === name);
  if (found === undefined) throw new Error(`there is no writer "${name}"`);
  return found;
}
