import { assembler } from "../assemble.ts";
import { trimmed } from "../codecs/text.ts";
import type { Decoder, Run } from "./decoder.ts";

/**
 * An object without the fields that have no value; no object at all if none has one from the XML, unless it is
 * `required`.
 */
export function objectDecoder(entries: readonly (readonly [string, Decoder])[], required: boolean): Decoder {
  const decoders = entries.map(([, decoder]) => decoder);
  // Plain texts of one scope, nearly all fields of most mappings, are read without a call.
  const scope = decoders.find(({ plain }) => plain !== undefined)?.plain?.scope ?? 0;
  const plain = decoders.map((decoder) => (decoder.plain?.scope === scope ? decoder.plain : undefined));
  const slots = Int32Array.from(plain, (text) => text?.slot ?? -1);
  const byKey = new Map(entries);
  const fills = decoders.map(({ constant }) => constant !== true);
  const assemble = assembler(entries.map(([key]) => key));
  // Overwritten by each object: it is assembled before the next one starts.
  const values = new Array<unknown>(entries.length).fill(undefined);
  return {
    decode(run) {
      const frame = run.frames[scope];
      let filled = 0;
      let present = required;
      const before = run.problems.length;
      for (let index = 0; index < slots.length; index++) {
        const slot = slots[index] ?? -1;
        let value: unknown;
        if (slot < 0) {
          value = decoders[index]?.decode(run);
          if (value !== undefined && !present) present = fills[index] === true && !isEmptyList(value);
        } else {
          const raw = frame?.[slot] as string | undefined;
          const text = raw === undefined ? undefined : trimmed(raw);
          value = text === undefined ? plain[index]?.missing : text === "" ? plain[index]?.empty : text;
          if (value !== undefined) present = true;
        }
        if (value !== undefined) filled++;
        values[index] = value;
      }
      return present || holdsUnreadable(run, before) ? assemble(values, filled === decoders.length) : undefined;
    },
    evidence(run, [key, ...rest]) {
      return typeof key === "string" ? byKey.get(key)?.evidence(run, rest) : undefined;
    },
  };
}

/** Whether a text that is there could not be read. */
function holdsUnreadable({ problems }: Run, before: number): boolean {
  return problems.length > before && problems.slice(before).some(({ raw }) => raw !== undefined);
}

function isEmptyList(value: unknown): boolean {
  return Array.isArray(value) && value.length === 0;
}
