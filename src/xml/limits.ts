/** Bounds that keep a hostile or broken file from taking the memory of the program. Going over one is XML_LIMIT. */
export interface Limits {
  /** Elements inside one another. @defaultValue 64 */
  readonly depth: number;
  /** Bytes of an element or attribute name. @defaultValue 256 */
  readonly name: number;
  /** Attributes of one element, and namespace prefixes in force. @defaultValue 256 */
  readonly attributes: number;
  /** Bytes of one text, CDATA section, comment or attribute value. @defaultValue 10 MiB */
  readonly text: number;
  /** Bytes of one record. @defaultValue 64 MiB */
  readonly record: number;
}

const MEBIBYTE = 1024 * 1024;

export const defaultLimits: Limits = {
  depth: 64,
  name: 256,
  attributes: 256,
  text: 10 * MEBIBYTE,
  record: 64 * MEBIBYTE,
};
