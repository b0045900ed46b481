import type { ReplaceBy } from "../transfer/publish.ts";
import { UsageError } from "./io.ts";

/** How to speak with a server, from the query of its URL: `?names=windows-1250&replace=remove`. */
export interface Settings {
  readonly names?: "utf-8" | "windows-1250";
  readonly passive?: "auto" | "epsv" | "pasv";
  readonly separateDataHost?: "yes" | "no";
  readonly replace?: ReplaceBy;
  /** Fingerprints, one of which the server's key must have. */
  readonly hostKey?: readonly string[];
  /** File with the certificate of the authority that signed the server's. */
  readonly ca?: string;
}

const choices = {
  names: ["utf-8", "windows-1250"],
  passive: ["auto", "epsv", "pasv"],
  separateDataHost: ["yes", "no"],
  replace: ["rename", "remove", "in-place"],
} as const;

const ofFtp = ["names", "passive", "separateDataHost", "replace"] as const;
const known = {
  ftp: ofFtp,
  ftps: [...ofFtp, "ca"],
  ftpes: [...ofFtp, "ca"],
  sftp: ["hostKey", "replace"],
} as const satisfies Record<string, readonly (keyof Settings)[]>;

/** @throws {@link UsageError} with the settings that there are, for one that there is not */
export function settingsOf(scheme: keyof typeof known, search: string, shown: string): Settings {
  const names: readonly (keyof Settings)[] = known[scheme];
  let settings: Settings = {};
  for (const pair of search.slice(1).split("&")) {
    if (pair === "") continue;
    const equals = pair.indexOf("=");
    const given = pair.slice(0, equals < 0 ? pair.length : equals);
    const name = names.find((one) => one === given);
    if (name === undefined) throw new UsageError(`${shown}: the settings of ${scheme}:// are ${names.join(", ")}`);
    settings = { ...settings, ...settingOf(name, valueOf(pair.slice(given.length + 1), name, shown), settings, shown) };
  }
  return settings;
}

function settingOf(name: keyof Settings, value: string, so: Settings, shown: string): Settings {
  if (name === "hostKey") return { hostKey: [...(so.hostKey ?? []), ...fingerprintsIn(value, `${shown}: hostKey`)] };
  if (name === "ca") return { ca: value };
  const allowed: readonly string[] = choices[name];
  if (!allowed.includes(value)) throw new UsageError(`${shown}: ${name} takes ${allowed.join(", ")}`);
  return { [name]: value };
}

/** Fingerprints of host keys, separated by commas or spaces. @throws {@link UsageError} */
export function fingerprintsIn(text: string, where: string): string[] {
  return text
    .split(/[,\s]+/)
    .filter((one) => one !== "")
    .map((one) => {
      if (/^SHA256:[A-Za-z0-9+/]{43}=?$/.test(one)) return one.replace(/=$/, "");
      throw new UsageError(`${where} takes the fingerprint of a key as OpenSSH prints it: SHA256: and 43 characters`);
    });
}

/** Not as in forms, where "+" stands for a space: fingerprints hold it. */
function valueOf(text: string, name: string, shown: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw new UsageError(`${shown}: a "%" in ${name} must be written %25`);
  }
}
