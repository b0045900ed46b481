/** A place in a file. Lines and columns start at 1; columns count UTF-16 code units, as editors do. */
export interface Location {
  /** Name of the file or other source, when the caller gave one. */
  readonly file?: string;
  readonly line: number;
  readonly column: number;
  /** Bytes from the start of the file; for UTF-16 input, of its UTF-8 form. */
  readonly offset: number;
}

/** `error`: the record must not be booked or written as it is. `warning`: it stands, somebody should look. */
export type Severity = "error" | "warning";

/** Codes of problems in the data. `docs/errors.md` explains each. */
export type IssueCode =
  | "FIELD_MISSING"
  | "FIELD_INVALID"
  | "FIELD_UNKNOWN_VALUE"
  | "FIELD_TOO_LONG"
  | "CHARACTER_LOST"
  | "LOOKUP_MISSING"
  | "IDENTIFIER_INVALID"
  | "VAT_RATE_UNKNOWN"
  | "TOTAL_MISMATCH"
  | "LINE_MISMATCH"
  | "VAT_MISMATCH"
  | "TOTAL_UNCHECKED"
  | "RECORD_REPAIRED"
  | "RECORD_NONE"
  | "ENCODING_MISMATCH"
  | XmlErrorCode;

/** One problem in the data: a value, not an exception. */
export interface Issue {
  readonly code: IssueCode;
  readonly severity: Severity;
  /** What was expected and what was there; without the location. */
  readonly message: string;
  /** Key of the record, such as the order number, when it could be read. */
  readonly key?: string;
  /** Place in the record: `lines[0].unitPrice.net`. */
  readonly field?: string;
  /** Place in the XML: `/ORDERS/ORDER[3]/ORDER_ITEMS/ITEM[1]/AMOUNT`. */
  readonly path?: string;
  readonly at?: Location;
  /** The text as it stood in the file, at most 200 characters. */
  readonly raw?: string;
}

/** Codes of {@link XmlError}; as issues they appear when the policy is not to stop. */
export type XmlErrorCode =
  "XML_EMPTY" | "XML_NOT_XML" | "XML_MALFORMED" | "XML_TRUNCATED" | "XML_ENCODING" | "XML_DOCTYPE" | "XML_LIMIT";

/** Codes of {@link DefinitionError}. */
export type DefinitionErrorCode =
  "MAPPING_INVALID" | "PATH_INVALID" | "CODEC_UNKNOWN" | "PARAMETER_INVALID" | "PRESET_INVALID" | "INPUT_UNREADABLE";

interface ErrorDetails {
  readonly at?: Location | undefined;
  readonly cause?: unknown;
}

abstract class PropojkaError extends Error {
  abstract readonly code: string;
  /** Whether the same call may succeed later without any change by the caller. */
  readonly retryable: boolean = false;
  readonly at: Location | undefined;

  constructor(message: string, details: ErrorDetails = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.at = details.at;
  }
}

/** The author of a mapping, a preset or its parameters made a mistake. */
export class DefinitionError extends PropojkaError {
  override readonly name = "DefinitionError";
  readonly code: DefinitionErrorCode;

  constructor(code: DefinitionErrorCode, message: string, details?: ErrorDetails) {
    super(message, details);
    this.code = code;
  }
}

/** The file is not well-formed, exceeds a limit, or is no XML at all. The message starts with the location. */
export class XmlError extends PropojkaError {
  override readonly name = "XmlError";
  readonly code: XmlErrorCode;
  /** The problem without its location. */
  readonly reason: string;
  /** Element in which it happened: `/ORDERS/ORDER[3]/CODE`. */
  readonly path: string | undefined;

  constructor(code: XmlErrorCode, reason: string, details: ErrorDetails & { readonly path?: string | undefined } = {}) {
    super(
      `${formatLocation(details.at)}${code} ${reason}${details.path === undefined ? "" : ` at ${details.path}`}`,
      details,
    );
    this.code = code;
    this.reason = reason;
    this.path = details.path;
  }
}

