import { readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import process from "node:process";
import { Failure, type Io, UsageError } from "./io.ts";
import { findInNetrc, type NetrcEntry, NetrcMistake } from "./netrc.ts";
import { fingerprintsIn } from "./settings.ts";
import { named } from "./source.ts";
import type { Place } from "./url.ts";

/** Who one is on a server. */
export interface Credentials {
  readonly user?: string | undefined;
  readonly password?: string | undefined;
  /** For SFTP: text of the private key. */
  readonly privateKey?: string | undefined;
  readonly passphrase?: string | undefined;
  /** Where the password or key is from, for messages: `PROPOJKA_PASSWORD`. */
  readonly from?: string | undefined;
}

type Env = Io["env"];

/**
 * Finds user and password: the user in the URL, then the environment, then the netrc file, then, for FTP, nobody in
 * particular.
 *
 * @throws {@link Failure} if there are none and the server needs some
 */
export async function credentialsOf(place: Place, env: Env): Promise<Credentials> {
  const web = place.scheme === "https" || place.scheme === "http";
  // What is set for another server must not go to a shop that asks for no password: there, the URL names the user.
  const user = place.user ?? (web ? undefined : valueOf(env, "PROPOJKA_USER"));
  const found =
    (user === undefined ? undefined : await inEnvironment(place, user, env)) ?? (await inNetrc(place, user, env));
  if (found !== undefined) return found;
  // Keys of webservices stand in the place of the user, without a password.
  if (user !== undefined && web) return { user };
  if (user !== undefined)
    throw new UsageError(
      `${place.name}: there is no password for ${user}: set PROPOJKA_PASSWORD${place.scheme === "sftp" ? ", or PROPOJKA_KEY to the file of a private key" : ""}, or write it into ~/.netrc`,
    );
  if (place.scheme === "sftp")
    throw new UsageError(
      `${place.name}: say who: in the URL (sftp://USER@${place.host}/…), with PROPOJKA_USER or in ~/.netrc`,
    );
  if (!web && valueOf(env, "PROPOJKA_PASSWORD") !== undefined)
    throw new UsageError(`${place.name}: PROPOJKA_PASSWORD is set, but not whose it is: set PROPOJKA_USER too`);
  return {};
}

/** Fingerprints that the host key of an SFTP server may have. @throws {@link UsageError} */
export function hostKeysOf({ settings }: Place, env: Env): readonly string[] {
  return settings.hostKey ?? fingerprintsIn(env["PROPOJKA_HOST_KEY"] ?? "", "PROPOJKA_HOST_KEY");
}

/** The certificate of the authority that signed the server's. @throws {@link Failure} if there is no such file */
export async function authorityOf({ settings }: Place, env: Env): Promise<string | undefined> {
  const path = settings.ca ?? valueOf(env, "PROPOJKA_CA");
  return path === undefined ? undefined : textIn(path);
}

/** What is empty is not set. */
function valueOf(env: Env, name: string): string | undefined {
  return env[name] === "" ? undefined : env[name];
}

async function inEnvironment({ scheme, user: own }: Place, user: string, env: Env): Promise<Credentials | undefined> {
  const meant = valueOf(env, "PROPOJKA_USER");
  // The password of somebody else.
  if (own !== undefined && meant !== undefined && meant !== own) return undefined;
  const password = valueOf(env, "PROPOJKA_PASSWORD");
  const keyFile = scheme === "sftp" ? valueOf(env, "PROPOJKA_KEY") : undefined;
  if (keyFile !== undefined)
    return {
      user,
      privateKey: await textIn(keyFile),
      passphrase: valueOf(env, "PROPOJKA_PASSPHRASE"),
      password,
      from: "PROPOJKA_KEY",
    };
  return password === undefined ? undefined : { user, password, from: "PROPOJKA_PASSWORD" };
}

async function inNetrc({ scheme, host }: Place, user: string | undefined, env: Env): Promise<Credentials | undefined> {
  const named = valueOf(env, "NETRC");
  const home = valueOf(env, "HOME") ?? valueOf(env, "USERPROFILE");
  const path = named ?? (home === undefined ? undefined : join(home, ".netrc"));
  if (path === undefined) return undefined;
  const info = await stat(path).catch(() => undefined);
  if (info === undefined && named === undefined) return undefined;
  const takesDefault = scheme !== "https" && scheme !== "http";
  const entry = entryIn(await textIn(path), path, { host, user, takesDefault });
  const login = user ?? entry?.login;
  if (entry?.password === undefined || login === undefined) return undefined;
  if (info !== undefined && process.platform !== "win32" && (info.mode & 0o077) !== 0)
    throw new Failure(`${path}: others than its owner can read it, and it holds a password: chmod 600 ${path}`);
  return { user: login, password: entry.password, from: path };
}

function entryIn(text: string, path: string, question: Parameters<typeof findInNetrc>[1]): NetrcEntry | undefined {
  try {
    return findInNetrc(text, question);
  } catch (error) {
    throw error instanceof NetrcMistake ? new Failure(`${path}: ${error.message}`) : error;
  }
}

async function textIn(path: string): Promise<string> {
  try {
    return await readFile(path, "utf8");
  } catch (error) {
    throw named(error, path);
  }
}
