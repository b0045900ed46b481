import { randomBytes } from "node:crypto";
import type { RemoteFile, Transport } from "../../ports.ts";
import { joinPath } from "../../transfer/names.ts";
import { count, type Examination, type Known, mayBeWindows, reasonOf } from "./examination.ts";

/** Writes small files of its own into a folder, looks what becomes of them, and removes them. */
export async function checkWriting(
  exam: Examination,
  known: Known,
  transport: Transport,
  folder: string,
): Promise<void> {
  const stem = `propojka-doctor-${randomBytes(4).toString("hex")}`;
  const work: Work = { ...exam, known, transport, folder, stem };
  try {
    await checkAll(work);
  } finally {
    await cleanUp(work);
  }
}

interface Work extends Examination {
  readonly known: Known;
  readonly transport: Transport;
  readonly folder: string;
  /** Begins the name of each file. */
  readonly stem: string;
}

const SIZE = 70_001;

/** Any byte, and line ends of all kinds, which a server that takes files for text changes. */
function content(): Uint8Array {
  return Uint8Array.from({ length: SIZE }, (_, index) => {
    const place = index % 263;
    return place === 256 || place === 258
      ? 0x0d
      : place === 257 || place === 260
        ? 0x0a
        : (place * 7 + (index >> 8)) & 0xff;
  });
}

async function checkAll(work: Work): Promise<void> {
  const { findings, transport } = work;
  const path = pathOf(work, ".tmp");
  const bytes = content();
  const started = Date.now();
  try {
    await transport.write(path, bytes);
  } catch (error) {
    const message = `${reasonOf(error)}; for taking files only, look with --read-only`;
    await findings.tell({ check: "write", level: "failed", message, stops: "export" });
    return;
  }
  await findings.tell({ check: "write", level: "ok", message: path });
  const written = { bytes, path, at: (started + Date.now()) / 2 };
  const file = await transport.stat(path).catch(() => undefined);
  if (!(await checkSize(work, file))) return;
  if (!(await checkReadBack(work, written))) return;
  await checkResumes(work, written);
  if (await checkRename(work, path)) await checkReplace(work);
  await checkNames(work);
  await checkClock(work, file, written.at);
}

interface Written {
  readonly path: string;
  readonly bytes: Uint8Array;
}

async function checkSize({ findings, transport }: Work, file: RemoteFile | undefined): Promise<boolean> {
  const check = "size";
  if (transport.can.stat && file === undefined) {
    const message =
      "the file is not there after it was written: another program takes files away, or the server keeps them for itself";
    await findings.tell({ check, level: "failed", message });
    return false;
  }
  if (file?.size === undefined) {
    const message = "the server tells no sizes, so whether a file has arrived whole cannot be told";
    await findings.tell({ check, level: "note", message });
    return true;
  }
  const right = file.size === SIZE;
  const message = right ? `${SIZE} bytes` : `${SIZE} bytes were written, the server says ${file.size}`;
  await findings.tell({ check, level: right ? "ok" : "failed", message });
  return right;
}

async function checkReadBack({ findings, transport }: Work, { path, bytes }: Written): Promise<boolean> {
  const check = "read";
  try {
    const same = Buffer.compare(await bytesOf(transport, path), bytes) === 0;
    const message = same ? "what was written" : "other bytes than were written: the server changes files";
    await findings.tell({ check, level: same ? "ok" : "failed", message });
    return same;
  } catch (error) {
    await findings.tell({ check, level: "failed", message: reasonOf(error) });
    return false;
  }
}

/** Whether a transfer that broke off can go on. Without that it starts again. */
async function checkResumes(work: Work, { path, bytes }: Written): Promise<void> {
  const { findings, transport } = work;
  const half = Math.floor(SIZE / 2);
  const read = await problemWith(async () =>
    Buffer.compare(await bytesOf(transport, path, half), bytes.subarray(half)) === 0 ? undefined : "other bytes",
  );
  const other = pathOf(work, "-2.tmp");
  const write = await problemWith(async () => {
    await transport.write(other, bytes.subarray(0, half));
    await transport.write(other, bytes.subarray(half), { from: half });
    return Buffer.compare(await bytesOf(transport, other), bytes) === 0 ? undefined : "other bytes";
  });
  const says = (what: string, problem: string | undefined): string =>
    problem === undefined ? `${what} go on in the middle` : `${what} that break off start again (${problem})`;
  const message = `${says("downloads", read)}, ${says("uploads", write)}`;
  await findings.tell({ check: "resume", level: read === undefined && write === undefined ? "ok" : "note", message });
}

async function problemWith(work: () => Promise<string | undefined>): Promise<string | undefined> {
  try {
    return await work();
  } catch (error) {
    return reasonOf(error);
  }
}

async function checkRename(work: Work, path: string): Promise<boolean> {
  const { findings, transport, place } = work;
  const check = "rename";
  const to = pathOf(work, "-3.tmp");
  const problem = await problemWith(async () => {
    await transport.move(path, to);
    return transport.can.stat && (await transport.stat(to)) === undefined
      ? "the file is not there under its new name"
      : undefined;
  });
  if (problem === undefined) await findings.tell({ check, level: "ok", message: "works" });
  else if (place.settings.replace === "in-place")
    await findings.tell({ check, level: "note", message: `${problem}; ?replace=in-place needs none` });
  else
    await findings.tell({
      check,
      level: "failed",
      message: problem,
      set: "?replace=in-place",
      works: true,
      stops: "export",
    });
  return problem === undefined;
}

