import type { RemoteFile } from "../../ports.ts";
import { splitPath } from "../../transfer/names.ts";

/** What a server tells of a file; it may leave out any of it. */
export interface Attributes {
  /** Kind and permissions, as in Unix. */
  readonly mode?: number | undefined;
  readonly size?: number | undefined;
  /** Seconds since 1970. */
  readonly mtime?: number | undefined;
}

export interface Entry {
  readonly filename: string;
  /** A line as `ls -l` prints it, mostly. */
  readonly longname: string;
  readonly attrs: Attributes;
}

const KIND = 0o170000;
const FOLDER = 0o040000;
const FILE = 0o100000;
const LINK = 0o120000;

export type Kind = "file" | "folder" | "link" | "other";

/** Of a server that does not tell, whatever there is passes for a file. */
export function kindOf({ mode }: Attributes, longname = ""): Kind {
  const kind = (mode ?? 0) & KIND;
  if (kind === 0) return longname.startsWith("d") ? "folder" : longname.startsWith("l") ? "link" : "file";
  return kind === FILE ? "file" : kind === FOLDER ? "folder" : kind === LINK ? "link" : "other";
}

/** Bytes that are not UTF-8 have been read as this. */
export function isDamaged(name: string): boolean {
  return name.includes("\ufffd");
}

export function remoteFile(path: string, { size, mtime }: Attributes): RemoteFile {
  return {
    path,
    name: splitPath(path)[1],
    size,
    modifiedAt: mtime === undefined ? undefined : new Date(mtime * 1000).toISOString(),
  };
}
