import type { ConnectionOptions } from "node:tls";
import type { TransferLimits } from "../../transfer/limits.ts";
import type { RetryOptions } from "../../transfer/retry.ts";
import type { RateLimit } from "./rate-limit.ts";

/** A web server and how to speak with it: `url`, `files` or both. */
export interface HttpOptions extends TransferLimits {
  /** URL that paths are appended to: of `https://shop.example/api`, `orders/1` is `https://shop.example/api/orders/1`. */
  readonly url?: string | undefined;
  /**
   * Names and the whole URLs that they stand for: `{ "orders.xml": "https://shop.example/export/orders.xml?hash=…" }`. Values
   * in the query of a URL are kept out of errors.
   */
  readonly files?: Readonly<Record<string, string>> | undefined;
  /** Of HTTP Basic. Without a password it is a key, and kept out of errors as one. */
  readonly user?: string | undefined;
  readonly password?: string | undefined;
  /** Sent with each request; their values are kept out of errors. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /**
   * Whether everything, the password too, may go over the line as it is. To this computer, `http://localhost` or
   * `http://127.0.0.1`, it always may.
   *
   * @defaultValue false
   */
  readonly insecure?: boolean | undefined;
  /** How a file is written. @defaultValue "PUT" */
  readonly method?: "PUT" | "PATCH" | "POST" | undefined;
  /** Of the files that are written. @defaultValue "application/xml" */
  readonly contentType?: string | undefined;
  /**
   * Whether `stat` may ask by HEAD. At many shops that makes the whole file, only to throw it away.
   *
   * @defaultValue false, so that there is no `stat`
   */
  readonly head?: boolean | undefined;
  /** Certificates are always checked: name here the authority (`ca`) of those that the system does not know. */
  readonly tls?: HttpTls | undefined;
  readonly timeouts?: HttpTimeouts | undefined;
  /** Shared by all transports of one shop. */
  readonly rateLimit?: RateLimit | undefined;
  /** How passing failures are made good; false leaves them to the caller. */
  readonly retry?: RetryOptions | false | undefined;
  /**
   * Used in the place of the transport's own, for proxies; redirects it must leave alone, as it is told to. What the fetch of Node
   * gives of a file that was cut can look whole, so keep it for files that say by themselves where they end, as XML does.
   */
  readonly fetch?: typeof globalThis.fetch | undefined;
  /**
   * With a `fetch` of one's own: whether to take files that come compressed without being asked, of which the fetch of Node
   * never tells whether they were cut.
   *
   * @defaultValue false
   */
  readonly compressed?: boolean | undefined;
}

export type HttpTls = Pick<
  ConnectionOptions,
  "ca" | "cert" | "key" | "passphrase" | "servername" | "minVersion" | "maxVersion"
>;

/** In milliseconds. */
export interface HttpTimeouts {
  /**
   * For the answer to begin: connecting, and what the shop takes to make the file.
   *
   * @defaultValue 120_000
   */
  readonly connectMs?: number | undefined;
  /** While data is to come or go, and none does. @defaultValue 60_000 */
  readonly idleMs?: number | undefined;
}

export const CONNECT_MS = 120_000;
export const IDLE_MS = 60_000;