/** A record has errors and the caller asked to stop at the first one. */
export class RecordError extends PropojkaError {
  override readonly name = "RecordError";
  readonly code = "RECORD_INVALID";
  readonly issues: readonly Issue[];

  constructor(issues: readonly Issue[]) {
    super(issues.map(formatIssue).join("\n"), { at: issues[0]?.at });
    this.issues = issues;
  }
}

/** Codes of {@link TransportError}. `docs/errors.md` explains each. */
export type TransportErrorCode =
  | "TRANSPORT_CONNECT"
  | "TRANSPORT_LOGIN"
  | "TRANSPORT_SECURITY"
  | "TRANSPORT_TIMEOUT"
  | "TRANSPORT_INTERRUPTED"
  | "TRANSPORT_BUSY"
  | "TRANSPORT_INCOMPLETE"
  | "TRANSPORT_CHANGED"
  | "TRANSPORT_NOT_FOUND"
  | "TRANSPORT_DENIED"
  | "TRANSPORT_EXISTS"
  | "TRANSPORT_FULL"
  | "TRANSPORT_LIMIT"
  | "TRANSPORT_NAME"
  | "TRANSPORT_UNSUPPORTED"
  | "TRANSPORT_REFUSED";

/** What may be over after a while without anybody's doing. */
const passing: ReadonlySet<TransportErrorCode> = new Set([
  "TRANSPORT_CONNECT",
  "TRANSPORT_TIMEOUT",
  "TRANSPORT_INTERRUPTED",
  "TRANSPORT_BUSY",
  "TRANSPORT_INCOMPLETE",
  "TRANSPORT_CHANGED",
]);

interface TransportErrorDetails extends ErrorDetails {
  /** Where it happened, without secrets: `ftp://shop@ftp.shop.example/out/orders.xml`. */
  readonly place?: string | undefined;
  /** @defaultValue by the code: connections, time-outs, interruptions, busy servers, incomplete and changed files are */
  readonly retryable?: boolean | undefined;
  /** How long the server asks to wait, in milliseconds. */
  readonly retryAfterMs?: number | undefined;
}

/** Files cannot come or go. The message starts with the place; neither it nor the cause holds a secret. */
export class TransportError extends PropojkaError {
  override readonly name = "TransportError";
  readonly code: TransportErrorCode;
  override readonly retryable: boolean;
  /** The problem without its place. */
  readonly reason: string;
  readonly place: string | undefined;
  readonly retryAfterMs: number | undefined;

  constructor(code: TransportErrorCode, reason: string, details: TransportErrorDetails = {}) {
    super(`${details.place === undefined ? "" : `${details.place}: `}${code} ${reason}`, details);
    this.code = code;
    this.reason = reason;
    this.place = details.place;
    this.retryable = details.retryable ?? passing.has(code);
    this.retryAfterMs = details.retryAfterMs;
  }
}

/**
 * One line, location first:
 * `orders.xml:12:8: FIELD_INVALID lines[0].quantity at /ORDERS/ORDER[1]/ITEM[1]/AMOUNT: expected a decimal, got "12,3,4"`.
 * Of a record that is in no file, the key: `HRN-001: FIELD_TOO_LONG name: expected at most 250 characters, got 312`.
 */
export function formatIssue(issue: Issue): string {
  const field = issue.field === undefined ? "" : ` ${issue.field}`;
  const path = issue.path === undefined ? "" : ` at ${issue.path}`;
  const where = issue.at === undefined && issue.key !== undefined ? `${issue.key}: ` : formatLocation(issue.at);
  return `${where}${issue.code}${field}${path}: ${issue.message}`;
}

function formatLocation(at: Location | undefined): string {
  return at === undefined ? "" : `${at.file ?? "input"}:${at.line}:${at.column}: `;
}
