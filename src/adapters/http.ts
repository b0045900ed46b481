import { TransportError } from "../errors.ts";
import type {
  CallOptions,
  Content,
  Listing,
  ReadFileOptions,
  RemoteFile,
  Transport,
  TransportCapabilities,
  WriteFileOptions,
} from "../ports.ts";
import { isRepeatable, metered } from "../transfer/content.ts";
import type { HttpGet, HttpGetOptions, HttpQuery, HttpValidators } from "../transfer/delivery.ts";
import { checkedBytes } from "../transfer/limits.ts";
import { nameFilter, requireFolder, requirePath, splitPath } from "../transfer/names.ts";
import { createAttempts } from "../transfer/retry.ts";
import { redactor } from "../transfer/secrets.ts";
import { createAddresses } from "./http/address.ts";
import { secretHeaders, sentHeaders } from "./http/headers.ts";
import { createExchange, type HttpRequest, type HttpResponse } from "./http/exchange.ts";
import type { HttpOptions } from "./http/options.ts";
import type { Turn } from "./http/rate-limit.ts";
import { type Followed, sendOn } from "./http/redirects.ts";
import { contentTypeOf, isPage, isUntouched, pageRefusal, refusal } from "./http/refusal.ts";

export { rateLimit } from "./http/rate-limit.ts";
export type { RateLimit, RateLimitOptions, Turn, TurnOptions } from "./http/rate-limit.ts";
export type { HttpOptions, HttpTimeouts } from "./http/options.ts";

/** A transport that can also ask whether a file has changed, and with parameters. */
export interface HttpTransport extends Transport {
  /**
   * One request for a path, `""` for the URL itself. The file counts as changed unless the server says that it is not.
   *
   * @throws {@link TransportError} as `read`, both from the call and from the iteration
   */
  readonly get: HttpGet;
}

/** Bytes by which a page is told from a file. */
const HEAD_BYTES = 512;

/**
 * Files of a web server: exports of a shop by their links, a webservice, or a folder that takes PUT.
 *
 * Each reading is one request, and nothing is asked before the first byte is wanted. A failure that passes is made good as long
 * as no byte was given. `write` sends the content at once, since HTTP has no way to ask first; PATCH and POST are sent again
 * only if the first request cannot have been carried out. Files cannot be moved or removed; `publish` needs `replace: "in-place"`.
 *
 * @example
 * Single records of a webservice, each document one request:
 *
 * ```ts
 * const shop = httpTransport({ url: "https://shop.example/api", user: key, method: "PATCH" });
 * for await (const { record, bytes } of writeProductDocuments(products, prestashop.feeds.stock))
 *   if ("stock" in record) await shop.write(`stock_availables/${record.stock?.externalId}`, bytes);
 * ```
 *
 * @throws {@link TransportError} TRANSPORT_NAME for a URL that is none; TRANSPORT_SECURITY for http without `insecure`
 */
