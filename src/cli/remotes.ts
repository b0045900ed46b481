import type { FtpOptions } from "../adapters/ftp.ts";
import type { HttpOptions } from "../adapters/http.ts";
import { TransportError } from "../errors.ts";
import type { Transport } from "../ports.ts";
import type { Retry, RetryOptions } from "../transfer/retry.ts";
import { redactor } from "../transfer/secrets.ts";
import { authorityOf, type Credentials, credentialsOf, hostKeysOf } from "./credentials.ts";
import { type Host, type Io, type Remote, type Remotes, UsageError } from "./io.ts";
import { telling, toldFor } from "./telling.ts";
import { parseTarget, type Place } from "./url.ts";

/** What a transport is made with, besides the place. */
export interface Access {
  readonly credentials: Credentials;
  readonly hostKeys: readonly string[];
  /** Certificate of the authority that signed the server's. */
  readonly ca: string | undefined;
}

/** Transports for the URLs of one run, one for each folder. */
export function createRemotes({ env, stderr, sleep }: Pick<Host, "env" | "stderr" | "sleep">): Remotes {
  const transports = new Map<string, Promise<Opened>>();
  const requireOneServer = oneServerForPassword();

  async function openFor(place: Place): Promise<Opened> {
    const access = await accessTo(place, env);
    requireOneServer(place, access);
    const redact = redactor([...place.secrets, access.credentials.password, access.credentials.passphrase]);
    const told = (error: TransportError): TransportError => toldFor(error, place, redact);
    const onRetry = ({ error, delayMs }: Retry): void => {
      stderr.write(`${told(error).message}; trying again in ${(delayMs / 1000).toFixed(1)} s\n`);
    };
    const retry = { onRetry, sleep };
    return { transport: telling(await createTransport(place, access, { retry }), told), retry, told };
  }

  return {
    async open(url): Promise<Remote> {
      const place = parseTarget(url, env);
      const key = keyOf(place);
      const opening = transports.get(key) ?? openFor(place);
      transports.set(key, opening);
      const { transport, retry, told } = await opening;
      const { name, path, isFolder, settings } = place;
      const web = place.scheme === "https" || place.scheme === "http";
      return {
        ...{ name, transport, path, isFolder, retry },
        // Nothing can be renamed by HTTP.
        replace: web ? "in-place" : (settings.replace ?? "rename"),
        told: (error) => (error instanceof TransportError ? told(error) : error),
      };
    },
    async close() {
      for (const opening of transports.values())
        await opening.then(({ transport }) => transport.close()).catch(() => undefined);
    },
  };
}

interface Opened {
  readonly transport: Transport;
  readonly retry: RetryOptions;
  readonly told: (error: TransportError) => TransportError;
}

/** What a place needs of passwords, keys and certificates. @throws {@link Failure} */
export async function accessTo(place: Place, env: Io["env"]): Promise<Access> {
  const secured = place.scheme === "ftps" || place.scheme === "ftpes" || place.scheme === "https";
  return {
    credentials: await credentialsOf(place, env),
    hostKeys: place.scheme === "sftp" ? hostKeysOf(place, env) : [],
    ca: secured ? await authorityOf(place, env) : undefined,
  };
}

/** The same folder on the same server, by the same settings. */
function keyOf({ scheme, host, port, user, folder, settings, href }: Place): string {
  const { replace: _, ...rest } = settings;
  const web = scheme === "https" || scheme === "http";
  return JSON.stringify([scheme, host, port, user, folder, rest, web ? href : ""]);
}

/** A password in the environment is that of one server; it must not be sent to another one by mistake. */
function oneServerForPassword(): (place: Place, access: Access) => void {
  let first: string | undefined;
  return ({ host, name }, { credentials: { from } }) => {
    if (from?.startsWith("PROPOJKA_") !== true) return;
    first ??= host;
    if (first === host) return;
    throw new UsageError(
      `${name}: ${from} is used for ${first} already, and would be sent to ${host} too; write the passwords into ~/.netrc`,
    );
  };
}

/** What a program may want of any transport. */
export interface Speaking {
  readonly retry?: RetryOptions | false | undefined;
  readonly onLine?: ((line: string) => void) | undefined;
}

/** Loads only the adapter that is needed. */
export async function createTransport(place: Place, access: Access, more: Speaking = {}): Promise<Transport> {
  const { scheme, host, port, folder } = place;
  const { credentials, hostKeys, ca } = access;
  const { user, password, privateKey, passphrase } = credentials;
  const shared = { host, port, user, password, folder, ...more };
  if (scheme === "sftp") {
    const { sftpTransport } = await import("../adapters/sftp.ts");
    return sftpTransport({ ...shared, user: user ?? "", privateKey, passphrase, hostKey: hostKeys });
  }
  if (scheme === "https" || scheme === "http") {
    const { httpTransport } = await import("../adapters/http.ts");
    return httpTransport({ ...webOptions(place, access), retry: more.retry });
  }
  const { ftpTransport } = await import("../adapters/ftp.ts");
  return ftpTransport({ ...shared, ...ftpSettings(place, ca) });
}

/** How to speak HTTP with a place. */
export function webOptions(
  { scheme, path, href }: Place,
  { credentials: { user, password }, ca }: Access,
): HttpOptions {
  return {
    files: { [path]: href },
    ...{ user, password },
    insecure: scheme === "http",
    contentType: /\.csv$/i.test(path) ? "text/csv" : "application/xml",
    tls: ca === undefined ? undefined : { ca },
  };
}

export interface FtpSettings extends Pick<FtpOptions, "names" | "passive" | "separateDataHost" | "tls"> {
  readonly secure: "none" | "explicit" | "implicit";
}

/** How to speak FTP with a place. */
export function ftpSettings({ scheme, port, settings }: Place, ca: string | undefined): FtpSettings {
  const secure = scheme === "ftp" ? "none" : scheme === "ftps" && port === IMPLICIT_PORT ? "implicit" : "explicit";
  const { names, passive, separateDataHost } = settings;
  const tls = ca === undefined ? undefined : { ca };
  return { secure, names, passive, separateDataHost: separateDataHost === "yes", tls } as const;
}

const IMPLICIT_PORT = 990;
