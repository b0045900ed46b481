import { type Codec, Invalid } from "../codec.ts";
import { type LeafOptions, readText, reject } from "./leaf.ts";
import type { Decoder, Evidence, Run, Test } from "./decoder.ts";
import { split } from "../pieces.ts";
import type { Group } from "./reference.ts";

/** A decoder that gives several items for a list. */
export interface ListDecoder extends Decoder {
  /** Calls `visit` for each item, whose frames are set, with a decoder for it; `visit` gives whether to stop. */
  items(run: Run, visit: (item: Decoder) => boolean): boolean;
}

export function isList(decoder: Decoder): decoder is ListDecoder {
  return "items" in decoder;
}

/** One item for each occurrence in the first of the groups that has any. */
export function eachDecoder(
  groups: readonly { readonly group: Group; readonly where: Test | undefined; readonly item: Decoder }[],
): ListDecoder {
  return listDecoder((run, visit) => {
    for (const { group, where, item } of groups) {
      let seen = 0;
      const stopped = group.walk(run.frames, () => {
        seen++;
        return (where === undefined || where(run)) && visit(item);
      });
      if (seen > 0) return stopped;
    }
    return false;
  });
}

/** Lists and single items one after the other. */
export function concatDecoder(parts: readonly Decoder[]): ListDecoder {
  return listDecoder((run, visit) => parts.some((part) => (isList(part) ? part.items(run, visit) : visit(part))));
}

function listDecoder(items: ListDecoder["items"]): ListDecoder {
  return {
    items,
    decode(run) {
      const list: unknown[] = [];
      items(run, (item) => {
        run.indices.push(list.length);
        const value = item.decode(run);
        run.indices.pop();
        if (value !== undefined) list.push(value);
        return false;
      });
      return list;
    },
    evidence(run, [wanted, ...rest]) {
      let position = 0;
      let found: Evidence | undefined;
      items(run, (item) => {
        run.indices.push(position);
        const counts = item.decode(run) !== undefined;
        run.indices.pop();
        if (!counts || position++ !== wanted) return false;
        found = item.evidence(run, rest);
        return true;
      });
      return found;
    },
  };
}

/** `then` or `otherwise`; in a list, whatever items the chosen one has. */
export function whenDecoder(test: Test, then: Decoder, otherwise: Decoder | undefined): Decoder | ListDecoder {
  const chosen = (run: Run): Decoder | undefined => (test(run) ? then : otherwise);
  const decoder: Decoder = {
    decode: (run) => chosen(run)?.decode(run),
    evidence: (run, path) => chosen(run)?.evidence(run, path),
  };
  if (!isList(then) && (otherwise === undefined || !isList(otherwise))) return decoder;
  const items: ListDecoder["items"] = (run, visit) => {
    const choice = chosen(run);
    return choice !== undefined && (isList(choice) ? choice.items(run, visit) : visit(choice));
  };
  return { ...decoder, items };
}

/** The first that gives a value; in a list, the first that gives items. */
export function firstDecoder(options: readonly Decoder[]): Decoder | ListDecoder {
  if (options.some(isList))
    return listDecoder((run, visit) => {
      for (const option of options) {
        let seen = 0;
        const stopped = itemsOf(option, run, (item) => {
          if (!givesValue(item, run)) return false;
          seen++;
          return visit(item);
        });
        if (seen > 0) return stopped;
      }
      return false;
    });
  return {
    decode(run) {
      for (const option of options) {
        const value = option.decode(run);
        if (value !== undefined) return value;
      }
      return undefined;
    },
    evidence: (run, path) =>
      (options.find((option) => option.decode(run) !== undefined) ?? options.at(-1))?.evidence(run, path),
  };
}

/** Looks without saying what is wrong. */
function givesValue(item: Decoder, run: Run): boolean {
  const before = run.problems.length;
  const { trying } = run;
  run.trying = true;
  const value = item.decode(run);
  run.trying = trying;
  run.problems.length = before;
  return value !== undefined;
}

/** The items of a list; a single decoder is one item, if it gives a value. */
function itemsOf(decoder: Decoder, run: Run, visit: (item: Decoder) => boolean): boolean {
  if (isList(decoder)) return decoder.items(run, visit);
  const value = decoder.decode(run);
  return value !== undefined && visit({ ...decoder, decode: () => value });
}

export interface SplitOptions extends Pick<LeafOptions, "references" | "field" | "severity"> {
  readonly separator: string;
  /** What the pieces are; texts without it. */
  readonly codec: Codec | undefined;
}

export function splitDecoder(options: SplitOptions): ListDecoder {
  const { references, separator, codec } = options;
  const evidence = (run: Run): Evidence => {
    const holder = references.find((reference) => readText([reference], run.frames) !== "");
    return {
      codec: "split",
      paths: references.map((reference) => reference.path),
      found: holder?.find(run.frames),
      raw: holder?.read(run.frames),
      usedDefault: false,
    };
  };
  const decodePiece = (run: Run, piece: string): unknown => {
    const value = codec === undefined ? piece : codec.decode(piece);
    return value instanceof Invalid ? reject(run, options, piece, value) : value;
  };
  const list = listDecoder((run, visit) =>
    split(readText(references, run.frames), separator).some((piece) =>
      visit({ decode: (at) => decodePiece(at, piece), evidence }),
    ),
  );
  return { ...list, evidence };
}
