import { TransportError } from "../errors.ts";
import type { Transport } from "../ports.ts";
import type { Redact } from "../transfer/secrets.ts";
import type { Place } from "./url.ts";

/** The same transport with other errors. */
export function telling(transport: Transport, toldOf: (error: TransportError) => TransportError): Transport {
  const told = (error: unknown): unknown => (error instanceof TransportError ? toldOf(error) : error);
  const tell = async <Value>(work: () => Promise<Value>): Promise<Value> => {
    try {
      return await work();
    } catch (error) {
      throw told(error);
    }
  };
  async function* tellPieces(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array, void, undefined> {
    try {
      yield* pieces;
    } catch (error) {
      throw told(error);
    }
  }
  return {
    name: transport.name,
    can: transport.can,
    list: (...args) => tell(() => transport.list(...args)),
    stat: (...args) => tell(() => transport.stat(...args)),
    read: (...args) => tellPieces(transport.read(...args)),
    write: (...args) => tell(() => transport.write(...args)),
    move: (...args) => tell(() => transport.move(...args)),
    remove: (...args) => tell(() => transport.remove(...args)),
    makeFolder: (...args) => tell(() => transport.makeFolder(...args)),
    close: () => transport.close(),
  };
}

/** Options of transports, as a URL states them. */
const phrases: readonly (readonly [RegExp, string])[] = [
  [/set secure: "explicit"/g, "use ftps:// in the URL"],
  [/set secure: "none"/g, "use ftp:// in the URL"],
  [/allow replace: "([a-z-]+)"/g, "add ?replace=$1 to the URL"],
];

/** The same error in words of the URL that the transport was made from, without its secrets. */
export function toldFor(error: TransportError, { scheme, name }: Place, redact: Redact): TransportError {
  const { code, retryable, retryAfterMs, cause } = error;
  const web = scheme === "https" || scheme === "http";
  const place = web ? name : error.place && redact(error.place);
  return new TransportError(code, inWordsOfUrls(redact(error.reason)), { place, retryable, retryAfterMs, cause });
}

function inWordsOfUrls(reason: string): string {
  const text = phrases.reduce((told, [option, words]) => told.replace(option, words), reason);
  // What servers say may hold anything, also what a terminal takes for a command.
  return text.replace(/[\u0000-\u001f\u007f-\u009f]/g, (char) => (/\s/.test(char) ? " " : "\ufffd"));
}
