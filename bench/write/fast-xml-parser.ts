import { XMLBuilder } from "fast-xml-parser";
import { ATTRIBUTE, CDATA, treesOf } from "./trees.ts";
import { createOutput, withReferences, type Work, works, type Writer } from "./writer.ts";

/** One record at a time; the builder is kept. */
export function fastXmlParser(work: Work): Writer {
  const { encoding } = works[work];
  // eslint-disable-next-line @typescript-eslint/no-deprecated -- the package that it is to be taken from is the same code
  const builder = new XMLBuilder({ ignoreAttributes: false, attributeNamePrefix: ATTRIBUTE, cdataPropName: CDATA });
  const trees = treesOf(work);
  const references = withReferences(encoding);
  return {
    write(items: Iterable<never>, sink) {
      const output = createOutput(encoding, sink);
      output.add(`<?xml version="1.0" encoding="${encoding}"?>\n<SHOP>\n`);
      for (const tree of trees(items)) output.add(`${references(builder.build({ SHOPITEM: tree }))}\n`);
      output.add("</SHOP>\n");
      output.end();
    },
  };
}
