/**
 * Turns UTF-16 into UTF-8, chunk by chunk. Half a surrogate pair and half a unit become bytes that UTF-8 does not
 * allow: whoever checks those finds the damage in its place.
 */
export function utf16Converter(encoding: "utf-16le" | "utf-16be"): (chunk: Uint8Array, final: boolean) => Uint8Array {
  const decoder = new TextDecoder(encoding, { fatal: true, ignoreBOM: true });
  const encoder = new TextEncoder();
  let rest: Uint8Array = new Uint8Array(0);
  return (chunk, final) => {
    const bytes = new Uint8Array(rest.length + chunk.length);
    bytes.set(rest);
    bytes.set(chunk, rest.length);
    let end = bytes.length - (bytes.length % 2);
    if (!final && end > 0 && isHighSurrogate(unitAt(bytes, end - 2, encoding))) end -= 2;
    rest = bytes.subarray(end);
    const units = bytes.subarray(0, end);
    const halves = final && rest.length > 0 ? [HALF_UNIT] : [];
    try {
      const whole = encoder.encode(decoder.decode(units));
      return halves.length === 0 ? whole : Uint8Array.from([...whole, ...halves]);
    } catch {
      return Uint8Array.from([...convertOneByOne(units, encoding), ...halves]);
    }
  };
}

const HALF_UNIT = 0xff;

function convertOneByOne(bytes: Uint8Array, encoding: "utf-16le" | "utf-16be"): number[] {
  const converted: number[] = [];
  for (let at = 0; at < bytes.length; at += 2) {
    const unit = unitAt(bytes, at, encoding);
    const next = at + 2 < bytes.length ? unitAt(bytes, at + 2, encoding) : 0;
    if (unit < 0x80) converted.push(unit);
    else if (unit < 0x800) converted.push(0xc0 | (unit >> 6), 0x80 | (unit & 0x3f));
    else if (isHighSurrogate(unit) && (next & 0xfc00) === 0xdc00) {
      const code = 0x10000 + ((unit & 0x3ff) << 10) + (next & 0x3ff);
      converted.push(
        0xf0 | (code >> 18),
        0x80 | ((code >> 12) & 0x3f),
        0x80 | ((code >> 6) & 0x3f),
        0x80 | (code & 0x3f),
      );
      at += 2;
    } else converted.push(0xe0 | (unit >> 12), 0x80 | ((unit >> 6) & 0x3f), 0x80 | (unit & 0x3f));
  }
  return converted;
}

function unitAt(bytes: Uint8Array, at: number, encoding: "utf-16le" | "utf-16be"): number {
  const first = bytes[at] ?? 0;
  const second = bytes[at + 1] ?? 0;
  return encoding === "utf-16le" ? first | (second << 8) : (first << 8) | second;
}

function isHighSurrogate(unit: number): boolean {
  return (unit & 0xfc00) === 0xd800;
}
