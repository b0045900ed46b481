import type { CallOptions, RefusedName, RemoteFile, Transport } from "../ports.ts";
import { joinPath, nameFilter } from "./names.ts";
import { wait } from "./wait.ts";

/** What becomes of a file that has been taken in. */
export type AfterSuccess = "archive" | "delete" | "leave";

export interface IncomingOptions extends CallOptions {
  /** Where the files are. @defaultValue "", the transport's own folder */
  readonly folder?: string | undefined;
  /** Names to take, such as `"orders-*.xml"`. @defaultValue all */
  readonly pattern?: string | undefined;
  /**
   * A file is taken only when its size and time are the same after so many milliseconds; 0 takes what is there.
   *
   * @defaultValue 5000
   */
  readonly settleMs?: number | undefined;
  /** Ending of the file that says that another one is complete: with `".done"`, `orders.xml` waits for `orders.xml.done`. */
  readonly done?: string | undefined;
  /** @defaultValue "archive" */
  readonly after?: AfterSuccess | undefined;
  /** Folder for files taken in. @defaultValue "archive", within `folder` */
  readonly archiveFolder?: string | undefined;
  /** Folder for files that could not be taken in, each with its report beside it. @defaultValue "failed", within `folder` */
  readonly failedFolder?: string | undefined;
  /** @defaultValue setTimeout */
  readonly sleep?: ((ms: number, signal?: AbortSignal) => Promise<void>) | undefined;
  /** For names of archived files. @defaultValue the current time */
  readonly now?: (() => Date) | undefined;
}

export interface Incoming {
  /** By name, numbers within names by their value: `export-9.xml` before `export-10.xml`. */
  readonly files: readonly IncomingFile[];
  /** Files that are not ready yet. */
  readonly waiting: readonly WaitingFile[];
  /** Files whose names cannot be used. */
  readonly refused: readonly RefusedName[];
}

export interface IncomingFile extends RemoteFile {
  /** The bytes, from the start at each call; a file that has become another one meanwhile ends with an error. */
  readonly read: () => AsyncIterable<Uint8Array>;
  /** Archives, deletes or leaves it. To be called when what it held is safe. @returns its new path, if it has one */
  succeed(): Promise<string | undefined>;
  /**
   * Moves it to the folder of failed files, with `report` (text, or anything that JSON can hold) beside it as
   * `NAME.report.json` or `.txt`. @returns its new path
   */
  fail(report: unknown): Promise<string>;
}

export interface WaitingFile {
  readonly path: string;
  /** `"is still growing"` */
  readonly reason: string;
}

const SETTLE_MS = 5000;

/** Endings that programs give to files while they write them. */
const UNFINISHED = /^\.|\.(?:part|partial|filepart|tmp|temp|crdownload)$/i;

/** Looks for files that are complete. Nothing is moved or removed before `succeed` or `fail` is called. */
export async function incomingFiles(transport: Transport, options: IncomingOptions = {}): Promise<Incoming> {
  const { folder = "", pattern, done, signal } = options;
  const { files: all, refused } = await transport.list(folder, { signal });
  const names = new Set(all.map(({ name }) => name));
  const fits = nameFilter(pattern);
  const waiting: WaitingFile[] = [];
  const candidates = all.filter(({ path, name }) => {
    if (!fits(name) || (done !== undefined && name.endsWith(done))) return false;
    const reason = reasonToWait(name, names, done);
    if (reason !== undefined) waiting.push({ path, reason });
    return reason === undefined;
  });
  const { ready, moving } = await settled(transport, candidates, options);
  const files = ready.map((file) => incomingFile(transport, file, options));
  files.sort((a, b) => collator.compare(a.name, b.name));
  return { files, waiting: [...waiting, ...moving], refused };
}

const collator = new Intl.Collator("en", { numeric: true });

function reasonToWait(name: string, names: ReadonlySet<string>, done: string | undefined): string | undefined {
  if (UNFINISHED.test(name)) return "has the name of a file that is still being written";
  if (done !== undefined && !names.has(name + done)) return `has no ${name}${done} beside it`;
  return undefined;
}

