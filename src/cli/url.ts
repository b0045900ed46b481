import { fileURLToPath } from "node:url";
import { checkName } from "../transfer/names.ts";
import { UsageError } from "./io.ts";
import { filledIn } from "./placeholders.ts";
import { settingsOf, type Settings } from "./settings.ts";

export type Scheme = "ftp" | "ftps" | "ftpes" | "sftp" | "https" | "http" | "file";

/** Where a URL leads. */
export interface Place {
  readonly scheme: Scheme;
  /** The URL for messages: without secrets and without settings. */
  readonly name: string;
  readonly host: string;
  /** Where the URL states one. */
  readonly port: number | undefined;
  readonly user: string | undefined;
  /** Folder of the file on the server, as transports take it: `""` is that of the login, `"/"` the root. */
  readonly folder: string;
  /** Name of the file, or of the folder that the URL leads to; `""` if it leads to the root or the login's folder. */
  readonly path: string;
  /** Whether the URL ends with a slash. */
  readonly isFolder: boolean;
  readonly settings: Settings;
  /** The whole URL with its secrets, where the server needs it. */
  readonly href: string;
  /** What of it must not be shown. */
  readonly secrets: readonly string[];
}

const schemes = ["ftp", "ftps", "ftpes", "sftp", "https", "http"] as const;

/** Whether an argument is a URL; a path of Windows, `C:\orders.xml`, is none. */
export function isUrl(argument: string): boolean {
  return /^[a-z][a-z0-9+.-]*:\/\//i.test(argument);
}

/** The path of a `file://` URL; any other argument as it is. @throws {@link UsageError} */
export function localPath(argument: string): string {
  if (!/^file:\/\//i.test(argument)) return argument;
  try {
    const url = new URL(argument);
    if (url.search === "" && url.hash === "") return fileURLToPath(url);
  } catch {
    // Told below.
  }
  throw new UsageError(`${argument}: must be file:///path, without "?", "#" and another host`);
}

/**
 * Reads a URL. Placeholders in URLs of the web are replaced from the environment.
 *
 * @throws {@link UsageError} whose message holds no secret
 */
export function parseTarget(text: string, env: Readonly<Record<string, string | undefined>>): Place {
  const shown = withoutSecrets(text);
  const scheme = schemes.find((one) => text.toLowerCase().startsWith(`${one}://`));
  if (scheme === undefined)
    throw new UsageError(`${shown}: must begin with ${[...schemes, "file"].map((one) => `${one}://`).join(", ")}`);
  if (/[\u0000-\u001f\u007f]/.test(text)) throw new UsageError(`${shown}: holds a control character`);
  const web = scheme === "https" || scheme === "http";
  const { url: whole, secrets } = web ? filledIn(text, shown, env) : { url: text, secrets: [] };
  const rest = whole.slice(scheme.length + "://".length);
  const url = parsed(rest, shown);
  if (url.password !== "" || /^[^/?#]*:[^/?#]*@/.test(rest)) throw new UsageError(passwordAdvice(shown));
  // "ftp://shop:12/34@host" has its password in the path.
  if (/^[^@/?#]*[/?#][^]*@/.test(rest) && (!web || /^[^/?#]*:/.test(rest)))
    throw new UsageError(`${shown}: an "@" behind the host must be written %40`);
  if (url.hash !== "" || rest.endsWith("#")) throw new UsageError(`${shown}: "#" must be written %23`);

  const names = web ? [webName(url.pathname)] : namesIn(url.pathname, shown);
  const path = names.at(-1) ?? "";
  const above = names.slice(0, -1).join("/");
  return {
    scheme,
    name: web ? text : (text.split("?")[0] ?? text),
    host: url.hostname.replace(/^\[(.*)\]$/, "$1"),
    // That of the scheme it was parsed with would be left out of the URL.
    port: numberIn(/^[^/?#]*:(\d+)(?=[/?#]|$)/.exec(rest)?.[1]),
    user: url.username === "" ? undefined : decoded(url.username, shown),
    path: scheme === "sftp" && names.length === 1 && path === "~" ? "" : path,
    folder: folderOf(scheme, url.pathname, above, path),
    isFolder: !web && url.pathname.endsWith("/"),
    settings: scheme === "https" || scheme === "http" ? {} : settingsOf(scheme, url.search, shown),
    // The user goes another way.
    href: `${scheme}://${rest.replace(/^[^@/?#]*@/, "")}`,
    secrets,
  };
}

/** Before it is known where the secrets are, nothing that may be one is shown. */
function withoutSecrets(text: string): string {
  return text.replace(/(:\/\/)[^]*@/, "$1…@").replace(/[?#][^]*$/, "?…");
}

function parsed(rest: string, shown: string): URL {
  try {
    // Of "http:///x" the parser takes x for the host.
    if (/^[/\\]/.test(rest)) throw new TypeError("no host");
    // One scheme for all, since others are parsed in ways of their own.
    return new URL(`http://${rest}`);
  } catch {
    throw new UsageError(`${shown}: is no URL such as ftps://shop@ftp.shop.example/out/orders.xml`);
  }
}

function passwordAdvice(shown: string): string {
  return `${shown}: holds a password, which would be seen in the list of processes and kept in the shell's history; set PROPOJKA_PASSWORD or write it into ~/.netrc, and leave only the user in the URL`;
}

/** Addresses of the web need no name that a file could have. */
function webName(pathname: string): string {
  const name = pathname.split("/").at(-1) ?? "";
  return checkName(name) === undefined ? name : "index";
}

/** Names in a path, without empty ones. */
function namesIn(pathname: string, shown: string): string[] {
  const path = pathname.replace(/^\/%2f/i, "//");
  return path.split("/").flatMap((part) => {
    if (part === "") return [];
    const name = decoded(part, shown);
    const reason = checkName(name);
    if (reason !== undefined) throw new UsageError(`${shown}: a name in it ${reason}`);
    return [name];
  });
}

/**
 * Paths of FTP start from the folder of the login, and from the root behind a second slash; those of SFTP from the root, and
 * from the folder of the login behind `/~/`.
 *
 * @see https://www.rfc-editor.org/rfc/rfc1738#section-3.2.2 (read 2026-11-24)
 * @see https://datatracker.ietf.org/doc/html/draft-ietf-secsh-scp-sftp-ssh-uri-04 (read 2026-11-24)
 */
function folderOf(scheme: Scheme, pathname: string, above: string, path: string): string {
  if (scheme === "sftp") {
    const home = above.split("/")[0] === "~" || (above === "" && path === "~");
    return home ? above.replace(/^~\/?/, "") : `/${above}`;
  }
  return /^\/(?:\/|%2f)/i.test(pathname) ? `/${above}` : above;
}

function decoded(text: string, shown: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw new UsageError(`${shown}: a "%" in it must be written %25`);
  }
}

function numberIn(digits: string | undefined): number | undefined {
  return digits === undefined ? undefined : Number(digits);
}
