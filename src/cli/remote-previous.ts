import { TransportError } from "../errors.ts";
import { type ExportFeed, writesApart } from "../preset.ts";
import { splitPath } from "../transfer/names.ts";
import type { Io, Remote } from "./io.ts";
import { type NamedInput, remoteSource } from "./source.ts";
import { isUrl } from "./url.ts";

/**
 * The file, or the documents of the folder, that the URL of `--against` names. Undefined if there is none, and it is what is
 * about to be written.
 *
 * @throws {@link TransportError}
 */
export async function remoteSources(
  url: string,
  feed: ExportFeed,
  output: string,
  io: Io,
): Promise<readonly NamedInput[] | undefined> {
  const remote = await io.remotes.open(url);
  const target = isUrl(output) ? await io.remotes.open(output) : undefined;
  const isTarget = target?.transport === remote.transport && target.path === remote.path;
  try {
    if (writesApart(feed) || remote.isFolder) return await documentsIn(remote, feed);
    if (isTarget && (await isMissing(remote))) return undefined;
    const source = await remoteSource(remote);
    // Where nothing tells beforehand, the first byte does.
    if (isTarget && !remote.transport.can.stat) await source.head();
    return [{ name: source.name, input: source.input() }];
  } catch (error) {
    if (isTarget && error instanceof TransportError && error.code === "TRANSPORT_NOT_FOUND") return undefined;
    throw error;
  }
}

async function documentsIn({ name, transport, path }: Remote, { mapping }: ExportFeed): Promise<readonly NamedInput[]> {
  const extension = mapping.csv === undefined ? ".xml" : ".csv";
  const { files } = await transport.list(path, { pattern: `*${extension}` });
  const folder = name.replace(/\/$/, "");
  return files.map((file) => ({ name: `${folder}/${file.name}`, input: transport.read(file.path) }));
}

/** Servers refuse to tell of a file for other reasons, too; then the listing still has it. */
async function isMissing({ transport, path }: Remote): Promise<boolean> {
  if (!transport.can.stat || (await transport.stat(path)) !== undefined) return false;
  if (!transport.can.list) return true;
  const [folder, name] = splitPath(path);
  const { files } = await transport.list(folder, { pattern: name });
  return files.every((file) => file.name !== name);
}
