import { XmlError } from "./errors.ts";
import { coverageOf } from "./mapping/check/coverage.ts";
import { createInspector, type Inspection } from "./mapping/draft/inspect.ts";
import type { MappingData } from "./mapping/spec.ts";
import type { ImportFeed, Preset } from "./preset.ts";

/** How well a preset's feed fits a file. */
export interface Detection {
  readonly preset: string;
  /** Name of the feed in the preset. */
  readonly feed: string;
  readonly records: ImportFeed["records"];
  /**
   * From 0, not at all, to 1: every field found and every place of the file read. From 0.5 on it is a safe guess; below
   * 0.1 the file has no record.
   */
  readonly score: number;
  /** Whether the record element is there, or at least the element around it. */
  readonly record: "found" | "parent";
}

/** What a file without a record gets: enough to name the platform, too little to be sure. */
const NO_RECORD = 0.05;
/** The same, if its elements are written in the preset's own letter case. */
const NO_RECORD_EXACT = 0.08;

/**
 * Which preset's feed fits a file, by its first bytes (64 KiB are plenty), the best first. Feeds whose record element is
 * not there, nor the element around it, are left out; a file that is no XML gives an empty list.
 *
 * @example
 * ```ts
 * import { presets } from "propojka/presets";
 * const [best] = detectPreset(bytes.subarray(0, 65_536), Object.values(presets));
 * ```
 */
export function detectPreset(head: Uint8Array, presets: Iterable<Preset>): Detection[] {
  const inspection = inspectHead(head);
  if (inspection === undefined) return [];
  const detections: Detection[] = [];
  for (const { id, feeds } of presets)
    for (const [feed, { direction, records, mapping }] of Object.entries(feeds)) {
      if (direction !== "import") continue;
      const { record, fields, read, unread } = coverageOf(mapping, inspection);
      if (record === "none") continue;
      const known = fields.all === 0 ? 0 : fields.found / fields.all;
      const used = read + unread.length === 0 ? 0 : read / (read + unread.length);
      const score = record === "found" ? 0.1 + 0.9 * ((known + used) / 2) : emptyScore(mapping, inspection);
      detections.push({ preset: id, feed, records, score: Math.round(score * 1000) / 1000, record });
    }
  return detections.sort((a, b) => b.score - a.score);
}

function emptyScore(mapping: MappingData, inspection: Inspection): number {
  return coverageOf({ ...mapping, ignoreCase: false }, inspection).record === "none" ? NO_RECORD : NO_RECORD_EXACT;
}

/** The end of the head cuts the file somewhere; what stands before it counts. */
function inspectHead(head: Uint8Array): Inspection | undefined {
  const inspector = createInspector();
  try {
    inspector.write(head);
    return inspector.end();
  } catch (error) {
    if (error instanceof XmlError) return undefined;
    throw error;
  }
}
