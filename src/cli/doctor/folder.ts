import { basename, dirname } from "node:path";
import { fsTransport } from "../../adapters/fs.ts";
import type { Place } from "../url.ts";
import type { Examination } from "./examination.ts";
import { checkFiles } from "./files.ts";

/** Looks at a folder of this machine, or the one of a file. */
export async function examineFolder(
  path: string,
  how: Pick<Examination, "readOnly" | "findings" | "onLine">,
): Promise<void> {
  const place: Place = {
    ...{ scheme: "file", name: path, host: "", port: undefined, user: undefined, settings: {}, href: "", secrets: [] },
    folder: dirname(path),
    path: basename(path),
    isFolder: /[/\\]$/.test(path),
  };
  const open = async () => fsTransport({ folder: place.folder });
  const access = { credentials: {}, hostKeys: [], ca: undefined };
  const known = { settings: {}, listing: "folder", saysUtf8: true };
  await checkFiles({ ...how, place, access, open, redact: (text) => text }, known);
}
