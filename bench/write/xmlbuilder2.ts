import { create, createCB } from "xmlbuilder2";
import { treesOf } from "./trees.ts";
import { createOutput, withReferences, type Work, works, type Writer } from "./writer.ts";

/** The document as a tree, then as one text. */
export function builderTree(work: Work): Writer {
  const { encoding } = works[work];
  const trees = treesOf(work);
  const references = withReferences(encoding);
  return {
    write(items: Iterable<never>, sink) {
      const root = create({ version: "1.0", encoding }).ele("SHOP");
      for (const tree of trees(items)) root.ele({ SHOPITEM: tree });
      const output = createOutput(encoding, sink);
      output.add(references(root.end()));
      output.end();
    },
  };
}

/** One call back for each piece of markup. */
export function builderCallback(work: Work): Writer {
  const { encoding } = works[work];
  const trees = treesOf(work);
  const references = withReferences(encoding);
  return {
    write(items: Iterable<never>, sink) {
      const output = createOutput(encoding, sink);
      const document = createCB({
        data: (text: string) => output.add(references(text)),
        end: () => output.end(),
        error(error: Error) {
          throw error;
        },
      });
      document.dec({ version: "1.0", encoding }).ele("SHOP");
      for (const tree of trees(items)) document.ele({ SHOPITEM: tree });
      document.up().end();
    },
  };
}
