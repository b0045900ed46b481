import type { Stats } from "node:fs";
import { lstat, readdir, realpath, stat } from "node:fs/promises";
import { join, posix, sep } from "node:path";
import { isMissing, Refusal } from "./refusal.ts";

/** Name of a file or folder and what the file system says of it. */
export interface Entry {
  readonly name: string;
  readonly stats: Stats;
}

/** A folder that no path leads out of. Paths are those of the client: absolute, with `/` for the folder itself. */
export interface Folder {
  /** Real path of the folder on disk. */
  readonly root: string;
  /**
   * Place on disk of what a path names, links followed. The last part need not be there.
   *
   * @throws Refusal 550 if a link leads out of the folder.
   */
  readonly target: (path: string) => Promise<string>;
  /** The same with a link in the last place left alone: for renaming and deleting. */
  readonly entry: (path: string) => Promise<string>;
  /** What stands in a folder, by name. Links that lead out of the root, or nowhere, are left out. */
  readonly list: (path: string) => Promise<readonly Entry[]>;
}

/** @throws Error of the file system if there is no such folder. */
export async function openFolder(folder: string): Promise<Folder> {
  const root = await realpath(folder);

  const inside = (place: string): string => {
    // A root of "/" ends with its separator already.
    if (place !== root && !place.startsWith(root.endsWith(sep) ? root : root + sep)) throw outside();
    return place;
  };

  const entry = async (path: string): Promise<string> => {
    const parts = path.split("/").filter((part) => part !== "");
    // On Windows these would be further separators and drives.
    if (sep === "\\" && parts.some((part) => /[\\:]/.test(part))) throw new Refusal("553 File name not allowed.");
    const last = parts.pop();
    return last === undefined ? root : join(inside(await realpath(join(root, ...parts))), last);
  };

  const target = async (path: string): Promise<string> => {
    const place = await entry(path);
    if (!(await isLink(place))) return place;
    try {
      return inside(await realpath(place));
    } catch (error) {
      // A link to nothing would create a file wherever it points.
      if (isMissing(error)) throw outside();
      throw error;
    }
  };

  const list = async (path: string): Promise<readonly Entry[]> => {
    const names = await readdir(await target(path));
    const entries: Entry[] = [];
    for (const name of names.sort()) {
      try {
        entries.push({ name, stats: await stat(await target(posix.join(path, name))) });
      } catch (error) {
        // Deleted since, or a link that leads out.
        if (!isMissing(error) && !(error instanceof Refusal)) throw error;
      }
    }
    return entries;
  };

  return { root, entry, target, list };
}

/** `absolutePath("/a", "../../b")` → `"/b"`: the root is its own parent, as in a chroot. */
export function absolutePath(current: string, path: string): string {
  const absolute = posix.resolve("/", current, path);
  if (/[\0\r\n]/.test(absolute)) throw new Refusal("553 File name not allowed.");
  return absolute;
}

async function isLink(place: string): Promise<boolean> {
  try {
    return (await lstat(place)).isSymbolicLink();
  } catch (error) {
    if (isMissing(error)) return false;
    throw error;
  }
}

function outside(): Refusal {
  return new Refusal("550 Permission denied.");
}
