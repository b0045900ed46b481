import { definePreset } from "../../src/index.ts";
import { invoices } from "./invoices.ts";
import { orders } from "./orders.ts";

export const ubl = definePreset({
  id: "ubl",
  title: "UBL 2.1: EN 16931 and Peppol",
  maturity: "verified",
  provenance: [
    {
      title: "Schemas of OASIS UBL 2.1: Order, Invoice, CreditNote",
      url: "https://docs.oasis-open.org/ubl/os-UBL-2.1/",
      date: "2026-11-24",
    },
    {
      title: "Validation rules of EN 16931 for UBL, 1.3.16",
      url: "https://github.com/ConnectingEurope/eInvoicing-EN16931",
      date: "2026-11-24",
    },
    {
      title: "Validation rules of Peppol BIS Billing 3, 3.0.19",
      url: "https://github.com/OpenPEPPOL/peppol-bis-invoice-3",
      date: "2026-11-24",
    },
  ],
  limitations: [
    "Written invoices and credit notes are checked against the schema and the rules of EN 16931 1.3.16, those for Peppol also against its rules 3.0.19; written orders against the schema alone: the rules of Peppol Ordering are not among what was read.",
    "No Czech or Slovak shop is known to export UBL: the samples follow the schemas and rules, and none is of a real shop.",
    "A line states no amount with VAT, so that the sum of the lines with VAT may differ from the total by a few cents: the totals, as stated, are what is to be booked. Up to 0.20 is no issue.",
    "Percentages of discounts, weights, the exchange rate, the method of shipping (in invoices) and internal notes have no place in EN 16931 and are left out.",
    "Units that are not known are written as pieces (C62).",
    "Unverified: that an item out of scope of VAT, such as a deposit on bottles, belongs into category E where other items are taxed; EN 16931 has no other place for it. Together with exempt items, BR-E-01 fails.",
    "The electronic address 0245 (Slovak DIČ) is in the list of EN 16931, but not in that of Peppol of May 2025.",
    "Mandates, cards, attachments, tax representatives and payees other than the seller are neither read nor written, except for the number of a mandate.",
    "Of several notes, three are read; of several means of payment, deliveries and references, the first.",
  ],
  without: {
    cancelled: "an order is cancelled by another document, OrderCancellation, and an invoice by a credit note",
  },
  feeds: { orders, invoices },
});
