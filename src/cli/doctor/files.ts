import type { Listing, RemoteFile, Transport } from "../../ports.ts";
import { codeIn, count, type Examination, type Known, mayBeWindows, reasonOf } from "./examination.ts";
import { checkWriting } from "./writing.ts";

/** Looks at the files of a folder and, if that is allowed, writes some of its own there, which go away again. */
export async function checkFiles(exam: Examination, known: Known): Promise<void> {
  const transport = await exam.open(known.settings);
  const found = await checkListing(exam, known, transport);
  if (found === undefined) return;
  const { folder, file, listing } = found;
  if (exam.readOnly) {
    await checkRead(exam, transport, file ?? smallest(listing.files));
    return;
  }
  await checkWriting(exam, known, transport, folder);
}

interface Found {
  /** From the transport's folder. */
  readonly folder: string;
  /** What the URL leads to, if it is a file that is there. */
  readonly file: RemoteFile | undefined;
  readonly listing: Listing;
}

async function checkListing(exam: Examination, known: Known, transport: Transport): Promise<Found | undefined> {
  const { place, findings } = exam;
  const check = "listing";
  try {
    const file = place.isFolder || place.path === "" ? undefined : await transport.stat(place.path);
    const { folder, listing } = await folderOf(transport, place, file);
    const { files, refused } = listing;
    await findings.tell({ check, level: "ok", message: `${known.listing}: ${count(files.length, "file")}` });
    if (file !== undefined) {
      const changed = file.modifiedAt === undefined ? "" : `, changed at ${file.modifiedAt}`;
      await findings.tell({
        check: "file",
        level: "ok",
        message: `${place.path}: ${file.size ?? "?"} bytes${changed}`,
      });
    } else if (folder === "" && place.path !== "")
      await findings.tell({ check: "file", level: "note", message: `${place.path}: is not there` });
    if (refused.length > 0) await tellRefused(exam, known, folder, refused);
    return { folder, file, listing };
  } catch (error) {
    const message = reasonOf(error);
    await findings.tell({
      check: codeIn(error) === "TRANSPORT_NOT_FOUND" ? "folder" : check,
      level: "failed",
      message,
    });
    return undefined;
  }
}

/** The URL leads to a file, to a folder, or to a file that is not there yet. */
async function folderOf(
  transport: Transport,
  { path, isFolder }: Examination["place"],
  file: RemoteFile | undefined,
): Promise<{ readonly folder: string; readonly listing: Listing }> {
  if (path !== "" && file === undefined)
    try {
      return { folder: path, listing: await transport.list(path) };
    } catch (error) {
      if (isFolder || codeIn(error) !== "TRANSPORT_NOT_FOUND") throw error;
    }
  return { folder: "", listing: await transport.list("") };
}

const SHOWN = 3;

async function tellRefused(
  { open, findings, place }: Examination,
  { settings }: Known,
  folder: string,
  refused: Listing["refused"],
): Promise<void> {
  const check = "listing";
  const shown = refused.slice(0, SHOWN).map(({ name, reason }) => `"${name}" ${reason}`);
  const more = refused.length > SHOWN ? ` and ${refused.length - SHOWN} more` : "";
  const message = `${count(refused.length, "name")} cannot be used: ${shown.join(", ")}${more}`;
  const byEncoding = refused.some(({ reason }) => reason.includes("encoding"));
  if (byEncoding && mayBeWindows(place)) {
    const other = await (await open({ ...settings, names: "windows-1250" })).list(folder);
    if (other.refused.length < refused.length) {
      await findings.tell({ check, level: "failed", message, set: "?names=windows-1250", works: true });
      return;
    }
  }
  await findings.tell({ check, level: "note", message });
}

function smallest(files: readonly RemoteFile[]): RemoteFile | undefined {
  return [...files].sort((a, b) => (a.size ?? Infinity) - (b.size ?? Infinity)).find(({ size }) => size !== 0);
}

const READ_BYTES = 1024 * 1024;

async function checkRead({ findings }: Examination, transport: Transport, file: RemoteFile | undefined): Promise<void> {
  const check = "read";
  if (file === undefined) {
    await findings.tell({ check, level: "note", message: "not tried: there is no file that could be read" });
    return;
  }
  try {
    let bytes = 0;
    for await (const piece of transport.read(file.path)) if ((bytes += piece.length) >= READ_BYTES) break;
    await findings.tell({ check, level: "ok", message: `${file.name}: ${bytes} bytes` });
  } catch (error) {
    await findings.tell({ check, level: "failed", message: `${file.name}: ${reasonOf(error)}` });
  }
}