export function httpTransport(options: HttpOptions): HttpTransport {
  const { method = "PUT", head = false, retry = {}, maxFileBytes, compressed = false } = options;
  const addresses = createAddresses(options);
  const { name } = addresses;
  const redact = redactor([...addresses.secrets, ...secretHeaders(options)]);
  const exchange = createExchange(options, redact);
  const can: TransportCapabilities = {
    list: options.files !== undefined,
    stat: head,
    write: true,
    move: false,
    remove: false,
    folders: false,
    resumeRead: false,
    resumeWrite: false,
  };
  const unsupported = (what: string, path: string): TransportError =>
    new TransportError("TRANSPORT_UNSUPPORTED", what, { place: path === "" ? name : `${name}/${path}` });

  function requestFor(
    path: string,
    { query, signal }: AskOptions,
    more: Pick<HttpRequest, "method" | "body">,
  ): HttpRequest {
    const { url, place } = addresses.find(path, query);
    return { ...more, url, place, headers: sentHeaders(options, more.method), signal };
  }

  /** Makes attempts until one succeeds, each in its turn. The one that succeeds has to end its turn. */
  async function attempting<Value>(
    { place, signal }: HttpRequest,
    work: (turn: Turn) => Promise<Value>,
    repeats: (error: unknown) => boolean,
  ): Promise<Value> {
    const attempts = createAttempts(retry === false ? { attempts: 1 } : retry);
    let last: { readonly error: unknown } | undefined;
    for (;;) {
      const turn = await take({ place, signal, last });
      try {
        return await work(turn);
      } catch (error) {
        turn.end(!(error instanceof TransportError && error.code === "TRANSPORT_CONNECT"));
        signal?.throwIfAborted();
        if (!repeats(error)) throw error;
        last = { error };
        await attempts.afterFailure(error, signal);
      }
    }
  }

  async function take(wanted: {
    readonly place: string;
    readonly signal: AbortSignal | undefined;
    readonly last: { readonly error: unknown } | undefined;
  }): Promise<Turn> {
    try {
      return (await options.rateLimit?.take(wanted)) ?? { end: () => undefined };
    } catch (error) {
      wanted.signal?.throwIfAborted();
      // What went wrong says more than that there is no second turn.
      throw wanted.last === undefined ? error : wanted.last.error;
    }
  }

  /** A file as far as its first bytes, so that whatever fails before them can be tried again. */
  async function opened(path: string, asked: AskOptions): Promise<Opened | undefined> {
    const request = requestFor(path, asked, { method: "GET" });
    const conditions = conditionsOf(asked);
    const full: HttpRequest = { ...request, headers: { ...request.headers, ...conditions } };
    const open = async (turn: Turn): Promise<Opened | undefined> => {
      const followed = await sendOn(exchange, full, true);
      const { response } = followed;
      try {
        if (response.status === 304 && Object.keys(conditions).length > 0) {
          response.cancel();
          turn.end();
          return undefined;
        }
        return await checkedHead(followed, turn);
      } catch (error) {
        response.cancel();
        throw error;
      }
    };
    return attempting(full, open, () => true);
  }

  async function checkedHead({ response, request }: Followed, turn: Turn): Promise<Opened> {
    const { headers, status } = response;
    if (status !== 200 && status !== 203) throw await refusal(response, request, redact);
    const coding = headers.get("content-encoding")?.toLowerCase() ?? "identity";
    if (coding !== "identity" && !compressed)
      throw new TransportError(
        "TRANSPORT_INCOMPLETE",
        `the server compresses the file (${coding}) without being asked: whether it is whole cannot be told; if it says so by itself, set compressed: true`,
        { place: request.place, retryable: false },
      );
    const first: Uint8Array[] = [];
    let size = 0;
    while (size < HEAD_BYTES) {
      const piece = await response.next();
      if (piece === undefined) break;
      first.push(piece);
      size += piece.length;
    }
    const start = joined(first);
    if (isPage(start, contentTypeOf(headers).contentType)) throw pageRefusal(start, request, redact);
    const length = headers.get("content-length");
    const pieces = iterable(
      async () => first.shift() ?? (await response.next()),
      () => {
        response.cancel();
        turn.end();
      },
    );
    return {
      place: request.place,
      headers,
      // Of what is compressed it is the length before.
      size: coding === "identity" && length !== null && /^\d+$/.test(length) ? Number(length) : undefined,
      pieces,
    };
  }

  async function* download(
    path: string,
    { size, signal, from = 0 }: ReadFileOptions,
  ): AsyncGenerator<Uint8Array, void, undefined> {
    requirePath(path, name);
    if (from > 0) throw unsupported("a file can be read from its start only", path);
    const file = await opened(path, { signal });
    if (file !== undefined) yield* bytesOf(file, size, signal);
  }

  function bytesOf(
    file: Opened,
    size: number | undefined,
    signal: AbortSignal | undefined,
  ): AsyncGenerator<Uint8Array, void, undefined> {
    return checkedBytes(file.pieces, { place: file.place, from: 0, size: size ?? file.size, maxFileBytes, signal });
  }

  async function upload(path: string, content: Content, { from = 0, signal }: WriteFileOptions): Promise<number> {
    requirePath(path, name);
    if (from > 0) throw unsupported("a file can be written from its start only", path);
    const repeatable = isRepeatable(content);
    let sent = metered(content);
    let failure: { readonly error: unknown } | undefined;
    let status = 0;
    async function* watched(): AsyncGenerator<Uint8Array, undefined> {
      try {
        // Again from the start where a redirect is followed.
        sent = metered(content);
        yield* sent.pieces();
        return undefined;
      } catch (error) {
        failure = { error };
        throw error;
      }
    }
    const body = content instanceof Uint8Array ? content : watched;
    const request = requestFor(path, { signal }, { method, body });
    const send = async (turn: Turn): Promise<void> => {
      status = 0;
      const { response, request: answered } = await sendOn(exchange, request, repeatable);
      ({ status } = response);
      if (![200, 201, 202, 204, 205].includes(status)) throw await refusal(response, answered, redact);
      await rest(response, answered);
      turn.end();
    };
    const repeats = (error: unknown): boolean => {
      if (failure !== undefined || (sent.started && !repeatable)) return false;
      const begun = error instanceof TransportError && error.code !== "TRANSPORT_CONNECT" && !isUntouched(status);
      return method === "PUT" || !begun;
    };
    try {
      await attempting(request, send, repeats);
    } catch (error) {
      // What the content itself failed with is the caller's own.
      throw failure === undefined ? error : failure.error;
    }
    return content instanceof Uint8Array ? content.length : sent.bytes;
  }

  /** Takes the rest of an answer, so that the connection can be used again, and looks whether it is what it says. */
  async function rest(response: HttpResponse, request: HttpRequest): Promise<void> {
    const pieces: Uint8Array[] = [];
    let size = 0;
    try {
      for (let piece = await response.next(); piece !== undefined; piece = await response.next()) {
        if (size < HEAD_BYTES) pieces.push(piece);
        size += piece.length;
        if (size > REST_BYTES) break;
      }
    } catch (error) {
      // The server has said that it took the file.
      request.signal?.throwIfAborted();
      if (!(error instanceof TransportError)) throw error;
    } finally {
      response.cancel();
    }
    const start = joined(pieces);
    // A site that shows some page for any address has taken nothing.
    if (response.status === 200 && size > 0 && isPage(start, undefined)) throw pageRefusal(start, request, redact);
  }

  async function look(path: string, call: CallOptions): Promise<RemoteFile | undefined> {
    const request = requestFor(path, call, { method: "HEAD" });
    return attempting(
      request,
      async (turn) => {
        const { response, request: answered } = await sendOn(exchange, request, true);
        const { status, headers } = response;
        if (status !== 200 && status !== 404 && status !== 410) throw await refusal(response, answered, redact);
        response.cancel();
        turn.end();
        if (status !== 200) return undefined;
        const length = headers.has("content-encoding") ? null : headers.get("content-length");
        const time = Date.parse(headers.get("last-modified") ?? "");
        return {
          path,
          name: splitPath(path)[1],
          size: length !== null && /^\d+$/.test(length) ? Number(length) : undefined,
          modifiedAt: Number.isNaN(time) ? undefined : new Date(time).toISOString(),
        };
      },
      () => true,
    );
  }

  return {
    name,
    can,
    async get(path, asked = {}) {
      const file = await opened(path, asked);
      if (file === undefined) return { changed: false };
      const bytes = bytesOf(file, undefined, asked.signal);
      const end = async (): Promise<void> => {
        await file.pieces.return();
        await bytes.return(undefined);
      };
      return {
        changed: true,
        bytes: iterable(async () => {
          const piece = await bytes.next();
          return piece.done === true ? undefined : piece.value;
        }, end),
        validators: validatorsOf(file.headers),
        ...contentTypeOf(file.headers),
      };
    },
    async list(folder, { pattern, signal } = {}): Promise<Listing> {
      signal?.throwIfAborted();
      requireFolder(folder, name);
      if (!can.list) throw unsupported('HTTP tells no names: give them as "files"', folder);
      const inFolder = addresses.files.filter((path) => splitPath(path)[0] === folder);
      if (inFolder.length === 0 && folder !== "")
        throw new TransportError("TRANSPORT_NOT_FOUND", "there is no such folder", { place: `${name}/${folder}` });
      const fits = nameFilter(pattern);
      const files = inFolder.map((path) => ({
        path,
        name: splitPath(path)[1],
        size: undefined,
        modifiedAt: undefined,
      }));
      return { files: files.filter((file) => fits(file.name)), refused: [] };
    },
    async stat(path, call = {}) {
      requirePath(path, name);
      if (!head) throw unsupported("a file is not asked about before it is read; set head: true if it may be", path);
      return look(path, call);
    },
    read: (path, reading = {}) => ({ [Symbol.asyncIterator]: () => download(path, reading) }),
    write: (path, content, writing = {}) => upload(path, content, writing),
    async move(from) {
      requirePath(from, name);
      throw unsupported("HTTP moves no files", from);
    },
    async remove(path) {
      requirePath(path, name);
      throw unsupported("HTTP removes no files", path);
    },
    async makeFolder(path) {
      requirePath(path, name);
      throw unsupported("HTTP makes no folders", path);
    },
    async close() {
      exchange.close();
    },
  };
}

