import { lstat, mkdir, rename, rmdir, stat, unlink } from "node:fs/promises";
import { openPassive } from "./data.ts";
import { absolutePath } from "./folder.ts";
import { FACTS, factsOf, timestamp } from "./listing.ts";
import type { FtpFeature } from "./options.ts";
import { isMissing, Refusal } from "./refusal.ts";
import type { Session } from "./surroundings.ts";
import { list, retrieve, store } from "./transfer.ts";

/** Does a command and gives the reply; the empty text if it was sent already. */
type Command = (session: Session, argument: string) => string | Promise<string>;

/** Commands that need no login. */
const opening: Readonly<Record<string, Command>> = {
  AUTH: beginTls,
  FEAT: features,
  NOOP: () => "200 NOOP ok.",
  OPTS: setOption,
  PASS: logIn,
  PBSZ: ({ isSecure }) => (isSecure() ? "200 PBSZ set to 0." : "503 PBSZ needs a secure connection."),
  PROT: protect,
  QUIT: () => "221 Goodbye.",
  SYST: () => "215 UNIX Type: L8",
  USER: nameUser,
};

const commands: Readonly<Record<string, Command>> = {
  ABOR: abort,
  APPE: (session, name) => store(session, name, true),
  CDUP: (session) => changeFolder(session, ".."),
  CWD: changeFolder,
  DELE: remove,
  EPSV: enterExtendedPassive,
  LIST: (session, argument) => list(session, "LIST", argument),
  MDTM: async (session, name) => `213 ${timestamp((await fileStats(session, name)).mtime)}`,
  MKD: makeFolder,
  MLSD: (session, argument) => list(session, "MLSD", argument),
  MLST: describe,
  MODE: (_, mode) => (/^S$/i.test(mode) ? "200 Mode set to S." : "504 Only stream mode is supported."),
  NLST: (session, argument) => list(session, "NLST", argument),
  PASV: enterPassive,
  PWD: ({ folder }) => `257 ${quoted(folder)} is the current directory.`,
  REST: restart,
  RETR: retrieve,
  RMD: removeFolder,
  RNFR: renameFrom,
  RNTO: renameTo,
  SIZE: async (session, name) => `213 ${(await fileStats(session, name)).size}`,
  STOR: (session, name) => store(session, name, false),
  STRU: (_, structure) => (/^F$/i.test(structure) ? "200 Structure set to F." : "504 Only files are supported."),
  TYPE: (_, type) => (/^(?:[AI](?: N)?|L ?8)$/i.test(type) ? `200 Type set to ${type}.` : "504 Unknown type."),
};

/** Commands of FTP that this server does not have, active mode among them. */
const NOT_IMPLEMENTED = /^(?:ACCT|ALLO|EPRT|HELP|HOST|LANG|MFMT|PORT|REIN|SITE|SMNT|STAT|STOU)$/;
const NEEDS_ARGUMENT = /^(?:APPE|CWD|DELE|MDTM|MKD|MODE|REST|RETR|RMD|RNFR|RNTO|SIZE|STOR|STRU|TYPE|USER)$/;

/** Does what a command asks. @throws Refusal, or Error of the file system, if it cannot be done. */
export async function answer(session: Session, name: string, argument: string): Promise<string> {
  const { without = [] } = session.around.options;
  const isOpening = Object.hasOwn(opening, name);
  const command = isOpening ? opening[name] : Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (command === undefined)
    return NOT_IMPLEMENTED.test(name) ? `502 ${name} not implemented.` : "500 Unknown command.";
  if (without.includes(featureOf(name) as FtpFeature)) return "500 Unknown command.";
  if (!isOpening && !session.isLoggedIn) return "530 Please login with USER and PASS.";
  if (argument === "" && NEEDS_ARGUMENT.test(name)) return "501 Missing argument.";
  return command(session, argument);
}

function featureOf(command: string): string {
  if (command === "MLST") return "MLSD";
  if (command === "RNTO") return "RNFR";
  return /^(?:AUTH|PBSZ|PROT)$/.test(command) ? "TLS" : command;
}

async function beginTls(session: Session, mechanism: string): Promise<string> {
  if (session.around.secureContext === undefined) return "500 Unknown command.";
  if (!/^(?:TLS|TLS-C|SSL)$/i.test(mechanism)) return "504 Unknown AUTH type.";
  if (session.isSecure()) return "503 TLS is in use already.";
  session.user = undefined;
  session.isLoggedIn = false;
  await session.secure("234 Proceed with negotiation.");
  return "";
}

function protect(session: Session, level: string): string {
  if (!session.isSecure()) return "503 PROT needs a secure connection.";
  if (!/^[CP]$/i.test(level)) return "536 Only PROT C and PROT P are supported.";
  session.isPrivate = level.toUpperCase() === "P";
  return `200 PROT now ${session.isPrivate ? "Private" : "Clear"}.`;
}

function nameUser(session: Session, user: string): string {
  if (session.around.options.requireTls === true && !session.isSecure()) return "530 Sessions must use encryption.";
  session.user = user;
  session.isLoggedIn = false;
  return "331 Please specify the password.";
}

function logIn(session: Session, password: string): string {
  const { user } = session;
  const { users } = session.around.options;
  if (user === undefined) return "503 Login with USER first.";
  session.user = undefined;
  session.isLoggedIn = users === undefined || (Object.hasOwn(users, user) && users[user] === password);
  return session.isLoggedIn ? "230 Login successful." : "530 Login incorrect.";
}

