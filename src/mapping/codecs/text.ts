import { z } from "zod";
import { htmlEntities } from "../../xml/entities.ts";
import { type CodecType, defineCodec, Invalid } from "../codec.ts";

const pattern = z.string().refine(isPattern, "is not a regular expression");

const textOptions = z.strictObject({
  trim: z.boolean().optional().describe("Cut white space at both ends; true unless said otherwise"),
  collapse: z.boolean().optional().describe("Make one space of white space inside"),
  unescape: z.boolean().optional().describe("Resolve HTML references once more, for text that was escaped twice"),
  stripTags: z.boolean().optional().describe("Cut HTML tags out"),
  extract: pattern
    .optional()
    .describe("Regular expression: its first group, or all that it matches; no match is no value"),
  remove: pattern.optional().describe("Regular expression whose matches are cut out"),
  replace: z
    .array(z.tuple([pattern, z.string()]))
    .optional()
    .describe("Pairs of a regular expression and what stands in for it"),
  case: z.enum(["upper", "lower"]).optional().describe("Letter case to turn the text into"),
});

/** Text as people read it. `<NAME> Eva  Vzorová </NAME>` → `"Eva  Vzorová"`. */
export const text: CodecType<typeof textOptions, string> = defineCodec(
  textOptions,
  ({ trim: _, ...changes }) => Object.values(changes).every((change) => change === undefined || change === false),
  (options) => {
    const steps: ((value: string) => string | undefined)[] = [];
    if (options.unescape === true) steps.push(htmlUnescape);
    if (options.stripTags === true) steps.push(stripTags);
    if (options.extract !== undefined) {
      const wanted = new RegExp(options.extract, "u");
      steps.push((value) => {
        const found = wanted.exec(value);
        return found === null ? undefined : (found[1] ?? found[0]);
      });
    }
    if (options.remove !== undefined) {
      const unwanted = new RegExp(options.remove, "gu");
      steps.push((value) => value.replace(unwanted, ""));
    }
    for (const [from, to] of options.replace ?? []) {
      const wanted = new RegExp(from, "gu");
      steps.push((value) => value.replace(wanted, to));
    }
    if (options.collapse === true) steps.push((value) => value.replace(/\s+/gu, " "));
    if (options.case !== undefined)
      steps.push((value) => (options.case === "upper" ? value.toUpperCase() : value.toLowerCase()));
    const cut = options.trim === false ? (value: string): string => value : trimmed;
    if (steps.length === 0) return { decode: cut, encode: (value) => value };
    return {
      decode(value) {
        let result: string | undefined = value;
        for (const step of steps) {
          result = step(result);
          if (result === undefined) return undefined;
        }
        result = cut(result);
        return result === "" ? undefined : result;
      },
      encode: (value) => value,
    };
  },
);

const codeOptions = z.strictObject({ upper: z.boolean().optional().describe("Turn letters into capitals") });
// A byte order mark, zero-width characters and spaces of any kind come with codes that were pasted.
const INVISIBLE = /[\s\u200b-\u200d\u2060\ufeff]+/gu;

/** Text that identifies something: white space goes, leading zeros live. `00 123` → `"00123"`. */
export const code: CodecType<typeof codeOptions, string> = defineCodec(
  codeOptions,
  () => true,
  ({ upper }) => ({
    decode(value) {
      const bare = /^[\x21-\x7e]+$/.test(value) ? value : value.replace(INVISIBLE, "");
      if (bare === "") return undefined;
      return upper === true ? bare.toUpperCase() : bare;
    },
    encode: (value) =>
      value.trim() === value && value !== "" ? value : new Invalid("a code without white space around it"),
  }),
);

/** Cuts white space at both ends, if there is any. */
export function trimmed(value: string): string {
  const first = value.charCodeAt(0);
  const last = value.charCodeAt(value.length - 1);
  return first > 32 && last > 32 && first < 0xa0 && last < 0xa0 ? value : value.trim();
}

const ESSENTIAL: Readonly<Record<string, string | undefined>> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };

/** `&quot;Kol&iacute;n&quot;` → `"Kolín"`; what is no reference stays. */
export function htmlUnescape(value: string): string {
  if (!value.includes("&")) return value;
  return value.replace(
    /&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|([a-z][a-z0-9]*));/gi,
    (whole, decimal?: string, hex?: string, name?: string) => {
      if (name !== undefined) return ESSENTIAL[name] ?? htmlEntities.get(name) ?? whole;
      const point = decimal === undefined ? Number.parseInt(hex ?? "", 16) : Number(decimal);
      return point > 0 && point <= 0x10ffff && (point < 0xd800 || point > 0xdfff) ? String.fromCodePoint(point) : whole;
    },
  );
}

/** `<p>Vyzvednutí <b>na pobočce</b></p>` → `Vyzvednutí na pobočce`. */
export function stripTags(value: string): string {
  return value
    .replace(/<(?:br|\/p|\/div|\/li)\s*\/?>/gi, "\n")
    .replace(/<\/?[a-z][^<>]*>|<!--.*?-->/gis, "")
    .replace(/[ \t]*\n\s*/g, "\n");
}

function isPattern(source: string): boolean {
  try {
    new RegExp(source, "u");
    return true;
  } catch {
    return false;
  }
}
