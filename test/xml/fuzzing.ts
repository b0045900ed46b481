import { characterTable } from "../../src/xml/charset.ts";
import type { ReaderOptions } from "../../src/xml/reader.ts";
import { byteString, concat, filler, read, type Reading, utf16, utf8 } from "./reading.ts";
import { type Choice, expectation, judge, type Verdict } from "./oracle.ts";
import type { Seed } from "./seeds.ts";

/** Gives numbers from 0 up to, and without, `below`. */
export type Random = (below: number) => number;

/** The same numbers for the same seed, on every machine. */
export function seededRandom(seed: number): Random {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * below);
  };
}

const FRAGMENTS = [
  ...Array.from("<>&;\"'/=!?-[]:\t\r\n\0\x01\x7f "),
  ...["]]>", "--", "-->", "<!--", "<!-- -->", "<![CDATA[", "<![CDATA[]]>", "<!", "<!DOCTYPE x>", "<?", "?>", "<?p?>"],
  ...[
    "</",
    "/>",
    "<x>",
    "</x>",
    "<x/>",
    "<a:b/>",
    "<é/>",
    "&amp;",
    "&lt",
    "&#0;",
    "&#x1F600;",
    "&#55296;",
    "&nbsp;",
    "&#65534;",
  ],
  ...[
    ' a="1"',
    " a='<'",
    ' a="1" a="2"',
    ' xmlns="urn:x"',
    ' xmlns:p="urn:p"',
    ' xmlns:p=""',
    ' p:a="1"',
    " xml:a='1'",
    ' xmlns=""',
  ],
  ...['<?xml version="1.0"?>', "\r\n", "\ufeff", "\ufffe", "\uffff", "é", "\u{1f600}", "\u0085", "\u2028", "\ufffd"],
].map(utf8);
const HARMLESS = [
  "<!-- x -->",
  "<?p q?>",
  "<x/>",
  "<x a='&lt;'>y</x>",
  "<x xmlns='urn:x'/>",
  "&#269;&amp;",
  "\r\n",
  "\t",
  "]]",
  "<![CDATA[<&]]>",
].map(utf8);
const BYTES = [
  "\x80",
  "\xff",
  "\xc3",
  "\xed\xa0\x80",
  "\xc0\xaf",
  "\xf4\x90\x80\x80",
  "\x81",
  "\xef\xbf\xbe",
  "\xfe\xff",
  "\x00<",
].map(byteString);

/** Damages a document in one to four places. */
export function mutate(bytes: Uint8Array, random: Random): Uint8Array {
  let mutated = bytes;
  for (let count = 1 + random(random(2) === 0 ? 1 : 4); count > 0; count--) mutated = mutateOnce(mutated, random);
  return mutated;
}

function mutateOnce(bytes: Uint8Array, random: Random): Uint8Array {
  const at = random(bytes.length + 1);
  const to = Math.min(bytes.length, at + 1 + random(random(4) === 0 ? 60 : 4));
  const replace = (from: number, end: number, ...parts: Uint8Array[]): Uint8Array =>
    concat(bytes.subarray(0, from), ...parts, bytes.subarray(end));
  switch (random(11)) {
    case 0:
      return replace(at, at + 1, Uint8Array.of((bytes[at] ?? 0) ^ (1 << random(8))));
    case 1:
      return replace(at, at + 1, Uint8Array.of(random(256)));
    case 2:
      return replace(at, to);
    case 3:
      return replace(at, at, bytes.subarray(at, to));
    case 4:
    case 5:
      return replace(at, at, FRAGMENTS[random(FRAGMENTS.length)]!);
    case 6:
      return replace(at, to, (random(3) === 0 ? BYTES : FRAGMENTS)[random(BYTES.length)]!);
    case 7: {
      // Right behind a tag these are well-formed most of the time.
      const behind = bytes.indexOf(62, at) + 1;
      return replace(behind, behind, HARMLESS[random(HARMLESS.length)]!);
    }
    case 8:
      return swapTags(bytes, random);
    default:
      return random(8) === 0 ? bytes.subarray(0, at) : replace(at, at + 1, FRAGMENTS[random(FRAGMENTS.length)]!);
  }
}

