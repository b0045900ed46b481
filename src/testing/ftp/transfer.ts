import { constants } from "node:fs";
import { type FileHandle, open, stat } from "node:fs/promises";
import type { Socket } from "node:net";
import { posix } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { withDataConnection } from "./data.ts";
import { absolutePath, type Entry } from "./folder.ts";
import { factsLine, unixLine } from "./listing.ts";
import { Refusal } from "./refusal.ts";
import type { Session } from "./surroundings.ts";

const { O_RDONLY, O_WRONLY, O_CREAT, O_TRUNC, O_APPEND, O_NOFOLLOW } = constants;
const CHUNK_LENGTH = 65_536;

/** RETR: a file from where REST said. */
export async function retrieve(session: Session, name: string): Promise<string> {
  const start = takeRestart(session);
  return withFile(session, name, O_RDONLY, async (file) => {
    const { size } = await file.stat();
    if (start > size) throw new Refusal("554 Restart position is behind the end of the file.");
    return withDataConnection(session, `Opening BINARY mode data connection for ${name} (${size} bytes).`, (socket) =>
      sendAll(Readable.from(chunksFrom(file, start), { objectMode: false }), socket),
    );
  });
}

/** STOR and APPE. The file stands from the first byte on and stays as it is if the upload breaks off. */
export async function store(session: Session, name: string, isAppended: boolean): Promise<string> {
  const start = takeRestart(session);
  const how = isAppended ? O_APPEND : start === 0 ? O_TRUNC : 0;
  return withFile(session, name, O_WRONLY | O_CREAT | how, (file) =>
    withDataConnection(session, `Ok to send data for ${name}.`, (socket) =>
      receiveAll(socket, file, isAppended ? null : start),
    ),
  );
}

/** LIST, NLST and MLSD. */
export async function list(session: Session, command: "LIST" | "NLST" | "MLSD", argument: string): Promise<string> {
  // Clients pass options of ls along, as in "LIST -a".
  const name = command === "MLSD" ? argument : argument.replace(/^(?:-\S+(?:\s+|$))+/, "");
  const path = absolutePath(session.folder, name);
  const lines = await linesOf(session, command, path);
  const { listing = (all: readonly string[]) => all } = session.around.options;
  return withDataConnection(session, "Here comes the directory listing.", (socket) =>
    sendAll(Readable.from(chunksOf(listing(lines), session)), socket),
  );
}

async function linesOf({ around }: Session, command: "LIST" | "NLST" | "MLSD", path: string): Promise<string[]> {
  const { folder } = around;
  const stats = await stat(await folder.target(path));
  const isFolder = stats.isDirectory();
  if (command === "MLSD" && !isFolder) throw new Refusal("501 Not a directory.");
  const entries: readonly Entry[] = isFolder ? await folder.list(path) : [{ name: posix.basename(path), stats }];
  if (command === "NLST") return entries.map(({ name }) => name);
  if (command === "LIST") return entries.map((entry) => unixLine(entry));
  return [
    factsLine({ name: ".", stats }, "cdir"),
    factsLine({ name: "..", stats }, "pdir"),
    ...entries.map((entry) => factsLine(entry)),
  ];
}

/** Lines gathered into chunks, so that a listing of any length is never in memory as a whole. */
function* chunksOf(lines: Iterable<string>, { around }: Session): Generator<Buffer> {
  let text = "";
  for (const line of lines) {
    text += `${line}\r\n`;
    if (text.length < CHUNK_LENGTH) continue;
    yield around.names.encode(text);
    text = "";
  }
  yield around.names.encode(text);
}

// The streams of a FileHandle may never say that they have closed when the other side breaks off (Node 20.20.2).
async function* chunksFrom(file: FileHandle, start: number): AsyncGenerator<Buffer> {
  for (let at = start; ;) {
    const { bytesRead, buffer } = await file.read(Buffer.allocUnsafe(CHUNK_LENGTH), 0, CHUNK_LENGTH, at);
    if (bytesRead === 0) return;
    at += bytesRead;
    yield buffer.subarray(0, bytesRead);
  }
}

/** Writes from `start` on, or at the end where that is null. */
async function receiveAll(socket: Socket, file: FileHandle, start: number | null): Promise<void> {
  let at = start;
  for await (const chunk of socket) {
    const bytes = chunk as Buffer;
    for (let done = 0; done < bytes.length;) {
      const { bytesWritten } = await file.write(bytes, done, bytes.length - done, at);
      done += bytesWritten;
      if (at !== null) at += bytesWritten;
    }
  }
}

async function sendAll(source: Readable, socket: Socket): Promise<void> {
  // The client's own end has to be read, or the connection would stay half open.
  socket.resume();
  await pipeline(source, socket);
}

async function withFile(
  session: Session,
  name: string,
  flags: number,
  use: (file: FileHandle) => Promise<string>,
): Promise<string> {
  try {
    const place = await session.around.folder.target(absolutePath(session.folder, name));
    const file = await open(place, flags | O_NOFOLLOW, 0o644);
    try {
      if ((await file.stat()).isDirectory()) throw new Refusal("550 Is a directory.");
      return await use(file);
    } finally {
      await file.close();
    }
  } finally {
    // After a refusal the port is of no more use.
    session.passive?.close();
    session.passive = undefined;
  }
}

function takeRestart(session: Session): number {
  const start = session.restart;
  session.restart = 0;
  return start;
}