/** Looks at the files twice, and parts those that stand still from those that do not. */
async function settled(
  transport: Transport,
  candidates: readonly RemoteFile[],
  { settleMs = SETTLE_MS, sleep = wait, signal }: IncomingOptions,
): Promise<{ readonly ready: readonly RemoteFile[]; readonly moving: readonly WaitingFile[] }> {
  if (!transport.can.stat || candidates.length === 0) return { ready: candidates, moving: [] };
  const look = async (): Promise<(RemoteFile | undefined)[]> => {
    const found: (RemoteFile | undefined)[] = [];
    // One after the other: a listing may tell times to the minute only, so each file is asked for by itself.
    for (const { path } of candidates) found.push(await transport.stat(path, { signal }));
    return found;
  };
  const before = await look();
  if (settleMs > 0) await sleep(settleMs, signal);
  const after = settleMs > 0 ? await look() : before;
  const ready: RemoteFile[] = [];
  const moving: WaitingFile[] = [];
  for (const [index, { path }] of candidates.entries()) {
    const [first, second] = [before[index], after[index]];
    const reason =
      first === undefined || second === undefined
        ? "was taken away meanwhile"
        : first.size !== second.size || first.modifiedAt !== second.modifiedAt
          ? "is still being written"
          : // Programs that upload make an empty file first.
            second.size === 0
            ? "is empty so far"
            : undefined;
    if (reason !== undefined) moving.push({ path, reason });
    else if (second !== undefined) ready.push(second);
  }
  return { ready, moving };
}

function incomingFile(transport: Transport, file: RemoteFile, options: IncomingOptions): IncomingFile {
  const { after = "archive", done, archiveFolder = "archive", failedFolder = "failed", signal, folder = "" } = options;
  const { now = () => new Date() } = options;

  /** A stale done-file would make the next upload of that name look complete from its first byte on. */
  async function removeDone(): Promise<void> {
    if (done !== undefined && (await transport.stat(file.path + done, { signal })) !== undefined)
      await transport.remove(file.path + done, { signal });
  }

  return {
    ...file,
    read: () => transport.read(file.path, { signal, size: file.size }),
    async succeed() {
      if (after === "leave") return file.path;
      await removeDone();
      if (after === "delete") {
        await transport.remove(file.path, { signal });
        return undefined;
      }
      const to = await freePath(transport, joinPath(folder, archiveFolder), file.name, now(), signal);
      await transport.move(file.path, to, { signal });
      return to;
    },
    async fail(report) {
      const to = await freePath(transport, joinPath(folder, failedFolder), file.name, now(), signal);
      const [text, ending] =
        typeof report === "string" ? [report, "txt"] : [`${JSON.stringify(report, null, 2)}\n`, "json"];
      // First the report: a file among the failed ones always says why.
      await transport.write(`${to}.report.${ending}`, new TextEncoder().encode(text), { signal });
      await removeDone();
      await transport.move(file.path, to, { signal });
      return to;
    },
  };
}

/** A path in a folder, which is made, that no file has yet: `archive/orders.2026-03-04T18-22-09Z.xml`. */
async function freePath(
  transport: Transport,
  folder: string,
  name: string,
  time: Date,
  signal: AbortSignal | undefined,
): Promise<string> {
  if (transport.can.folders) await transport.makeFolder(folder, { signal });
  const stamp = `${time.toISOString().slice(0, "2026-03-04T18:22:09".length).replaceAll(":", "-")}Z`;
  const dot = name.lastIndexOf(".");
  const [stem, extension] = dot > 0 ? [name.slice(0, dot), name.slice(dot)] : [name, ""];
  for (let count = 1; ; count++) {
    const path = joinPath(folder, `${stem}.${stamp}${count === 1 ? "" : `-${count}`}${extension}`);
    if ((await transport.stat(path, { signal })) === undefined) return path;
  }
}
