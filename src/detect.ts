import { XmlError } from "./errors.ts";
import { coverageOf, mayHold } from "./mapping/check/coverage.ts";
import { createInspector, type Inspection } from "./mapping/draft/inspect.ts";
import { type MappingData, pathList } from "./mapping/spec.ts";
import type { Feed, Maturity, Preset } from "./preset.ts";

/** How well a preset's feed fits a file. */
export interface Detection {
  readonly preset: string;
  /** Name of the feed in the preset. */
  readonly feed: string;
  readonly records: Feed["records"];
  /** Version that the file states of its format. */
  readonly version: string | undefined;
  /** From 0, not at all, to 1: every field found and every place of the file read. */
  readonly confidence: number;
  /** Whether the record element is there, or at least the element around it. */
  readonly record: "found" | "parent";
  /** What speaks for it and against it, in words. */
  readonly why: readonly string[];
}

/** What a file is. */
export interface DetectionResult {
  /** The feed to read it with; undefined if none is certain enough. */
  readonly found: Detection | undefined;
  /** All feeds that fit in some way, the best first. */
  readonly candidates: readonly Detection[];
  /** Presets beside `found` whose feeds read the file in the very same way. */
  readonly alike: readonly string[];
  /** Why nothing was found: unknown, or several that fit alike. */
  readonly ambiguous: boolean;
  /** Name of the root element; undefined of a file that is no XML. */
  readonly root: string | undefined;
}

export interface DetectOptions {
  /** Only feeds of these. */
  readonly records?: readonly Feed["records"][] | undefined;
}

/** A file that fits has far more; one that merely has the same outer elements has a third. */
const SURE = 0.5;
/** Feeds that fit this much worse than the best one do not count. */
const MARGIN = 0.02;
/** What a file without a record gets: enough to name the platform where nothing else fits. */
const NO_RECORD = 0.05;
/** The same, if its elements are written in the preset's own letter case. */
const NO_RECORD_EXACT = 0.08;
/** At least, where the namespace of the root element is that of the format. */
const NAMESPACE = 0.8;
/** Drafts stand behind presets that rest on something. */
const WEIGHTS: Readonly<Record<Maturity, number>> = { verified: 1, documented: 1, draft: 0.9 };

/**
 * Which preset's feed fits a file, by its first bytes (64 KiB are plenty): platform, feed, version, how sure that is, and
 * why. A file that is no XML has no candidates.
 *
 * @example
 * ```ts
 * import { presets } from "propojka/presets";
 * const { found, candidates } = detect(bytes.subarray(0, 65_536), Object.values(presets));
 * if (found !== undefined) console.log(found.preset, found.feed, found.why.join("; "));
 * ```
 */
export function detect(head: Uint8Array, presets: Iterable<Preset>, { records }: DetectOptions = {}): DetectionResult {
  const inspection = inspectHead(head);
  if (inspection === undefined)
    return { found: undefined, candidates: [], alike: [], ambiguous: false, root: undefined };
  const judged: Judged[] = [];
  for (const preset of presets)
    for (const [name, feed] of Object.entries(preset.feeds)) {
      if (records?.includes(feed.records) === false) continue;
      const detection = judge(preset, name, feed, inspection);
      if (detection !== undefined) judged.push({ detection, mapping: feed.mapping });
    }
  judged.sort((a, b) => b.detection.confidence - a.detection.confidence);
  return { ...decide(judged), candidates: judged.map(({ detection }) => detection), root: inspection.root };
}

interface Judged {
  readonly detection: Detection;
  readonly mapping: MappingData;
}

function judge({ id, maturity }: Preset, name: string, feed: Feed, inspection: Inspection): Detection | undefined {
  const { mapping, records } = feed;
  if (mapping.csv !== undefined || !mayHold(mapping, inspection)) return undefined;
  const { record, fields, read, unread } = coverageOf(mapping, inspection);
  if (record === "none") return undefined;
  const version = feed.direction === "import" ? versionIn(inspection, feed.version) : undefined;
  const uri = namespaceOf(inspection, mapping);
  const known = fields.all === 0 ? 0 : fields.found / fields.all;
  const used = read + unread.length === 0 ? 0 : read / (read + unread.length);
  const fit = record === "found" ? 0.1 + 0.9 * ((known + used) / 2) : emptyFit(mapping, inspection);
  const least = uri !== undefined && record === "found" ? NAMESPACE + fit / 10 : 0;
  const weight = WEIGHTS[("maturity" in feed ? feed.maturity : undefined) ?? maturity];
  const confidence = Math.round(Math.max(fit, least) * weight * 1000) / 1000;
  const why = [
    record === "found"
      ? `it has records at ${pathList(mapping.record).join(" or ")}`
      : `it has no record, only the element around where one would be`,
    ...(uri === undefined ? [] : [`its namespace is ${uri}`]),
    ...(version === undefined ? [] : [`it states version ${version}`]),
    ...(record === "found"
      ? [
          `${fields.found} of ${fields.all} fields are there`,
          readOf(
            read,
            unread.map(({ path }) => path),
          ),
        ]
      : []),
    ...(weight < 1 ? ["the preset is a draft"] : []),
  ];
  return { preset: id, feed: name, records, version, confidence, record, why };
}

function readOf(read: number, unread: readonly string[]): string {
  const [first] = unread;
  const all = `${read} of ${read + unread.length} places of the file are read`;
  return first === undefined ? all : `${all}, others such as ${first} are not`;
}

function decide(judged: readonly Judged[]): Pick<DetectionResult, "found" | "alike" | "ambiguous"> {
  const nothing = { found: undefined, alike: [], ambiguous: false };
  const [best] = judged;
  if (best === undefined) return nothing;
  const { detection } = best;
  if (detection.record === "found" && detection.confidence < SURE) return nothing;
  const others = judged.filter((one) => one.detection.preset !== detection.preset);
  const presetsOf = (some: readonly Judged[]): string[] => [...new Set(some.map((one) => one.detection.preset))];
  const alike = presetsOf(others.filter(({ mapping }) => readsAlike(mapping, best.mapping)));
  const margin = detection.record === "found" ? MARGIN : 0;
  const near = others.filter((one) => one.detection.confidence >= detection.confidence - margin);
  return presetsOf(near).every((preset) => alike.includes(preset))
    ? { found: detection, alike, ambiguous: false }
    : { found: undefined, alike: [], ambiguous: true };
}

/** Whether two mappings read the same from a file, whatever their parameters are called. */
function readsAlike(left: MappingData, right: MappingData): boolean {
  const reading = ({ record, fields, totals, skip }: MappingData): string =>
    JSON.stringify([record, fields, totals, skip]);
  return left === right || reading(left) === reading(right);
}

/** URI of the root element's namespace, if the mapping asks for it. */
function namespaceOf({ paths }: Inspection, { record, namespaces = {} }: MappingData): string | undefined {
  const uri = paths[0]?.namespace;
  if (uri === undefined || uri === "") return undefined;
  const asked = pathList(record).map((path) => namespaces[/^\/([^/:]+):/.exec(path)?.[1] ?? ""]);
  return asked.includes(uri) ? uri : undefined;
}

/** Text at a place of the file, whatever its prefixes. */
function versionIn({ paths }: Inspection, place: string | undefined): string | undefined {
  if (place === undefined) return undefined;
  const bare = (path: string): string => path.replace(/(\/@?)[^/:]+:/g, "$1");
  return paths.find(({ path }) => bare(path) === bare(place))?.samples[0];
}

function emptyFit(mapping: MappingData, inspection: Inspection): number {
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
