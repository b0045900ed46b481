import { type FileInfo, FileType, FTPError } from "basic-ftp";
import { TransportError } from "../../errors.ts";
import type { Listing, RemoteFile } from "../../ports.ts";
import { requireFewFiles } from "../../transfer/limits.ts";
import { checkName, joinPath, nameFilter, refusedName, splitPath } from "../../transfer/names.ts";
import { parseListing, type ParsedListing } from "./listing.ts";
import type { FtpCall, FtpSession } from "./session.ts";

/** The files of a folder whose names fit. */
export async function listFiles(
  session: FtpSession,
  call: FtpCall,
  folder: string,
  pattern: string | undefined,
): Promise<Listing> {
  const { entries, refused } = await entriesOf(session, call, folder);
  const all = entries.filter(({ info }) => info.type !== FileType.Directory);
  requireFewFiles(all.length, session.placeOf(folder), session.options);
  const fits = nameFilter(pattern);
  const bad = [...refused];
  const files: RemoteFile[] = [];
  for (const { name, info } of all) {
    const reason = checkName(name);
    if (reason !== undefined) bad.push(refusedName(name, reason));
    else if (fits(name)) {
      const path = joinPath(folder, name);
      // What a link leads to, the server tells only when it is asked.
      const found = info.isFile ? remoteFile(path, info) : await statFile(session, call, path);
      if (found !== undefined) files.push(found);
    }
  }
  return { files, refused: bad };
}

/** SIZE and MDTM; where the server does not know SIZE, the listing of the folder. */
export async function statFile(session: FtpSession, call: FtpCall, path: string): Promise<RemoteFile | undefined> {
  const { client, features } = call;
  const [folder, name] = splitPath(path);
  if (!features.has("SIZE")) {
    const { entries } = await entriesOf(session, call, folder).catch(orNothing({ entries: [], refused: [] }));
    const entry = entries.find((one) => one.name === name && one.info.type !== FileType.Directory);
    return entry && remoteFile(path, entry.info);
  }
  const size = await client.size(call.at(path)).catch(orNothing(undefined));
  if (size === undefined) return undefined;
  const time = features.has("MDTM") ? await client.lastMod(call.at(path)).catch(orNothing(undefined)) : undefined;
  return { path, name, size, modifiedAt: isoOf(time) };
}

/** @throws {@link TransportError} TRANSPORT_EXISTS where the server does not replace `to` */
export async function moveFile(session: FtpSession, call: FtpCall, from: string, to: string): Promise<void> {
  await call.client.send(`RNFR ${call.at(from)}`);
  try {
    await call.client.send(`RNTO ${call.at(to)}`);
  } catch (error) {
    // Servers say in words only why they do not rename.
    if (!(error instanceof FTPError) || error.code < 500) throw error;
    const failure = session.failure(error, to);
    if (!(failure instanceof TransportError) || (await statFile(session, call, to)) === undefined) throw failure;
    const reason = `the server does not replace a file by renaming: ${failure.reason}`;
    throw new TransportError("TRANSPORT_EXISTS", reason, { place: session.placeOf(to), cause: failure.cause });
  }
}

export async function makeFolders({ client, at }: FtpCall, path: string): Promise<void> {
  const names = path.split("/");
  for (let count = 1; count <= names.length; count++)
    await client.sendIgnoringError(`MKD ${at(names.slice(0, count).join("/"))}`);
  await client.cd(at(path));
}

async function entriesOf(
  { placeOf }: FtpSession,
  { client, wire, at }: FtpCall,
  folder: string,
): Promise<ParsedListing> {
  // Paths in LIST are read differently by servers: spaces, options, wildcards.
  await client.cd(at(folder));
  let listing: ParsedListing = { entries: [], refused: [] };
  client.parseList = (raw) => {
    // A connection that breaks looks like the end of the listing.
    if (raw !== "" && !raw.endsWith("\n"))
      throw new TransportError("TRANSPORT_INCOMPLETE", "the listing ends within a line", { place: placeOf(folder) });
    listing = parseListing(raw, wire);
    return [];
  };
  await client.list();
  return listing;
}

/** A refusal means that there is nothing; anything else is thrown on. */
function orNothing<Value>(value: Value): (error: unknown) => Value {
  return (error) => {
    if (error instanceof FTPError && error.code >= 500) return value;
    throw error;
  };
}

function remoteFile(path: string, { size, modifiedAt }: FileInfo): RemoteFile {
  return {
    path,
    name: splitPath(path)[1],
    size: Number.isFinite(size) ? size : undefined,
    modifiedAt: isoOf(modifiedAt),
  };
}

function isoOf(time: Date | undefined): string | undefined {
  return time === undefined || Number.isNaN(time.getTime()) ? undefined : time.toISOString();
}
