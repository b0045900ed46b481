import { TransportError } from "../errors.ts";
import type { RefusedName } from "../ports.ts";

/** Names that Windows takes for devices, with any extension. */
const DEVICE = /^(?:con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[0-9\u00b9\u00b2\u00b3])(?:\.|$)/i;

const LONGEST_NAME_BYTES = 255;
const LONGEST_PATH_BYTES = 1024;
const SHOWN = 200;

const utf8 = new TextEncoder();

/**
 * Why a name of a file or folder cannot be used: undefined if it can.
 *
 * Refused are names that lead elsewhere (`..`, `a/b`, `a\b`, `C:x`), that break a protocol (control characters), that no file
 * system holds, or that Windows reads as another one (`NUL.xml`, `orders.xml.`).
 *
 * @see https://learn.microsoft.com/en-us/windows/win32/fileio/naming-a-file (read 2026-11-24)
 */
export function checkName(name: string): string | undefined {
  if (name === "") return "is empty";
  if (name === "." || name === "..") return "leads to another folder";
  if (/[/\\]/.test(name)) return "holds a path separator";
  if (/[\u0000-\u001f\u007f-\u009f]/.test(name)) return "holds a control character";
  if (/[\ud800-\udfff]/u.test(name)) return "holds half of a character";
  if (/^[a-z]:/i.test(name)) return "starts like a drive of Windows";
  if (DEVICE.test(name)) return "is a name that Windows keeps for a device";
  if (/[. ]$/.test(name)) return "ends with a dot or a space, which Windows leaves out";
  if (utf8.encode(name).length > LONGEST_NAME_BYTES) return `is longer than ${LONGEST_NAME_BYTES} bytes`;
  return undefined;
}

/** Why a path from the transport's folder cannot be used: undefined if it can. */
export function checkPath(path: string): string | undefined {
  if (path === "") return "is empty";
  if (path.startsWith("/")) return "is absolute";
  if (utf8.encode(path).length > LONGEST_PATH_BYTES) return `is longer than ${LONGEST_PATH_BYTES} bytes`;
  for (const name of path.split("/")) {
    const reason = checkName(name);
    if (reason !== undefined) return name === path ? reason : `${shownName(name)} ${reason}`;
  }
  return undefined;
}

/** @throws {@link TransportError} TRANSPORT_NAME */
export function requirePath(path: string, place: string): void {
  const reason = checkPath(path);
  if (reason !== undefined) throw refusal(path, reason, place);
}

/** As {@link requirePath}, but `""` is the transport's own folder. */
export function requireFolder(path: string, place: string): void {
  if (path !== "") requirePath(path, place);
}

export function refusal(path: string, reason: string, place: string): TransportError {
  return new TransportError("TRANSPORT_NAME", `the path ${shownName(path)} is refused: it ${reason}`, { place });
}

/** Parts names from a server into those that can be used and those that cannot. */
export function sortNames(names: readonly string[]): {
  readonly good: readonly string[];
  readonly refused: readonly RefusedName[];
} {
  const refused: RefusedName[] = [];
  const good = names.filter((name) => {
    const reason = checkName(name);
    if (reason !== undefined) refused.push(refusedName(name, reason));
    return reason === undefined;
  });
  return { good, refused };
}

export function refusedName(name: string, reason: string): RefusedName {
  return { name: escapedName(name), reason };
}

/** `"out"` and `"orders.xml"` give `"out/orders.xml"`; `""` and `"orders.xml"` give `"orders.xml"`. */
export function joinPath(folder: string, name: string): string {
  return folder === "" ? name : `${folder}/${name}`;
}

/** `"out/orders.xml"` gives `["out", "orders.xml"]`. */
export function splitPath(path: string): readonly [folder: string, name: string] {
  const at = path.lastIndexOf("/");
  return [path.slice(0, Math.max(at, 0)), path.slice(at + 1)];
}

/** A test for names by a pattern: `*` any characters, `?` one; upper and lower case are the same. */
export function nameFilter(pattern: string | undefined): (name: string) => boolean {
  if (pattern === undefined) return () => true;
  const source = pattern
    .normalize("NFC")
    .replace(/[*?]|[^\w]/gu, (char) =>
      char === "*" ? ".*" : char === "?" ? "." : `\\u{${(char.codePointAt(0) ?? 0).toString(16)}}`,
    );
  const expression = new RegExp(`^${source}$`, "isu");
  return (name) => expression.test(name.normalize("NFC"));
}

/** For messages: in quotes. */
export function shownName(name: string): string {
  return `"${escapedName(name)}"`;
}

function escapedName(name: string): string {
  const shown = name.length > SHOWN ? `${name.slice(0, SHOWN)}…` : name;
  return shown.replace(
    /[\u0000-\u001f\u007f-\u009f]/g,
    (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}
