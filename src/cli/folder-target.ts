import { createHash } from "node:crypto";
import { mkdir, readdir, rename, stat } from "node:fs/promises";
import { dirname, extname, join } from "node:path";
import { Failure } from "./io.ts";
import { createFile, openStage, syncFolder, takeAfter, writing } from "./stage.ts";
import type { Target, WrittenFile } from "./target.ts";

/**
 * A folder with a document for each record. Documents of the same name are replaced, all others stay. `place` is where
 * it is, or will be; `extension` the end of each name, `".xml"`.
 */
export async function folderTarget(name: string, place: string, extension: string, exists: boolean): Promise<Target> {
  // Within the folder where there is one, since that may be a disk of its own.
  const parent = exists ? place : dirname(place);
  const { at, documents, ...folder } = await stagedFolder(name, parent, extension, (document) => join(name, document));

  async function putInPlace(): Promise<void> {
    if (!exists) await writing(name, () => mkdir(place));
    for (const [index, document] of documents().entries())
      try {
        await writing(join(name, document), () => replace(at(document), join(place, document)));
      } catch (error) {
        if (!(error instanceof Failure) || index === 0) throw error;
        throw new Failure(`${error.message}; ${index} of ${documents().length} documents are in place already`);
      }
    await syncFolder(place);
  }

  return {
    ...folder,
    async commit() {
      await putInPlace();
      const written = new Set(documents());
      const others = (await readdir(place)).filter((file) => extname(file) === extension && !written.has(file));
      return { complete: true, others: others.sort() };
    },
  };
}

/** Documents that are not in their place yet. */
export interface StagedFolder extends Omit<Target, "commit"> {
  /** Names of the documents written so far. */
  readonly documents: () => readonly string[];
  /** Path of one of them. */
  readonly at: (document: string) => string;
}

/** Documents in a folder of their own within `parent`, until they are put in their place. `nameIn` names one for messages. */
export async function stagedFolder(
  name: string,
  parent: string,
  extension: string,
  nameIn: (document: string) => string,
): Promise<StagedFolder> {
  const stage = await writing(name, () => openStage(parent));
  const nameOf = documentNames(extension);
  const documents: string[] = [];
  return {
    name,
    isFolder: true,
    documents: () => documents,
    at: (document) => stage.at(document),
    write: () => Promise.reject(new TypeError("a folder takes documents")),
    async document(code, bytes) {
      const document = nameOf(code);
      await writing(nameIn(document), () => create(stage.at(document), bytes));
      documents.push(document);
    },
    finish: async () =>
      documents.map((document): WrittenFile => ({ path: stage.at(document), name: nameIn(document) })),
    discard: () => stage.discard(),
  };
}

async function create(path: string, bytes: Uint8Array): Promise<void> {
  const file = await createFile(path);
  try {
    await file.write(bytes);
  } finally {
    await file.close();
  }
}

async function replace(path: string, place: string): Promise<void> {
  const info = await stat(place).catch(() => undefined);
  if (info?.isFile() === true) await takeAfter(path, info);
  await rename(path, place);
}

/** Longest name of a document without its extension, in characters, which are all ASCII. */
const LONGEST = 150;

/**
 * Names of documents by the codes of their records: safe in every file system, and different also where upper and lower
 * case are the same. `"A/1"` gives `A%2F1.xml`, the next `"A/1"` `A%2F1~2.xml`.
 */
export function documentNames(extension: string): (code: string) => string {
  const taken = new Map<string, number>();
  return (code) => {
    const stem = stemOf(code);
    const count = (taken.get(stem.toLowerCase()) ?? 0) + 1;
    taken.set(stem.toLowerCase(), count);
    return `${stem}${count === 1 ? "" : `~${count}`}${extension}`;
  };
}

/** Windows takes these for devices, whatever their extension. */
const DEVICES = /^(?:con|prn|aux|nul|com\d|lpt\d)(?=\.|$)/i;

function stemOf(code: string): string {
  const safe = Array.from(Buffer.from(code, "utf8"), (byte) => {
    const char = String.fromCharCode(byte);
    return /[A-Za-z0-9_.-]/.test(char) ? char : escaped(byte);
  }).join("");
  const stem = safe
    .replace(/^[.-]/, (char) => escaped(char.charCodeAt(0)))
    .replace(DEVICES, (device) => `${escaped(device.charCodeAt(0))}${device.slice(1)}`);
  if (stem.length <= LONGEST) return stem;
  const hash = createHash("sha256").update(code).digest("hex").slice(0, 16);
  return `${stem.slice(0, LONGEST - hash.length - 1).replace(/%.?$/, "")}~${hash}`;
}

function escaped(byte: number): string {
  return `%${byte.toString(16).toUpperCase().padStart(2, "0")}`;
}
