import { readText } from "./leaf.ts";
import type { Decoder, Evidence, Run } from "./decoder.ts";
import type { Reference } from "./reference.ts";

/** Texts with something between them; those without a value are left out. */
export function joinDecoder(parts: readonly Decoder[], separator: string): Decoder {
  return {
    decode(run) {
      const texts = parts.map((part) => part.decode(run)).filter((part) => typeof part === "string" && part !== "");
      return texts.length === 0 ? undefined : texts.join(separator);
    },
    evidence: (run, path) => (path.length > 0 ? undefined : combined("join", parts, run)),
  };
}

function combined(codec: string, parts: readonly Decoder[], run: Run): Evidence {
  const all = parts.map((part) => part.evidence(run, []));
  const held = all.find((evidence) => evidence?.found !== undefined);
  return {
    codec,
    paths: all.flatMap((evidence) => evidence?.paths ?? []),
    found: held?.found,
    raw: held?.raw,
    usedDefault: all.some((evidence) => evidence?.usedDefault === true),
  };
}

/** `{NAME}` in a template stands for the text at that path. */
export function templateDecoder(pieces: readonly (string | Reference)[]): Decoder {
  const references = pieces.filter((piece) => typeof piece !== "string");
  return {
    decode(run) {
      const parts = pieces.map((piece) => (typeof piece === "string" ? piece : readText([piece], run.frames)));
      const filled = references.some((reference) => readText([reference], run.frames) !== "");
      return filled ? parts.join("").replace(/\s+/g, " ").trim() : undefined;
    },
    evidence(run, path) {
      if (path.length > 0) return undefined;
      const holder = references.find((reference) => readText([reference], run.frames) !== "");
      return {
        codec: "template",
        paths: references.map((reference) => reference.path),
        found: holder?.find(run.frames),
        raw: holder?.read(run.frames),
        usedDefault: false,
      };
    },
  };
}