function swapTags(bytes: Uint8Array, random: Random): Uint8Array {
  const text = Array.from(bytes, (byte) => String.fromCharCode(byte)).join("");
  const tags = [...text.matchAll(/<[^<>]*>/g)].map(({ 0: tag, index }) => ({ from: index, to: index + tag.length }));
  if (tags.length < 2) return bytes;
  const first = random(tags.length - 1);
  const a = tags[first]!;
  const b = tags[Math.min(tags.length - 1, first + 1 + random(3))]!;
  const part = (from: number, to?: number): Uint8Array => bytes.subarray(from, to);
  if (random(4) === 0) return concat(part(0, a.from), part(a.to));
  return concat(part(0, a.from), part(b.from, b.to), part(a.to, b.from), part(a.from, a.to), part(b.to));
}

/** A difference between the two parsers that is as it should be. */
interface Allowed {
  readonly why: string;
  readonly is: (complaint: string, text: string, root: string | undefined) => boolean;
}

/** Documents that the reader refuses and saxes takes. The numbers are productions of XML 1.0, fifth edition. */
const STRICTER: readonly Allowed[] = [
  {
    why: "a byte without a character in windows-1250, which TextDecoder hands through",
    is: (ours) => ours.startsWith("XML_ENCODING byte 0x") && ours.includes("means no character"),
  },
  {
    why: "an encoding that is not supported",
    is: (ours) => /^XML_ENCODING the encoding ".*" is not supported/.test(ours),
  },
  {
    why: "a processing instruction with a ? right behind its target, against [16]",
    is: (ours) => ours.includes('expected white space after "<?'),
  },
  {
    why: "a name whose part behind the colon is none, against [11] of Namespaces; saxes checks names as a whole",
    is: (ours) => /"[^"]*:[^"]*" is not a name/.test(ours),
  },
  {
    why: "damage in the document type declaration, which saxes passes over",
    is: (_, text, root) => root === undefined && text.includes("<!DOCTYPE"),
  },
];

/** Values are not compared: saxes takes white space off namespace names, XML keeps it. */
const PADDED_NAMESPACE = /xmlns(?::[^\s=]*)?\s*=\s*(?:"(?:\s|[^"]*\s")|'(?:\s|[^']*\s'))/;

/** What came of one input; `bad` is a fault of the reader. */
export interface Outcome {
  readonly kind: "both accept" | "both reject" | "only the reader rejects" | "bad";
  readonly why: string;
}

const SLOW_MS = 2_000;

/** Reads one input with the reader and with saxes, and compares. */
export function compare(seed: Seed, bytes: Uint8Array, random: Random): Outcome {
  const strict: ReaderOptions = { malformed: "stop", doctype: "skip", windowBytes: [1, 7, 100, 65_536][random(4)] };
  const start = performance.now();
  try {
    const probe = read(expectation(undefined, chooser(undefined, 0)), bytes, strict);
    const text = decode(bytes, probe.encoding ?? "utf-8");
    const verdict: Verdict =
      text === undefined ? { accepted: false, complaint: "encoding", root: undefined } : judge(text);
    const structure = expectation(verdict.root, chooser(seed.record, random(1 << 16)));
    const reading = read(structure, bytes, strict);
    const outcome = settle(verdict, reading, complaintOf(probe), text ?? "");
    if (outcome.kind === "both accept") {
      const got = structure.describe(
        reading.document,
        reading.records.map(({ frame }) => frame),
      );
      if (got !== structure.expected && !PADDED_NAMESPACE.test(text ?? ""))
        return bad(`values differ: ${difference(structure.expected, got)}`);
    }
    const lenient: ReaderOptions = { doctype: "skip", windowBytes: 65_536 };
    const long = lengthen(bytes);
    const whole = read(structure, long, lenient);
    const pieces = read(structure, long, { ...lenient, windowBytes: 1 + random(40) });
    if (
      text !== undefined &&
      reading.error === undefined &&
      whole.damaged.length + whole.issues.filter(({ severity }) => severity === "error").length > 0
    )
      return bad("accepted when told to stop, damaged otherwise");
    if (JSON.stringify(whole) !== JSON.stringify(pieces))
      return bad(`windows matter: ${difference(JSON.stringify(whole, null, 1), JSON.stringify(pieces, null, 1))}`);
    if (performance.now() - start > SLOW_MS) return bad("slow");
    return outcome;
  } catch (error) {
    return bad(error instanceof Error ? (error.stack ?? error.message) : String(error));
  }
}

