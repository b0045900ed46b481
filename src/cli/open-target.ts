import type { Stats } from "node:fs";
import { readlink, realpath, stat } from "node:fs/promises";
import { dirname, extname, resolve } from "node:path";
import { type Feed, writesApart } from "../preset.ts";
import { folderTarget } from "./folder-target.ts";
import { type Io, UsageError } from "./io.ts";
import { codeOf, writing } from "./stage.ts";
import { remoteFolderTarget, remoteTarget } from "./remote-target.ts";
import { fileTarget, streamTarget, type Target } from "./target.ts";
import { isUrl, localPath } from "./url.ts";

/** Looks at a URL before any work is done; what is wrong with a path shows when it is opened. @throws {@link UsageError} */
export async function requireTarget(argument: string, io: Io): Promise<void> {
  const path = localPath(argument);
  if (isUrl(path)) await io.remotes.open(path);
}

/**
 * The target that `argument` names: a file, `-` for standard output, a device or pipe, a folder for feeds with a document
 * for each record, or the URL of a file or folder.
 *
 * @throws {@link Failure} if nothing can be written there.
 */
export async function openTarget(argument: string, feed: Feed, io: Io): Promise<Target> {
  const path = localPath(argument);
  const { fileName } = feed;
  const perRecord = writesApart(feed);
  if (isUrl(path)) {
    const remote = await io.remotes.open(path);
    if (perRecord) return remoteFolderTarget(remote, extensionOf(feed));
    if (!remote.isFolder && remote.path !== "") return remoteTarget(remote);
    throw new UsageError(`${remote.name} is a directory: give -o a file in it, such as ${fileName ?? "shop.xml"}`);
  }
  if (path === "-") {
    if (perRecord) throw new UsageError("this feed has a document for each record: give -o a directory");
    return streamTarget("standard output", io.stdout);
  }
  const { place, info } = await writing(path, () => follow(path));
  if (perRecord) {
    if (info !== undefined && !info.isDirectory())
      throw new UsageError(`${path} is a file, but this feed has a document for each record: give -o a directory`);
    return folderTarget(path, place, extensionOf(feed), info !== undefined);
  }
  if (info?.isDirectory() === true || /[/\\]$/.test(path))
    throw new UsageError(`${path} is a directory: give -o a file in it, such as ${fileName ?? "shop.xml"}`);
  // A device or a pipe cannot be replaced by a file.
  if (info !== undefined && !info.isFile()) return streamTarget(path, undefined);
  return fileTarget(path, place, info);
}

function extensionOf({ mapping, fileName = "" }: Feed): string {
  return extname(fileName) || (mapping.csv === undefined ? ".xml" : ".csv");
}

/** The path behind symbolic links, also where nothing stands there yet. */
async function follow(path: string): Promise<{ readonly place: string; readonly info: Stats | undefined }> {
  try {
    const info = await stat(path);
    return { place: info.isFile() || info.isDirectory() ? await realpath(path) : path, info };
  } catch (error) {
    if (codeOf(error) !== "ENOENT") throw error;
    const link = await readlink(path).catch(() => undefined);
    return link === undefined ? { place: resolve(path), info: undefined } : follow(resolve(dirname(path), link));
  }
}
