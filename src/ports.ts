/**
 * Moves bytes between this program and a place that holds files: a server, a folder, a shop.
 *
 * Paths are relative to the folder that the transport was made for, with `/` between names: `"out/orders.xml"`; `""` is that
 * folder itself. Paths that lead out of it, or hold what some system takes for something else, are refused with
 * TRANSPORT_NAME before anything is sent; see {@link checkPath}.
 *
 * Every method throws {@link TransportError}, whose `retryable` says whether the same call may succeed later, and, when the
 * caller's `signal` is aborted, the reason of the signal. `memoryTransport` of `propojka/memory` is the reference.
 */
export interface Transport {
  /** For messages, without secrets: `ftp://shop@ftp.shop.example/out`. */
  readonly name: string;
  readonly can: TransportCapabilities;

  /**
   * The files directly in a folder, in no certain order, without the folders in it.
   *
   * @throws {@link TransportError} TRANSPORT_NOT_FOUND if there is no such folder; TRANSPORT_LIMIT if there are more files
   *   than the transport's `maxFiles`
   */
  list(folder: string, options?: ListOptions): Promise<Listing>;

  /** What is known of a file; undefined if there is no such file: this is how to ask whether one exists. */
  stat(path: string, options?: CallOptions): Promise<RemoteFile | undefined>;

  /**
   * The bytes of a file. Nothing is asked of the server before the first one is wanted, and the connection is free again
   * when the iteration ends, in whatever way.
   *
   * @throws {@link TransportError} from the iteration: TRANSPORT_NOT_FOUND; TRANSPORT_INCOMPLETE if the file ends before, or
   *   goes on after, the size that it has; TRANSPORT_LIMIT if it is longer than the transport's `maxFileBytes`
   */
  read(path: string, options?: ReadFileOptions): AsyncIterable<Uint8Array>;

  /**
   * Writes a file, or replaces one in place: whoever reads it meanwhile may see a part of it. {@link publish} is the way to
   * put a file where others read. Nothing is taken from `content` before the place accepts it, and a file that was there is then
   * no longer what it was.
   *
   * @returns how many bytes of `content` were written.
   */
  write(path: string, content: Content, options?: WriteFileOptions): Promise<number>;

  /**
   * Gives a file another name, within the same folder or to another one. A file that is there is replaced in one step.
   *
   * @throws {@link TransportError} TRANSPORT_NOT_FOUND if there is no file `from`, or no folder for `to`; TRANSPORT_EXISTS if
   *   this place cannot replace a file in one step
   */
  move(from: string, to: string, options?: CallOptions): Promise<void>;

  /** @throws {@link TransportError} TRANSPORT_NOT_FOUND if there is no such file */
  remove(path: string, options?: CallOptions): Promise<void>;

  /** Makes a folder and those above it; one that is there already is no error. */
  makeFolder(path: string, options?: CallOptions): Promise<void>;

  /** Ends its connections; calls that are under way fail. A later call connects again. */
  close(): Promise<void>;
}

/** What a kind of transport can do at all; a method for what it cannot throws TRANSPORT_UNSUPPORTED. */
export interface TransportCapabilities {
  readonly list: boolean;
  readonly stat: boolean;
  readonly write: boolean;
  readonly move: boolean;
  readonly remove: boolean;
  readonly folders: boolean;
  /** `read` can start in the middle of a file. */
  readonly resumeRead: boolean;
  /** `write` can go on at the end of a file. */
  readonly resumeWrite: boolean;
}

export interface CallOptions {
  readonly signal?: AbortSignal | undefined;
}

export interface ListOptions extends CallOptions {
  /** Files whose name fits, such as `"orders-*.xml"`: `*` any characters, `?` one; upper and lower case are the same. */
  readonly pattern?: string | undefined;
}

export interface ReadFileOptions extends CallOptions {
  /** Bytes to leave out at the start. @defaultValue 0 */
  readonly from?: number | undefined;
  /** Bytes of the whole file, where the caller knows; the file must end there. */
  readonly size?: number | undefined;
}

export interface WriteFileOptions extends CallOptions {
  /** Go on after so many bytes, which must be all that the file holds. @defaultValue 0, a new file */
  readonly from?: number | undefined;
}

/** What to write. Only bytes and functions can be written a second time, if the first attempt fails. */
export type Content = Uint8Array | AsyncIterable<Uint8Array> | (() => AsyncIterable<Uint8Array>);

export interface Listing {
  readonly files: readonly RemoteFile[];
  /** Files whose names cannot be used, which therefore are not among `files`. */
  readonly refused: readonly RefusedName[];
}

export interface RemoteFile {
  /** From the transport's folder: `"out/orders.xml"`. */
  readonly path: string;
  readonly name: string;
  /** Bytes, where the place tells. */
  readonly size: number | undefined;
  /**
   * When it was last changed, as ISO 8601 in UTC: `"2026-03-04T18:22:09.000Z"`, by the clock of the place, to its precision;
   * undefined where the place does not tell, or tells only in words of some time zone.
   */
  readonly modifiedAt: string | undefined;
}

export interface RefusedName {
  /** As the server stated it, at most 200 characters, control characters escaped. */
  readonly name: string;
  /** `"is a name that Windows keeps for a device"` */
  readonly reason: string;
}