async function checkReplace(work: Work): Promise<void> {
  const { findings, transport, place } = work;
  const check = "replace";
  const [from, to] = [pathOf(work, "-4.tmp"), pathOf(work, "-3.tmp")];
  const bytes = new TextEncoder().encode("new");
  const replaced = async (): Promise<string | undefined> =>
    Buffer.compare(await bytesOf(transport, to), bytes) === 0 ? undefined : "the old file is still there";
  const problem = await problemWith(async () => {
    await transport.write(from, bytes);
    await transport.move(from, to);
    return replaced();
  });
  const { replace = "rename" } = place.settings;
  if (problem === undefined) {
    await findings.tell({ check, level: "ok", message: "a file that is there is replaced in one step" });
    return;
  }
  if (replace !== "rename") {
    await findings.tell({ check, level: "note", message: `${problem}; ?replace=${replace} does without` });
    return;
  }
  const still = await problemWith(async () => {
    await transport.remove(to);
    await transport.move(from, to);
    return replaced();
  });
  const set = still === undefined ? "?replace=remove" : "?replace=in-place";
  await findings.tell({ check, level: "failed", message: problem, set, works: true, stops: "export" });
}

const CZECH = "objednávka č. 1";

async function checkNames(work: Work): Promise<void> {
  const { findings, transport, known, open, place } = work;
  const check = "names";
  const problem = await problemWith(() => writeNamed(work, transport));
  if (problem === undefined) {
    const doubt = known.saysUtf8 || place.settings.names !== undefined;
    const message = `"${CZECH}" is found again`;
    if (doubt) await findings.tell({ check, level: "ok", message });
    else
      await findings.tell({
        ...{ check, level: "note" },
        message: `${message}, but the server does not say that names are UTF-8; if others see wrong letters`,
        set: "?names=windows-1250",
      });
    return;
  }
  if (mayBeWindows(place)) {
    const windows = await open({ ...known.settings, names: "windows-1250" });
    if ((await problemWith(() => writeNamed(work, windows))) === undefined) {
      await findings.tell({ check, level: "failed", message: problem, set: "?names=windows-1250", works: true });
      return;
    }
  }
  await findings.tell({
    check,
    level: "note",
    message: `${problem}: names with letters beyond ASCII do not work here`,
  });
}

async function writeNamed(work: Work, transport: Transport): Promise<string | undefined> {
  const path = pathOf(work, ` ${CZECH}.tmp`);
  const name = path.split("/").at(-1) ?? "";
  await transport.write(path, new TextEncoder().encode("name"));
  try {
    const { files } = await transport.list(work.folder, { pattern: `${work.stem}*` });
    if (files.some((file) => file.name.normalize("NFC") === name)) return undefined;
    return `"${CZECH}" is written, but not found again under this name`;
  } finally {
    await transport.remove(path).catch(() => undefined);
  }
}

const MINUTE_MS = 60_000;
const QUARTER_MS = 15 * MINUTE_MS;
const TOLERANCE_MS = 90_000;

async function checkClock({ findings }: Work, file: RemoteFile | undefined, at: number): Promise<void> {
  const check = "clock";
  if (file?.modifiedAt === undefined) {
    const message = "the server tells no times that are sure: whether a file has changed is told by its size alone";
    await findings.tell({ check, level: "note", message });
    return;
  }
  const ahead = Date.parse(file.modifiedAt) - at;
  if (Math.abs(ahead) <= TOLERANCE_MS) {
    await findings.tell({ check, level: "ok", message: "agrees with ours" });
    return;
  }
  const minutes = Math.round(Math.abs(ahead) / MINUTE_MS);
  const distance = minutes % 60 === 0 ? count(minutes / 60, "hour") : count(minutes, "minute");
  const off = Math.abs(ahead - Math.round(ahead / QUARTER_MS) * QUARTER_MS) <= TOLERANCE_MS;
  const why = off ? "; it seems to tell the time of its own zone" : "";
  await findings.tell({ check, level: "note", message: `${distance} ${ahead > 0 ? "ahead of" : "behind"} ours${why}` });
}

async function cleanUp({ findings, transport, folder, stem }: Work): Promise<void> {
  const check = "cleanup";
  const left: string[] = [];
  let problem = "";
  try {
    const { files, refused } = await transport.list(folder, { pattern: `${stem}*` });
    left.push(...refused.filter(({ name }) => name.includes(stem)).map(({ name }) => name));
    for (const file of files)
      await transport.remove(file.path).catch((error: unknown) => {
        left.push(file.path);
        problem = reasonOf(error);
      });
  } catch (error) {
    left.push(`${joinPath(folder, stem)}*`);
    problem = reasonOf(error);
  }
  if (left.length === 0) await findings.tell({ check, level: "ok", message: "nothing is left behind" });
  else
    await findings.tell({
      check,
      level: "note",
      message: `remove by hand: ${left.join(", ")}${problem === "" ? "" : ` (${problem})`}`,
    });
}

function pathOf({ folder, stem }: Work, ending: string): string {
  return joinPath(folder, `${stem}${ending}`);
}

async function bytesOf(transport: Transport, path: string, from = 0): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  for await (const piece of transport.read(path, { from })) pieces.push(piece.slice());
  return Buffer.concat(pieces);
}
