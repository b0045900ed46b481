import { describe, expect, it } from "vitest";
import type { PaymentKind } from "../../src/model/order.ts";
import { paymentKindOf } from "../../src/model/payment.ts";

const methods: Readonly<Record<string, PaymentKind | undefined>> = {
  Dobírka: "cashOnDelivery",
  "Dobírkou – Zásilkovna (karta i hotovost)": "cashOnDelivery",
  Dobierka: "cashOnDelivery",
  "Na dobierku kuriérovi": "cashOnDelivery",
  "DOBIRKA PPL": "cashOnDelivery",
  "Cash on delivery": "cashOnDelivery",
  "Platba při převzetí": "cashOnDelivery",
  "Platba pri prevzatí zásielky": "cashOnDelivery",
  "Za pobraniem": "cashOnDelivery",
  Utánvét: "cashOnDelivery",
  Hotově: "cash",
  "Hotově při osobním odběru": "cash",
  "Hotově při převzetí na prodejně": "cash",
  "V hotovosti": "cash",
  "Hotovosť na predajni": "cash",
  Cash: "cash",
  "Kartou online": "card",
  "Platební karta": "card",
  "Platobnou kartou": "card",
  "Kartou při osobním odběru": "card",
  "Online platba GoPay": "card",
  "Bankovní převod (GoPay)": "card",
  "Comgate – rychlý převod": "card",
  "Google Pay": "card",
  "Credit card": "card",
  Převodem: "transfer",
  Prevodom: "transfer",
  "Bankovní převod": "transfer",
  "Platba předem na účet": "transfer",
  "Zálohová faktura": "transfer",
  "QR platba": "transfer",
  "Na fakturu": "transfer",
  Przelew: "transfer",
  Überweisung: "transfer",
  "Poštovní poukázka": "transfer",
  "Poštovou poukážkou": "transfer",
  "Dárková karta": "voucher",
  "Darčeková poukážka": "voucher",
  "Benefit Plus kartou": "voucher",
  Stravenky: "voucher",
  Inkaso: "directDebit",
  Šekem: "cheque",
  "Vzájemný zápočet": "setOff",
  "Splátky ESSOX": "other",
  Twisto: "other",
  "Platba při osobním odběru": undefined,
  Zdarma: undefined,
  "": undefined,
};

const codes: Readonly<Record<string, PaymentKind | undefined>> = {
  cashOnDelivery: "cashOnDelivery",
  ps_cashondelivery: "cashOnDelivery",
  cod: "cashOnDelivery",
  cashOnCashRegister: "cash",
  cardOnCashRegister: "card",
  gopay: "card",
  gpwebpay: "card",
  creditcard: "card",
  bacs: "transfer",
  ps_wirepayment: "transfer",
  bankwire: "transfer",
  command: "transfer",
  draft: "transfer",
  ps_checkpayment: "cheque",
  encashment: "directDebit",
  compensation: "setOff",
  BILLING1: undefined,
  "17": undefined,
  barcode: undefined,
  discount: undefined,
};

describe("the kind of a payment", () => {
  it.each(Object.entries(methods))("%s is %s", (method, kind) => {
    expect(paymentKindOf({ method })).toBe(kind);
  });
  it.each(Object.entries(codes))("the code %s is %s", (code, kind) => {
    expect(paymentKindOf({ code })).toBe(kind);
  });

  it("is by the name rather than the code, since modules are renamed", () => {
    expect(paymentKindOf({ method: "QR platba", code: "cheque" })).toBe("transfer");
    expect(paymentKindOf({ method: "Platba 2", code: "cod" })).toBe("cashOnDelivery");
  });
  it("is what the order says, whatever the name is", () => {
    expect(paymentKindOf({ method: "Kartou", kind: "voucher" })).toBe("voucher");
  });
  it("is first of all what the user says, in whatever letters", () => {
    const table = { "OSOBNE  odběr": "cash", billing3: "card", kartou: "voucher" } as const;
    expect(paymentKindOf({ method: "Osobně - odběr" }, table)).toBe("cash");
    expect(paymentKindOf({ method: "Převodem", code: "BILLING3" }, table)).toBe("card");
    expect(paymentKindOf({ method: "Kartou", kind: "card" }, table)).toBe("voucher");
    expect(paymentKindOf({ method: "constructor" }, {})).toBeUndefined();
  });
  it("is unknown where nothing is said", () => {
    expect(paymentKindOf(undefined)).toBeUndefined();
    expect(paymentKindOf({ paid: true })).toBeUndefined();
  });
});
