import type { Severity } from "../../errors.ts";
import { type VatLevel, vatRateForLevel } from "../../model/vat.ts";
import { type Codec, type CodecContext, Invalid } from "../codec.ts";
import { isBlank, trimmed } from "../codecs/text.ts";
import type { Decoder, Run } from "./decoder.ts";
import type { Frames, Reference } from "./reference.ts";

export interface LeafOptions {
  readonly codecName: string;
  readonly codec: Codec;
  readonly references: readonly Reference[];
  /** `lines[#].quantity`: each `#` is a position in a list. */
  readonly field: string;
  readonly missing: unknown;
  readonly empty: unknown;
  readonly severity: Severity;
}

/** Text of the first path that holds any. Missing, empty and value are three states. */
export function leafDecoder(options: LeafOptions): Decoder {
  const { codec, references, missing, empty } = options;
  const [first, ...others] = references;
  const decodeText = (run: Run, raw: string | undefined): unknown => {
    if (raw === undefined) return missing;
    if (isBlank(raw)) return empty;
    const value = codec.decode(raw);
    return value instanceof Invalid ? reject(run, options, raw, value) : (value ?? missing);
  };
  const direct = others.length === 0 ? first?.direct : undefined;
  const { scope, slot } = direct ?? { scope: 0, slot: 0 };
  return {
    plain: direct !== undefined && codec.decode === trimmed ? { scope, slot, missing, empty } : undefined,
    decode:
      direct !== undefined
        ? (run) => decodeText(run, run.frames[scope]?.[slot] as string | undefined)
        : (run) => decodeText(run, readFirst(references, run.frames)),
    evidence(run, path) {
      if (path.length > 0) return undefined;
      const holder =
        references.find((reference) => !isBlank(reference.read(run.frames) ?? "")) ??
        references.find((reference) => reference.read(run.frames) !== undefined);
      const raw = holder?.read(run.frames);
      const value = raw === undefined || isBlank(raw) ? undefined : codec.decode(raw);
      return {
        codec: options.codecName,
        paths: references.map((reference) => reference.path),
        found: holder?.find(run.frames),
        raw,
        usedDefault:
          (value === undefined || (value instanceof Invalid && !value.silent)) &&
          (raw === undefined || !isBlank(raw) ? missing : empty) !== undefined,
      };
    },
  };
}

export function reject(
  run: Run,
  { field, severity }: Pick<LeafOptions, "field" | "severity">,
  raw: string,
  invalid: Invalid,
): unknown {
  if (invalid.code === "FIELD_UNKNOWN_VALUE" && !run.trying) run.noteValue(field.replaceAll("#", ""), raw);
  if (invalid.silent) return invalid.instead;
  const stands = invalid.instead !== undefined;
  const shown = JSON.stringify(raw.trim().slice(0, 80));
  run.problems.push({
    code: invalid.code,
    severity: stands ? "warning" : severity,
    message: `expected ${invalid.expected}, got ${shown}${stands ? `; taken as ${JSON.stringify(invalid.instead)}` : ""}`,
    field: fieldAt(field, run.indices),
    raw: raw.slice(0, 200),
  });
  return invalid.instead;
}

function readFirst(references: readonly Reference[], frames: Frames): string | undefined {
  let found: string | undefined;
  for (const reference of references) {
    const text = reference.read(frames);
    if (text === undefined) continue;
    if (!isBlank(text)) return text;
    found ??= text;
  }
  return found;
}

/** Text of the first path that holds any, trimmed; `""` if none does. */
export function readText(references: readonly Reference[], frames: Frames): string {
  return (readFirst(references, frames) ?? "").trim();
}

/** `lines[#].name` and `[2]` → `lines[2].name`. */
export function fieldAt(template: string, indices: readonly number[]): string {
  let position = 0;
  return template.replaceAll("#", () => String(indices[position++] ?? 0));
}

export function constantDecoder(codec: string, value: unknown): Decoder {
  return {
    constant: true,
    decode: () => value,
    evidence: (_, path) => (path.length > 0 ? undefined : { codec, paths: [], usedDefault: false }),
  };
}

/** The rate that a level stands for, on the day of the record. */
export function levelDecoder(level: VatLevel, context: CodecContext): Decoder {
  return {
    constant: true,
    decode: () => vatRateForLevel(level, context.country, context.taxDate, context.vatTable),
    evidence: (_, path) => (path.length > 0 ? undefined : { codec: "vatLevel", paths: [], usedDefault: false }),
  };
}
