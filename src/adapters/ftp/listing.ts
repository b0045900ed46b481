import { type FileInfo, parseList } from "basic-ftp";
import type { RefusedName } from "../../ports.ts";
import { refusedName } from "../../transfer/names.ts";
import type { Wire } from "./wire.ts";

/** An entry with a name that has been decoded. */
export interface Entry {
  readonly name: string;
  readonly info: FileInfo;
}

export interface ParsedListing {
  readonly entries: readonly Entry[];
  readonly refused: readonly RefusedName[];
}

/** The folder itself and the one above it. */
const SELF = /(?:^|;)type=[cp]dir;|(?:^|\s)\.\.?$/i;

/**
 * Reads the lines of MLSD or LIST, each by itself: one that cannot be read is told, instead of being passed over with a file that
 * nobody ever sees.
 */
export function parseListing(raw: string, wire: Wire): ParsedListing {
  const entries: Entry[] = [];
  const refused: RefusedName[] = [];
  for (const line of raw.split(/\r?\n/)) {
    if (line.trim() === "" || /^total\b/.test(line) || SELF.test(line)) continue;
    const info = parseLine(line);
    const name = info && wire.decode(info.name);
    if (info === undefined) refused.push(refusedName(wire.show(line), "stands in a line that cannot be read"));
    else if (name === undefined)
      refused.push(refusedName(wire.show(info.name), "is in another encoding than the others"));
    else entries.push({ name, info });
  }
  return { entries, refused };
}

function parseLine(line: string): FileInfo | undefined {
  try {
    const [info] = parseList(line);
    return info;
  } catch {
    return undefined;
  }
}
