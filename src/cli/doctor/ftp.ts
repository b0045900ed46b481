import { greetFtp, surveyFtp, type FtpSurvey, type PassiveAnswer } from "../../adapters/ftp/survey.ts";
import { ftpSettings } from "../remotes.ts";
import type { FtpOptions } from "../../adapters/ftp.ts";
import type { FailureContext } from "../../adapters/ftp/failure.ts";
import { codeIn, type Examination, mayBeWindows, reasonOf } from "./examination.ts";
import { checkFiles } from "./files.ts";
import type { Settings } from "../settings.ts";
import { checkAddress, checkCertificate, checkConnection } from "./network.ts";

const FTP_PORT = 21;

/** Looks at an FTP server, from its address to the files in the folder. */
export async function examineFtp(exam: Examination): Promise<void> {
  const { place, access, findings } = exam;
  const { secure } = ftpSettings(place, access.ca);
  if (!(await checkAddress(exam))) return;
  if (!(await checkConnection(exam, place.port ?? FTP_PORT, secure !== "implicit"))) return;
  if (!(await checkTls(exam, secure, () => greetFtp(optionsOf(exam), contextOf(exam))))) return;
  const login = await checkLogin(exam);
  if (login === undefined) return;
  const { survey, names } = login;
  await findings.tell({ check: "folder", level: "ok", message: survey.root });
  const passive = await checkPassive(exam, survey);
  if (passive === undefined) return;
  const known = {
    settings: { ...passive, ...names },
    listing: survey.features.has("MLST") ? "MLSD" : "LIST",
    saysUtf8: survey.features.has("UTF8"),
  };
  await checkFiles({ ...exam, place: { ...place, settings: { ...place.settings, ...names } } }, known);
}

function optionsOf({ place, access, onLine }: Examination, names?: Settings["names"]): FtpOptions {
  const { user, password } = access.credentials;
  const { host, port, folder } = place;
  return { host, port, user, password, folder, ...ftpSettings(place, access.ca), onLine, ...(names && { names }) };
}

function contextOf({ place, redact }: Examination): FailureContext {
  return { place: place.name, redact };
}

interface Login {
  readonly survey: FtpSurvey;
  readonly names: Pick<Settings, "names">;
}

async function checkLogin(exam: Examination): Promise<Login | undefined> {
  const { user = "", password = "" } = exam.access.credentials;
  try {
    const survey = await surveyFtp(optionsOf(exam), contextOf(exam));
    await tellLogin(exam);
    return { survey, names: {} };
  } catch (error) {
    const isAscii = /^[\u0000-\u007f]*$/.test(user + password);
    const windows =
      codeIn(error) === "TRANSPORT_LOGIN" && !isAscii && mayBeWindows(exam.place)
        ? await surveyFtp(optionsOf(exam, WINDOWS), contextOf(exam)).catch(() => undefined)
        : undefined;
    await tellLoginFailure(exam, error, windows !== undefined);
    return windows && { survey: windows, names: { names: WINDOWS } };
  }
}

const WINDOWS = "windows-1250";

async function checkTls(
  exam: Examination,
  secure: "none" | "explicit" | "implicit",
  greet: () => ReturnType<typeof greetFtp>,
): Promise<boolean> {
  const { findings } = exam;
  try {
    const { offersTls, tls } = await greet();
    if (tls !== undefined) return await checkCertificate(exam, tls, "?ca=FILE");
    const open = "the password and all data go over the line as they are";
    if (secure !== "none") {
      const message = "the server offers no TLS";
      await findings.tell({ check: "tls", level: "failed", message, set: `ftp:// in the URL, if ${open} may be` });
      return false;
    }
    if (offersTls)
      await findings.tell({
        check: "tls",
        level: "note",
        message: `none, though the server offers it: ${open}`,
        set: "ftps:// in the URL",
      });
    else await findings.tell({ check: "tls", level: "note", message: `none, and the server offers none: ${open}` });
    return true;
  } catch (error) {
    await findings.tell({ check: "tls", level: "failed", message: reasonOf(error, exam) });
    return false;
  }
}

/** The way that works, if it is not the usual one. */
type Passive = Pick<Settings, "passive" | "separateDataHost">;

async function checkPassive(
  { place, findings }: Examination,
  { epsv, pasv, address }: FtpSurvey,
): Promise<Passive | undefined> {
  const check = "passive";
  const { passive: wanted = "auto", separateDataHost } = place.settings;
  const other = pasv.host !== undefined && pasv.host !== address;
  const goesThere = other && separateDataHost === "yes";
  const viaEpsv = wanted !== "pasv" && epsv.reached;
  const viaPasv = wanted !== "epsv" && (goesThere ? pasv.reachedThere : pasv.reached);
  const named = other ? `; PASV names another address, ${pasv.host}` : "";
  const instead = other && viaPasv && !goesThere ? ", in place of which that of the server is used" : "";
  const message = `EPSV ${wordFor(epsv)}, PASV ${wordFor(pasv)}${named}${instead}`;
  if (viaEpsv || viaPasv) {
    // Each transfer first waits for the port that cannot be reached.
    const slow = wanted === "auto" && epsv.port !== undefined && !epsv.reached;
    await findings.tell({ check, level: slow ? "note" : "ok", message, set: slow ? "?passive=pasv" : undefined });
    return slow ? { passive: "pasv" } : {};
  }
  const remedy: Passive | undefined = pasv.reached
    ? { passive: "pasv" }
    : epsv.reached
      ? { passive: "epsv" }
      : pasv.reachedThere
        ? { passive: "pasv", separateDataHost: "yes" }
        : undefined;
  if (remedy === undefined) {
    const why = "no data connection can be opened: a firewall, or a range of passive ports that is closed";
    await findings.tell({ check, level: "failed", message: `${message}; ${why}` });
    return undefined;
  }
  const set = `?${Object.entries(remedy)
    .map(([name, value]) => `${name}=${value}`)
    .join("&")}`;
  await findings.tell({ check, level: "failed", message, set, works: true });
  return remedy;
}

function wordFor({ port, reached, reply }: PassiveAnswer): string {
  if (port === undefined) return `is refused ("${reply}")`;
  return reached ? "works" : `names port ${port}, which cannot be reached`;
}

/** Who it is that is logged in. */
export async function tellLogin({ access, findings }: Examination): Promise<void> {
  const { user, from } = access.credentials;
  const message = user === undefined ? "as anonymous" : `as ${user}, by ${from ?? "nothing"}`;
  await findings.tell({ check: "login", level: "ok", message });
}

/** Finds out from an error how far a login came. */
export async function tellLoginFailure(exam: Examination, error: unknown, byWindows = false): Promise<void> {
  const { findings, access } = exam;
  const message = reasonOf(error, exam);
  const code = codeIn(error);
  if (code === "TRANSPORT_NOT_FOUND") {
    await tellLogin(exam);
    await findings.tell({ check: "folder", level: "failed", message });
  } else if (code === "TRANSPORT_SECURITY") await findings.tell({ check: "tls", level: "failed", message });
  else {
    const { user = "anonymous", from } = access.credentials;
    const by = code === "TRANSPORT_LOGIN" ? `as ${user}${from === undefined ? "" : `, by ${from}`}: ` : "";
    const check = code === "TRANSPORT_UNSUPPORTED" ? "connection" : "login";
    const remedy = byWindows ? { set: `?names=${WINDOWS}`, works: true } : {};
    await findings.tell({ check, level: "failed", message: `${by}${message}`, ...remedy });
  }
}
