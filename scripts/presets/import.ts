/** The part of a preset's page about a feed of orders or invoices. */
import type { DocumentWriting, ImportFeed, MappingData } from "../../src/index.ts";
import { preparationInWords } from "./options.ts";
import { fixedTexts, lookupsOf, namespacesOf, rulesOf } from "./facts.ts";
import { differingTable, fieldTable, ignoredTable } from "./fields.ts";
import { bullets, code, joined, paths } from "./words.ts";

/** The section of one feed that shops export; programs may import it as well. */
export function importSection(name: string, feed: ImportFeed): string {
  const { title, mapping, write } = feed;
  const isBothWays = write !== undefined && write.mapping === undefined;
  return joined(
    [
      `## Feed \`${name}\`: ${title}`,
      bullets([...feedFacts(feed), ...readingFacts(mapping), ...(isBothWays ? writingFacts(write, mapping) : [])]),
      isBothWays
        ? "What does not fit or is too long keeps its record out of the file, unless the table says otherwise. Of several places the first one that holds text counts."
        : "Of several places the first one that holds text counts.",
      fieldTable(mapping, isBothWays ? "both" : "read"),
      ignoredTable(mapping),
      write === undefined ? "" : writingPart(name, write, mapping),
    ],
    "\n\n",
  );
}

function feedFacts({ write, fileName, encoding, version }: ImportFeed): readonly string[] {
  const file = joined(
    [
      fileName === undefined ? "" : `Files ${code(fileName)}`,
      encoding === undefined ? "" : `encoding ${encoding} where a file states none`,
    ],
    ", ",
  );
  return [
    write === undefined ? "Read, not written." : "Read and written.",
    ...(file === "" ? [] : [`${file.replace(/^e/, "E")}.`]),
    ...(version === undefined ? [] : [`Version of the format: at ${code(version)}.`]),
  ];
}

function readingFacts(mapping: MappingData): readonly string[] {
  return [
    `Records: ${paths(mapping.record)}${mapping.ignoreCase === true ? "; names in any letter case" : ""}.`,
    ...lookupsOf(mapping),
    ...namespacesOf(mapping),
    ...rulesOf(mapping),
  ];
}

function writingFacts({ encoding = "utf-8", options }: DocumentWriting, mapping: MappingData): readonly string[] {
  const { perRecord, wrapper } = mapping.document ?? {};
  const [place = ""] = [mapping.record].flat();
  const prepared = preparationInWords(options);
  return [
    `Written: ${perRecord === true ? "a document of its own" : "one file"} with ${code(place)} for each record, encoding ${encoding}.`,
    ...(wrapper === undefined ? [] : [`Each record has a ${code(wrapper)} around it for itself.`]),
    ...(prepared.length === 0 ? [] : [`Written, unless you say otherwise: ${prepared.join("; ")}.`]),
    ...fixedTexts(mapping),
  ];
}

/** What is written otherwise than it is read. */
function writingPart(name: string, write: DocumentWriting, mapping: MappingData): string {
  const { mapping: writing, creditNotes } = write;
  return joined(
    [
      writing === undefined ? "" : ownWriting(name, write, writing, mapping),
      creditNotes === undefined
        ? ""
        : `### Written credit notes of \`${name}\`

A credit note is a document of its own kind. What is different:

${bullets([`Record: ${paths(creditNotes.record)}.`, ...differing(creditNotes, writing ?? mapping, namespacesOf, rulesOf, fixedTexts)])}

${differingTable(creditNotes, writing ?? mapping, "write")}`,
    ],
    "\n\n",
  );
}

function ownWriting(name: string, write: DocumentWriting, writing: MappingData, mapping: MappingData): string {
  return joined(
    [
      `### Writing \`${name}\``,
      bullets([...writingFacts(write, writing), ...differing(writing, mapping, namespacesOf, rulesOf)]),
      "What does not fit or is too long keeps its record out of the file, unless the table says otherwise. Of several rows with one place, the first one that fits is written.",
      fieldTable(writing, "write"),
      ignoredTable(writing),
    ],
    "\n\n",
  );
}

/** Facts that were not said of the other mapping. */
function differing(
  mapping: MappingData,
  other: MappingData,
  ...kinds: readonly ((mapping: MappingData) => readonly string[])[]
): readonly string[] {
  return kinds.flatMap((factsOf) => {
    const said = factsOf(other);
    return factsOf(mapping).filter((fact) => !said.includes(fact));
  });
}
