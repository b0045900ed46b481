import type { Stats } from "node:fs";
import type { Entry } from "./folder.ts";

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const HALF_A_YEAR_MS = 182 * 24 * 60 * 60 * 1000;

/** The facts that {@link factsOf} states, as FEAT announces them. */
export const FACTS = "type*;size*;modify*;perm*;";

/** As `ls -l` prints it: `-rw-r--r--   1 ftp      ftp          1234 Nov 24 18:46 orders.xml`, in UTC. */
export function unixLine({ name, stats }: Entry, now = new Date()): string {
  const mode = stats.isDirectory() ? "drwxr-xr-x" : "-rw-r--r--";
  return `${mode}   1 ftp      ftp      ${String(stats.size).padStart(8)} ${unixDate(stats.mtime, now)} ${name}`;
}

/** As MLSD prints it: `type=file;size=1234;modify=20261124184600;perm=adfrw; orders.xml`. */
export function factsLine({ name, stats }: Entry, type?: "cdir" | "pdir"): string {
  return `${factsOf(stats, type)} ${name}`;
}

/** `type=file;size=1234;modify=20261124184600;perm=adfrw;` */
export function factsOf(stats: Stats, type?: "cdir" | "pdir"): string {
  const modify = `modify=${timestamp(stats.mtime)};`;
  if (stats.isDirectory()) return `type=${type ?? "dir"};${modify}perm=flcdmpe;`;
  return `type=file;size=${stats.size};${modify}perm=adfrw;`;
}

/** `20261124184600`, in UTC. */
export function timestamp(time: Date): string {
  return time.toISOString().slice(0, 19).replace(/[-T:]/g, "");
}

/** With the time of day within half a year, with the year otherwise: clients must guess the rest. */
function unixDate(time: Date, now: Date): string {
  const age = now.getTime() - time.getTime();
  const day = `${MONTHS[time.getUTCMonth()] ?? ""} ${String(time.getUTCDate()).padStart(2)}`;
  const isRecent = age < HALF_A_YEAR_MS && age > -HALF_A_YEAR_MS;
  return isRecent ? `${day} ${time.toISOString().slice(11, 16)}` : `${day}  ${time.getUTCFullYear()}`;
}
