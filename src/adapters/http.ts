import { TransportError } from "../errors.ts";
import type { CallOptions, Listing, ReadFileOptions, RemoteFile, Transport, TransportCapabilities } from "../ports.ts";
import type { HttpGet, HttpGetOptions, HttpValidators } from "../transfer/delivery.ts";
import { checkedBytes } from "../transfer/limits.ts";
import { nameFilter, requireFolder, requirePath, splitPath } from "../transfer/names.ts";
import { redactor } from "../transfer/secrets.ts";
import { createAddresses } from "./http/address.ts";
import { createAttempting } from "./http/attempts.ts";
import { createExchange, type HttpRequest } from "./http/exchange.ts";
import { secretHeaders, sentHeaders } from "./http/headers.ts";
import { contentLength, type Opened, openedFile } from "./http/opened.ts";
import type { HttpOptions } from "./http/options.ts";
import { piecesFrom } from "./http/pieces.ts";
import type { Turn } from "./http/rate-limit.ts";
import { sendOn } from "./http/redirects.ts";
import { contentTypeOf, refusal } from "./http/refusal.ts";
import { upload } from "./http/upload.ts";

export { rateLimit } from "./http/rate-limit.ts";
export type { RateLimit, RateLimitOptions, Turn, TurnOptions } from "./http/rate-limit.ts";
export type { HttpOptions, HttpTimeouts, HttpTls } from "./http/options.ts";

/** A transport that can also ask whether a file has changed, and with parameters. */
export interface HttpTransport extends Transport {
  /**
   * One request for a path, `""` for the URL itself. The file counts as changed unless the server says that it is not.
   *
   * @throws {@link TransportError} as `read`, both from the call and from the iteration
   */
  readonly get: HttpGet;
}

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
  const { method = "PUT", head = false, maxFileBytes } = options;
  const addresses = createAddresses(options);
  const { name } = addresses;
  const redact = redactor([...addresses.secrets, ...secretHeaders(options)]);
  const exchange = createExchange(options, redact);
  const attempting = createAttempting(options);
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

  function requestFor(path: string, { query, signal }: HttpGetOptions, by: string): HttpRequest {
    const { url, place } = addresses.find(path, query);
    return { method: by, url, place, headers: sentHeaders(options, by), signal };
  }

  /** A file as far as its first bytes, so that whatever fails before them can be tried again; undefined if it is the same. */
  async function opened(path: string, asked: HttpGetOptions): Promise<Opened | undefined> {
    const plain = requestFor(path, asked, "GET");
    const conditions = conditionsOf(asked);
    const request: HttpRequest = { ...plain, headers: { ...plain.headers, ...conditions } };
    const open = async (turn: Turn): Promise<Opened | undefined> => {
      const followed = await sendOn(exchange, request, true);
      const { response } = followed;
      const same = response.status === 304 && Object.keys(conditions).length > 0;
      try {
        if (!same) return await openedFile(followed, turn, options, redact);
      } catch (error) {
        response.cancel();
        throw error;
      }
      response.cancel();
      turn.end();
      return undefined;
    };
    return attempting(request, open, () => true);
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

  async function look(path: string, call: CallOptions): Promise<RemoteFile | undefined> {
    const request = requestFor(path, call, "HEAD");
    const ask = async (turn: Turn): Promise<RemoteFile | undefined> => {
      const { response, request: answered } = await sendOn(exchange, request, true);
      const { status, headers } = response;
      if (status !== 200 && status !== 404 && status !== 410) throw await refusal(response, answered, redact);
      response.cancel();
      turn.end();
      if (status !== 200) return undefined;
      const size = headers.has("content-encoding") ? undefined : contentLength(headers);
      const time = Date.parse(headers.get("last-modified") ?? "");
      const modifiedAt = Number.isNaN(time) ? undefined : new Date(time).toISOString();
      return { path, name: splitPath(path)[1], size, modifiedAt };
    };
    return attempting(request, ask, () => true);
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
        bytes: piecesFrom(async () => {
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
    async write(path, content, { from = 0, signal } = {}) {
      requirePath(path, name);
      if (from > 0) throw unsupported("a file can be written from its start only", path);
      return upload(requestFor(path, { signal }, method), content, { exchange, attempting, redact });
    },
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