function settle(verdict: Verdict, reading: Reading, probed: string | undefined, text: string): Outcome {
  const ours = complaintOf(reading);
  if (ours !== probed) return bad(`what is captured matters: ${String(ours)} / ${String(probed)}`);
  const { complaint } = verdict;
  if (ours === undefined && complaint === undefined) return { kind: "both accept", why: "" };
  if (ours !== undefined && complaint !== undefined) return { kind: "both reject", why: "" };
  if (ours === undefined) return bad(`accepted; saxes: ${complaint ?? ""}`);
  const allowed = STRICTER.find(({ is }) => is(ours, text, reading.root));
  return allowed === undefined ? bad(`refused: ${ours}`) : { kind: "only the reader rejects", why: allowed.why };
}

/** What a reading failed of, and where; the path depends on what is captured. */
function complaintOf({ error }: Reading): string | undefined {
  return error === undefined
    ? undefined
    : `${error.code === "XML_TRUNCATED" ? error.code : `${error.code} ${error.reason}`} (${JSON.stringify(error.at)})`;
}

/** Moves all but the declaration out of the first window, which is never a small one. */
function lengthen(bytes: Uint8Array): Uint8Array {
  const wide = bytes[0] === 0xff && bytes[1] === 0xfe;
  const start = wide ? 2 : bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
  const head = new TextDecoder(wide ? "utf-16le" : "iso-8859-1").decode(bytes.subarray(start, start + 200));
  const declaration = /^<\?xml[^?]*\?>/.exec(head)?.[0].length ?? 0;
  const at = start + declaration * (wide ? 2 : 1);
  return concat(bytes.subarray(0, at), wide ? utf16(filler, "le") : utf8(filler), bytes.subarray(at));
}

function bad(why: string): Outcome {
  return { kind: "bad", why };
}

/** Captures of a random kind: everything, nothing, or parts, in records or not. */
function chooser(record: string | undefined, seed: number): Choice {
  const random = (path: string, salt: number): number =>
    seededRandom(Array.from(path).reduce((sum, char) => (Math.imul(sum, 31) + char.charCodeAt(0)) | 0, seed + salt))(
      100,
    );
  const share = [100, 50, 20, 0][seed % 4]!;
  return {
    record: seed % 8 < 5 ? record : undefined,
    wants: (path) => random(path, 1) < share,
    keepsAll: (path) => random(path, 2) < [100, 50, 0][seed % 3]!,
  };
}

function decode(bytes: Uint8Array, encoding: string): string | undefined {
  if (encoding === "iso-8859-1") return Array.from(bytes, (byte) => characterTable("iso-8859-1")![byte]!).join("");
  try {
    return new TextDecoder(encoding, { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

function difference(expected: string, got: string): string {
  let at = 0;
  while (at < expected.length && expected[at] === got[at]) at++;
  const around = (text: string): string => text.slice(Math.max(0, at - 80), at + 80);
  return `expected …${around(expected)}…, got …${around(got)}…`;
}

/** Counts of many inputs, and the first faults. */
export interface FuzzReport {
  readonly counts: Map<string, number>;
  readonly faults: {
    readonly input: number;
    readonly seed: string;
    readonly why: string;
    readonly bytes: Uint8Array;
  }[];
}

/** Tries so many damaged documents; the same ones for the same seed. */
export function fuzz(documents: readonly Seed[], inputs: number, seed: number, damage = mutate): FuzzReport {
  const report: FuzzReport = { counts: new Map(), faults: [] };
  for (let input = 0; input < inputs; input++) {
    const random = seededRandom(seed * 1_000_003 + input);
    const document = documents[random(documents.length)]!;
    const bytes = damage(document.bytes, random);
    const outcome = compare(document, bytes, random);
    const key = outcome.why === "" || outcome.kind === "bad" ? outcome.kind : `${outcome.kind}: ${outcome.why}`;
    report.counts.set(key, (report.counts.get(key) ?? 0) + 1);
    if (outcome.kind === "bad") report.faults.push({ input, seed: document.name, why: outcome.why, bytes });
  }
  return report;
}
