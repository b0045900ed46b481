import { TransportError } from "../errors.ts";
import type { Content, Transport } from "../ports.ts";
import { isRepeatable } from "./content.ts";
import { joinPath, requirePath, splitPath } from "./names.ts";
import { createAttempts, type RetryOptions } from "./retry.ts";

/** How a file that is there gives way to the new one. */
export type ReplaceBy = "rename" | "remove" | "in-place";

export interface PublishOptions {
  /**
   * `rename`: the new file takes the name in one step, and whoever reads finds the old one or the new one, whole.
   * `remove`: where the place refuses that, the old file is removed first; for a moment there is none.
   * `in-place`: the file is written under its own name; whoever reads meanwhile finds a part of it. The only way where nothing
   * can be renamed.
   *
   * @defaultValue "rename"
   */
  readonly replace?: ReplaceBy | undefined;
  /** Ending of an empty file that says that the file is complete: `".done"` makes `feed.xml.done`. */
  readonly done?: string | undefined;
  /** Age in milliseconds from which parts that earlier attempts left behind are removed. @defaultValue a day */
  readonly sweepAfterMs?: number | undefined;
  /** For a file that does not arrive, or with another size than it was sent with: beyond the attempts of the transport. */
  readonly retry?: RetryOptions | undefined;
  readonly signal?: AbortSignal | undefined;
  /** @defaultValue the current time */
  readonly now?: (() => Date) | undefined;
}

export interface Published {
  readonly path: string;
  readonly bytes: number;
  /** How it got its name. */
  readonly by: ReplaceBy;
  /** Whether the place has told the size, which then is right. */
  readonly verified: boolean;
  /** Paths of parts that earlier attempts had left behind, removed now. */
  readonly swept: readonly string[];
}

const DAY_MS = 24 * 60 * 60 * 1000;

/**
 * Puts a file where others read: under a temporary name beside it (`feed.xml.3f9a1c20.part`), and under its own name when its
 * size is right.
 *
 * @throws {@link TransportError} and leaves what was there as it was, unless `replace` allows something else: TRANSPORT_EXISTS
 *   if this place cannot replace a file in one step; TRANSPORT_UNSUPPORTED if it can rename nothing; TRANSPORT_INCOMPLETE if
 *   what arrives has another size than what was sent
 */
export async function publish(
  transport: Transport,
  path: string,
  content: Content,
  options: PublishOptions = {},
): Promise<Published> {
  const { replace = "rename", done, signal } = options;
  requirePath(path, transport.name);
  if (replace !== "in-place" && !transport.can.move)
    throw new TransportError("TRANSPORT_UNSUPPORTED", `nothing can be renamed here: allow replace: "in-place"`, {
      place: `${transport.name}/${path}`,
    });

  const swept = await sweep(transport, path, options);
  // Said to be complete is only what has been; a new file says so again.
  if (done !== undefined && (await transport.stat(path + done, { signal })) !== undefined)
    await transport.remove(path + done, { signal });
  const arrived =
    replace === "in-place"
      ? { ...(await inPlace(transport, path, content, options)), by: replace }
      : await throughPart(transport, path, content, options);
  if (done !== undefined) await transport.write(path + done, new Uint8Array(), { signal });
  return { path, ...arrived, swept };
}

async function inPlace(
  transport: Transport,
  path: string,
  content: Content,
  options: PublishOptions,
): Promise<Arrived> {
  const attempts = createAttempts(options.retry ?? {});
  for (;;)
    try {
      return await writeWhole(transport, path, content, options);
    } catch (error) {
      if (!isRepeatable(content)) throw error;
      await attempts.afterFailure(error, options.signal);
    }
}

type Arrived = Pick<Published, "bytes" | "verified">;

async function throughPart(
  transport: Transport,
  path: string,
  content: Content,
  options: PublishOptions,
): Promise<Arrived & Pick<Published, "by">> {
  const attempts = createAttempts(options.retry ?? {});
  for (;;) {
    // Another name each time: a server may keep the part of a broken connection locked.
    const part = `${path}.${crypto.randomUUID().slice(0, 8)}.part`;
    let written = false;
    try {
      const { bytes } = await writeWhole(transport, part, content, options);
      written = true;
      const by = await takePlace(transport, part, path, options);
      return { bytes, by, verified: await hasSize(transport, path, bytes, options) };
    } catch (error) {
      // What is left is swept some day, if it cannot be removed now.
      await transport.remove(part).catch(() => undefined);
      if (written || !isRepeatable(content)) throw error;
      await attempts.afterFailure(error, options.signal);
    }
  }
}

async function takePlace(
  transport: Transport,
  part: string,
  path: string,
  { replace, signal }: PublishOptions,
): Promise<ReplaceBy> {
  try {
    await transport.move(part, path, { signal });
    return "rename";
  } catch (error) {
    if (!(error instanceof TransportError) || error.code !== "TRANSPORT_EXISTS") throw error;
    if (replace !== "remove")
      throw new TransportError(error.code, `${error.reason}; allow replace: "remove" to remove it first`, {
        place: error.place,
        cause: error.cause,
      });
    await transport.remove(path, { signal });
    await transport.move(part, path, { signal });
    return "remove";
  }
}

async function writeWhole(
  transport: Transport,
  path: string,
  content: Content,
  options: PublishOptions,
): Promise<Arrived> {
  const bytes = await transport.write(path, content, { signal: options.signal });
  return { bytes, verified: await hasSize(transport, path, bytes, options) };
}

/** Whether the place tells sizes at all. @throws {@link TransportError} TRANSPORT_INCOMPLETE if it is another one */
async function hasSize(
  transport: Transport,
  path: string,
  bytes: number,
  { signal }: PublishOptions,
): Promise<boolean> {
  if (!transport.can.stat) return false;
  const file = await transport.stat(path, { signal });
  if (file !== undefined && file.size === undefined) return false;
  if (file?.size === bytes) return true;
  const found = file === undefined ? "is not there" : `has ${file.size ?? 0} bytes`;
  throw new TransportError("TRANSPORT_INCOMPLETE", `${bytes} bytes were sent, but the file ${found}`, {
    place: `${transport.name}/${path}`,
  });
}

/** Removes parts of the same file that are so old that nobody writes them any more. */
async function sweep(transport: Transport, path: string, options: PublishOptions): Promise<readonly string[]> {
  const { sweepAfterMs = DAY_MS, now = () => new Date(), signal } = options;
  if (!transport.can.list || !transport.can.remove || options.replace === "in-place") return [];
  const [folder, name] = splitPath(path);
  const { files } = await transport.list(folder, { pattern: `${name}.????????.part`, signal });
  const swept: string[] = [];
  for (const file of files) {
    // Their own clock, where the listing tells none.
    const { modifiedAt } =
      file.modifiedAt === undefined ? ((await transport.stat(file.path, { signal })) ?? file) : file;
    if (modifiedAt === undefined || now().getTime() - Date.parse(modifiedAt) < sweepAfterMs) continue;
    await transport.remove(joinPath(folder, file.name), { signal }).catch(() => undefined);
    swept.push(file.path);
  }
  return swept;
}