/** Bytes of an answer to a write that are worth taking. */
const REST_BYTES = 64 * 1024;

interface AskOptions extends CallOptions {
  readonly query?: HttpQuery | undefined;
  readonly since?: Date | undefined;
  readonly validators?: HttpValidators | undefined;
}

/** A file whose first bytes have come. */
interface Opened {
  readonly place: string;
  readonly headers: Headers;
  readonly size: number | undefined;
  readonly pieces: Pieces;
}

/** Pieces, which can be let go of before the first one was taken, too. */
interface Pieces extends AsyncIterable<Uint8Array> {
  return(): Promise<void>;
}

function iterable(next: () => Promise<Uint8Array | undefined>, end: () => void | Promise<void>): Pieces {
  const iterator: AsyncIterator<Uint8Array, undefined> = {
    async next() {
      try {
        const value = await next();
        if (value !== undefined) return { done: false, value };
      } catch (error) {
        await end();
        throw error;
      }
      await end();
      return { done: true, value: undefined };
    },
    async return() {
      await end();
      return { done: true, value: undefined };
    },
  };
  return {
    [Symbol.asyncIterator]: () => iterator,
    async return() {
      await end();
    },
  };
}

function conditionsOf({ validators = {}, since }: HttpGetOptions): Readonly<Record<string, string>> {
  const { etag, lastModified = since?.toUTCString() } = validators;
  return {
    ...(etag !== undefined && { "if-none-match": etag }),
    ...(lastModified !== undefined && { "if-modified-since": lastModified }),
  };
}

function validatorsOf(headers: Headers): HttpValidators {
  const etag = headers.get("etag");
  const lastModified = headers.get("last-modified");
  return { ...(etag !== null && { etag }), ...(lastModified !== null && { lastModified }) };
}

function joined(pieces: readonly Uint8Array[]): Uint8Array {
  return pieces.length === 1 && pieces[0] !== undefined ? pieces[0] : Buffer.concat(pieces);
}
