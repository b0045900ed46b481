import { z } from "zod";
import { parseDefinition } from "../mapping/schema.ts";
import { exportOptionsSchema } from "../model/offer/offer.ts";
import type { Preset } from "../preset.ts";
import { encodings } from "../xml/charset.ts";

/** What can be in a feed. */
export const feedRecords = ["orders", "invoices", "products", "stockLevels"] as const;
export type FeedRecords = (typeof feedRecords)[number];

const limit = z.int().min(1).optional();

/** What has to be right in a preset to work with it; its mappings are checked where they are used. */
const presetFile = z.looseObject({
  feeds: z.record(
    z.string(),
    z.looseObject({
      direction: z.enum(["import", "export"]),
      records: z.enum(feedRecords),
      encoding: z.enum(encodings).optional(),
      mapping: z.looseObject({}),
      options: exportOptionsSchema.optional(),
      limits: z.strictObject({ maxItems: limit, maxVariants: limit }).optional(),
    }),
  ),
});

/** Whether the JSON of a file is meant to be a preset; otherwise it is a mapping. */
export function isPreset(json: unknown): boolean {
  return typeof json === "object" && json !== null && "feeds" in json;
}

/** @throws {@link DefinitionError} PRESET_INVALID with one line for each mistake. */
export function parsePreset(json: unknown): Preset {
  return parseDefinition(presetFile, json, "PRESET_INVALID", "preset") as unknown as Preset;
}
