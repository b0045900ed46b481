import type { TransportError } from "../../errors.ts";
import { redactor } from "../../transfer/secrets.ts";
import type { Transport } from "../../ports.ts";
import { parseArguments } from "../arguments.ts";
import { BAD_DATA, colorsFor, type Io, OK, output, UNUSABLE, UsageError } from "../io.ts";
import { accessTo, createTransport } from "../remotes.ts";
import type { Settings } from "../settings.ts";
import { telling, toldFor } from "../telling.ts";
import { isUrl, localPath, parseTarget, type Place } from "../url.ts";
import type { Examination } from "./examination.ts";
import { examineFolder } from "./folder.ts";
import { createFindings, type Finding, printable, type Verdict, verdictOn } from "./findings.ts";

/** Examines the server that a URL leads to. @returns the exit code */
export async function runDoctor(args: readonly string[], io: Io): Promise<number> {
  const options = {
    "read-only": { type: "boolean" },
    json: { type: "boolean" },
    verbose: { type: "boolean" },
  } as const;
  const { values, positionals } = parseArguments(args, options, "URL");
  const [url = ""] = positionals;
  if (!isUrl(url)) throw new UsageError(`"${url}" is no URL; of a folder on this machine it begins with file:///`);
  const readOnly = values["read-only"] === true;
  const json = values["json"] === true;
  const onLine =
    values["verbose"] === true ? (line: string) => void io.stderr.write(`${printable(line)}\n`) : undefined;
  const out = output(io.stdout);
  const findings = createFindings(json ? undefined : out, io);

  const { name, settings } = await examine(url, { readOnly, findings, onLine }, io);
  const verdicts: Verdicts = {
    import: verdictOn("import", findings.all),
    export: readOnly || /^https?:/i.test(name) ? "not tried" : verdictOn("export", findings.all),
  };
  const use = urlToUse(name, settings, findings.all);
  const exitCode = exitCodeOf(verdicts);
  if (json) {
    const report = { url: name, findings: findings.all, ...verdicts, ...(use !== undefined && { use }), exitCode };
    await out.write(`${JSON.stringify(report, null, 2)}\n`);
  } else for (const line of summary(verdicts, findings.all, use, io)) await out.write(`${line}\n`);
  await out.flush();
  return exitCode;
}

interface Verdicts {
  readonly import: Verdict;
  readonly export: Verdict;
}

async function examine(
  url: string,
  how: Pick<Examination, "readOnly" | "findings" | "onLine">,
  io: Io,
): Promise<Pick<Place, "name" | "settings">> {
  const path = localPath(url);
  if (!isUrl(path)) {
    await examineFolder(path, how);
    return { name: url, settings: {} };
  }
  const place = parseTarget(path, io.env);
  const access = await accessTo(place, io.env);
  const secrets = [...place.secrets, access.credentials.password, access.credentials.passphrase];
  const redact = redactor(secrets);
  const told = (error: TransportError): TransportError => toldFor(error, place, redact);
  const opened: Transport[] = [];
  const open = async (settings: Settings = {}): Promise<Transport> => {
    const other: Place = { ...place, settings: { ...place.settings, ...settings } };
    const transport = telling(await createTransport(other, access, { retry: false, onLine: how.onLine }), told);
    opened.push(transport);
    return transport;
  };
  try {
    await (
      await examinationFor(place)
    )({ ...how, place, access, redact, open });
  } finally {
    for (const transport of opened) await transport.close().catch(() => undefined);
  }
  return place;
}

async function examinationFor({ scheme }: Place): Promise<(exam: Examination) => Promise<void>> {
  if (scheme === "sftp") return (await import("./sftp.ts")).examineSftp;
  if (scheme === "https" || scheme === "http") return (await import("./web.ts")).examineWeb;
  return (await import("./ftp.ts")).examineFtp;
}

/** The URL with its own settings and those that it needs; undefined if it needs none. */
function urlToUse(name: string, own: Settings, all: readonly Finding[]): string | undefined {
  const needed = all.flatMap(({ works, set }) =>
    works === true && set?.startsWith("?") === true ? set.slice(1).split("&") : [],
  );
  if (needed.length === 0) return undefined;
  const replaced = new Set(needed.map((pair) => pair.split("=")[0]));
  const kept = Object.entries(own).flatMap(([setting, value]: [string, string | readonly string[]]) =>
    replaced.has(setting) ? [] : [value].flat().map((one) => `${setting}=${one}`),
  );
  return `${name}?${[...new Set([...kept, ...needed])].join("&")}`;
}

function exitCodeOf(verdicts: Verdicts): number {
  const all = Object.values(verdicts) as Verdict[];
  if (all.includes("does not work")) return UNUSABLE;
  return all.includes("works with settings") ? BAD_DATA : OK;
}

function summary(verdicts: Verdicts, all: readonly Finding[], use: string | undefined, { stdout, env }: Io): string[] {
  const { green, yellow, red, bold } = colorsFor(stdout, env);
  const paint = { works: green, "works with settings": yellow, "does not work": red, "not tried": yellow };
  const line = (direction: keyof Verdicts): string => {
    const verdict = verdicts[direction];
    const why = all.filter(
      ({ level, works, stops }) => level === "failed" && works !== true && (stops ?? direction) === direction,
    );
    const reasons = why.length === 0 ? "" : ` (${[...new Set(why.map(({ check }) => check))].join(", ")})`;
    return `${direction}  ${paint[verdict](`${verdict}${verdict === "does not work" ? reasons : ""}`)}`;
  };
  return ["", line("import"), line("export"), ...(use === undefined ? [] : [`use     ${bold(use)}`])];
}
