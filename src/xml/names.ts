/** Characters that may start a name, and those that may follow: XML 1.0, fifth edition, productions [4] and [4a], without the colon. */
const START =
  "A-Z_a-z\\u00C0-\\u00D6\\u00D8-\\u00F6\\u00F8-\\u02FF\\u0370-\\u037D\\u037F-\\u1FFF\\u200C\\u200D\\u2070-\\u218F\\u2C00-\\u2FEF\\u3001-\\uD7FF\\uF900-\\uFDCF\\uFDF0-\\uFFFD\\u{10000}-\\u{EFFFF}";
const NEXT = `${START}\\-.0-9\\u00B7\\u0300-\\u036F\\u203F\\u2040`;

// eslint-disable-next-line no-misleading-character-class -- the ranges are those of the specification
const NC_NAME = new RegExp(`^[${START}][${NEXT}]*$`, "u");

/** Whether `name` is a name without a colon: `ORDER`, `zurückgestellt`. */
export function isLocalName(name: string): boolean {
  return NC_NAME.test(name);
}

/** A name as it stands in the file, split at its colon. */
export interface QualifiedName {
  /** `""` where there is none. */
  readonly prefix: string;
  readonly local: string;
}

/** `typ:company` → `{ prefix: "typ", local: "company" }`; undefined if it is no name that namespaces allow. */
export function splitName(name: string): QualifiedName | undefined {
  const colon = name.indexOf(":");
  if (colon < 0) return isLocalName(name) ? { prefix: "", local: name } : undefined;
  const prefix = name.slice(0, colon);
  const local = name.slice(colon + 1);
  return isLocalName(prefix) && isLocalName(local) ? { prefix, local } : undefined;
}

/** Whether XML 1.0 lets a document hold this code point. */
export function isXmlCharacter(code: number): boolean {
  return (
    code === 0x9 ||
    code === 0xa ||
    code === 0xd ||
    (code >= 0x20 && code <= 0xd7ff) ||
    (code >= 0xe000 && code <= 0xfffd) ||
    (code >= 0x10000 && code <= 0x10ffff)
  );
}
