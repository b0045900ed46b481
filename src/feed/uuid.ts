import type { Invoice } from "../model/invoice.ts";
import type { Order } from "../model/order.ts";

/** Namespace of the names below, made once at random. */
const NAMESPACE = "3c0f5f0e-6f43-4a4f-9d39-0d1c5a0c7a54";

/**
 * The UUID of a document: the same for the same seller, kind and number, so that a document that is written again is not
 * taken for another one.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9562#section-5.5 version 5 (read 2026-11-24)
 */
export async function documentUuid(record: Order | Invoice): Promise<string> {
  const { seller } = record;
  const owner = seller?.companyId ?? seller?.vatId ?? seller?.taxId ?? "";
  const [kind, number] =
    "invoiceNumber" in record ? [record.documentType, record.invoiceNumber] : ["order", record.number];
  return nameUuid(JSON.stringify([owner, kind, number]));
}

async function nameUuid(name: string): Promise<string> {
  const namespace = (NAMESPACE.match(/[0-9a-f]{2}/g) ?? []).map((pair) => parseInt(pair, 16));
  const bytes = Uint8Array.from([...namespace, ...new TextEncoder().encode(name)]);
  const hash = new Uint8Array(await crypto.subtle.digest("SHA-1", bytes)).subarray(0, 16);
  hash[6] = ((hash[6] ?? 0) & 0x0f) | 0x50;
  hash[8] = ((hash[8] ?? 0) & 0x3f) | 0x80;
  const hex = Array.from(hash, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}