function features({ around: { options, secureContext } }: Session): string {
  const { without = [], names = "utf-8" } = options;
  const all: readonly (readonly [FtpFeature, string])[] = [
    ["TLS", "AUTH TLS"],
    ["EPSV", "EPSV"],
    ["MDTM", "MDTM"],
    ["MLSD", `MLST ${FACTS}`],
    ["PASV", "PASV"],
    ["TLS", "PBSZ"],
    ["TLS", "PROT"],
    ["REST", "REST STREAM"],
    ["SIZE", "SIZE"],
    ["UTF8", "UTF8"],
  ];
  const lines = all.filter(
    ([feature]) =>
      !without.includes(feature) &&
      (feature !== "TLS" || secureContext !== undefined) &&
      (feature !== "UTF8" || names === "utf-8"),
  );
  return ["211-Features:", ...lines.map(([, line]) => ` ${line}`), "211 End"].join("\r\n");
}

function setOption({ around: { options } }: Session, option: string): string {
  const { without = [], names = "utf-8" } = options;
  if (/^UTF8(?: ON)?$/i.test(option) && names === "utf-8" && !without.includes("UTF8"))
    return "200 Always in UTF8 mode.";
  // The standard lets a server say which facts it will send instead of those asked for.
  if (/^MLST\b/i.test(option) && !without.includes("MLSD")) return `200 MLST OPTS ${FACTS.replaceAll("*", "")}`;
  return "501 Option not understood.";
}

/** The transfer was ended, and answered, when the command arrived. */
function abort(session: Session): string {
  const { hasAborted } = session;
  session.hasAborted = false;
  return hasAborted ? "226 Abort successful." : "225 No transfer to abort.";
}

async function enterExtendedPassive(session: Session, argument: string): Promise<string> {
  if (/^ALL$/i.test(argument)) return "200 EPSV ALL ok.";
  if (!/^1?$/.test(argument)) return "522 Network protocol not supported, use (1).";
  return `229 Entering Extended Passive Mode (|||${await listen(session)}|)`;
}

async function enterPassive(session: Session): Promise<string> {
  const port = await listen(session);
  const { host, pasvHost = host } = session.around.options;
  return `227 Entering Passive Mode (${pasvHost.replaceAll(".", ",")},${port >> 8},${port & 0xff}).`;
}

async function listen(session: Session): Promise<number> {
  session.passive?.close();
  session.passive = undefined;
  session.passive = await openPassive(session.around);
  return session.passive.port;
}

async function changeFolder(session: Session, name: string): Promise<string> {
  const path = absolutePath(session.folder, name);
  if (!(await stat(await session.around.folder.target(path))).isDirectory()) return "550 Not a directory.";
  session.folder = path;
  return "250 Directory successfully changed.";
}

async function describe(session: Session, name: string): Promise<string> {
  const path = absolutePath(session.folder, name);
  const facts = factsOf(await stat(await session.around.folder.target(path)));
  return `250-Listing\r\n ${facts} ${path}\r\n250 End`;
}

async function fileStats(session: Session, name: string): Promise<{ readonly size: number; readonly mtime: Date }> {
  const stats = await stat(await session.around.folder.target(absolutePath(session.folder, name)));
  if (!stats.isFile()) throw new Refusal("550 Not a regular file.");
  return stats;
}

function restart(session: Session, position: string): string {
  if (!/^\d{1,15}$/.test(position)) return "501 Restart position must be a number.";
  session.restart = Number(position);
  return `350 Restart position accepted (${position}).`;
}

async function makeFolder(session: Session, name: string): Promise<string> {
  const path = absolutePath(session.folder, name);
  await mkdir(await session.around.folder.entry(path));
  return `257 ${quoted(path)} created.`;
}

async function remove(session: Session, name: string): Promise<string> {
  const place = await entryOf(session, name);
  if ((await lstat(place)).isDirectory()) return "550 Is a directory.";
  await unlink(place);
  return "250 Delete operation successful.";
}

async function removeFolder(session: Session, name: string): Promise<string> {
  await rmdir(await entryOf(session, name));
  return "250 Remove directory operation successful.";
}

async function renameFrom(session: Session, name: string): Promise<string> {
  const place = await entryOf(session, name);
  await lstat(place);
  session.renaming = place;
  return "350 Ready for RNTO.";
}

async function renameTo(session: Session, name: string): Promise<string> {
  const from = session.renaming;
  if (from === undefined) return "503 RNFR required first.";
  session.renaming = undefined;
  const to = await entryOf(session, name);
  if (session.around.options.replaceOnRename === false && (await exists(to))) return "553 File exists.";
  await rename(from, to);
  return "250 Rename successful.";
}

/** Place of what is to be renamed or deleted; never the root itself. */
async function entryOf(session: Session, name: string): Promise<string> {
  const path = absolutePath(session.folder, name);
  if (path === "/") throw new Refusal("550 Permission denied.");
  return session.around.folder.entry(path);
}

async function exists(place: string): Promise<boolean> {
  try {
    await lstat(place);
    return true;
  } catch (error) {
    if (isMissing(error)) return false;
    throw error;
  }
}

/** `a"b` → `"a""b"` */
function quoted(path: string): string {
  return `"${path.replaceAll('"', '""')}"`;
}
