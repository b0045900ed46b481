import {
  type Address,
  all,
  any,
  type BankAccount,
  code,
  companyId,
  type Condition,
  country,
  equals,
  exists,
  first,
  has,
  join,
  matches,
  not,
  object,
  type Party,
  phone,
  readOnly,
  type Seller,
  type Spec,
  text,
  vatId,
  when,
  writeOnly,
  zip,
} from "../../src/index.ts";
import { ossByBilling, ossByDelivery } from "./shared.ts";

/** Of a person if the file says so; where it does not, whoever has an IČO or DIČ is a company. */
const isCompany = any(
  equals("DodOdb/FyzOsoba", ["0", "false"]),
  all(not(exists("DodOdb/FyzOsoba")), exists(["DodOdb/ICO", "DodOdb/DIC"])),
);

function readAddress(place: string) {
  return {
    street: text(`${place}/Ulice`, { collapse: true }),
    city: text(`${place}/Misto`, { collapse: true }),
    zip: zip(`${place}/PSC`),
    // Stat is a name of any spelling; one that is unknown must not stop a document.
    country: country([`${place}/KodStatu`, `${place}/Stat`], { invalid: "warning" }),
  } as const;
}

function readNamed(name: readonly string[], place: string): Spec<Address> {
  return when<Address>(
    isCompany,
    { company: text(name, { collapse: true }), ...readAddress(place) },
    { name: text(name, { collapse: true }), ...readAddress(place) },
  );
}

/** The address on the invoice, or else the one of the seat. */
const readBilling = when(
  exists(["DodOdb/FaktAdresa/Ulice", "DodOdb/FaktAdresa/Misto"]),
  readNamed(["DodOdb/FaktNazev", "DodOdb/ObchNazev"], "DodOdb/FaktAdresa"),
  when(
    exists(["DodOdb/ObchAdresa/Ulice", "DodOdb/ObchAdresa/Misto", "DodOdb/ObchNazev", "DodOdb/FaktNazev"]),
    readNamed(["DodOdb/ObchNazev", "DodOdb/FaktNazev", "DodOdb/Nazev"], "DodOdb/ObchAdresa"),
    readNamed(["DodOdb/Nazev"], "DodOdb/Adresa"),
  ),
);

/** Nothing says whether the recipient is a person: who is told by IČO or FyzOsoba is a company. */
const isCompanyAtDelivery = any(
  equals("KonecPrij/FyzOsoba", ["0", "false"]),
  all(not(exists("KonecPrij/FyzOsoba")), exists(["KonecPrij/ICO", "KonecPrij/DIC"])),
);

const readShipping = when<Address>(
  exists(["KonecPrij/Nazev", "KonecPrij/Adresa/Ulice", "KonecPrij/Adresa/Misto"]),
  when<Address>(
    isCompanyAtDelivery,
    { company: text("KonecPrij/Nazev", { collapse: true }), ...readAddress("KonecPrij/Adresa") },
    { name: text("KonecPrij/Nazev", { collapse: true }), ...readAddress("KonecPrij/Adresa") },
  ),
  // KPFromOdb: the recipient is the customer.
  when(equals("KPFromOdb", ["1", "true"]), readBilling),
);

function readPhone(place: string): Spec<string> {
  return when(
    exists(`${place}/Pred`),
    join("", text(`${place}/Pred`, { remove: "\\s" }), text(`${place}/Cislo`, { remove: "\\s" })),
    phone(`${place}/Cislo`),
  );
}

const readCustomer = object<Party>({
  email: text(["DodOdb/EMail", "KonecPrij/EMail"]),
  phone: first(
    when(exists("DodOdb/Tel/Cislo"), readPhone("DodOdb/Tel")),
    when(exists("DodOdb/Mobil/Cislo"), readPhone("DodOdb/Mobil")),
    when(exists("KonecPrij/Tel/Cislo"), readPhone("KonecPrij/Tel")),
  ),
  billing: readBilling,
  shipping: readShipping,
  companyId: companyId("DodOdb/ICO"),
  // DIČ in Czechia, IČ DPH in Slovakia, where DICSK is the DIČ.
  vatId: vatId("DodOdb/DIC"),
  taxId: code("DodOdb/DICSK"),
});

function writeAddress(place: string, also: string | undefined, decidesVat: Condition) {
  const beside = (element: string): { readonly also?: readonly string[] } =>
    also === undefined ? {} : { also: [`${also}/${element}`] };
  const state = beside("KodStatu");
  return {
    street: text(`${place}/Ulice`, { maxLength: 50, tooLong: "cut", ...beside("Ulice") }),
    city: text(`${place}/Misto`, { maxLength: 40, tooLong: "cut", ...beside("Misto") }),
    zip: text(`${place}/PSC`, { maxLength: 10, invalid: "warning", ...beside("PSC") }),
    country: when(
      decidesVat,
      text(`${place}/KodStatu`, { also: ["StatMOSS", ...(state.also ?? [])] }),
      text(`${place}/KodStatu`, state),
    ),
  } as const;
}

const shippedTo = (person: "0" | "1") => {
  const party = `KonecPrij[FyzOsoba='${person}']`;
  const name = text(`${party}/Nazev`);
  const address = writeAddress(`${party}/Adresa`, undefined, ossByDelivery);
  return object<Address>(person === "0" ? { company: name, ...address } : { name, ...address });
};

/** FyzOsoba and PlatceDPH are no fields of the record: what is known of the customer decides, and the path says it. */
function writeCustomer(person: "0" | "1", payer: "0" | "1"): Spec<Party> {
  const party = `DodOdb[FyzOsoba='${person}' and PlatceDPH='${payer}']`;
  const name = text(`${party}/FaktNazev`, { also: [`${party}/ObchNazev`] });
  const address = writeAddress(`${party}/FaktAdresa`, `${party}/ObchAdresa`, ossByBilling);
  return object<Party>({
    email: text(`${party}/EMail`, { maxLength: 50, invalid: "warning" }),
    phone: text(`${party}/Tel/Cislo`, { maxLength: 20, invalid: "warning" }),
    billing: person === "0" ? { company: name, ...address } : { name, ...address },
    shipping: when(has("customer.shipping.company"), shippedTo("0"), shippedTo("1")),
    companyId: text(`${party}/ICO`, { maxLength: 10, invalid: "warning" }),
    vatId: text(`${party}/DIC`, { maxLength: 20, invalid: "warning" }),
    taxId: text(`${party}/DICSK`, { maxLength: 20, invalid: "warning" }),
  });
}

export const customer = first<Party>(
  readOnly(readCustomer),
  writeOnly(
    when(
      has("customer.billing.company"),
      when(has("customer.vatId"), writeCustomer("0", "1"), writeCustomer("0", "0")),
      when(has("customer.vatId"), writeCustomer("1", "1"), writeCustomer("1", "0")),
    ),
  ),
);

/** A domestic number and bank code begin with a digit, an IBAN and BIC with a letter: so the vendor's transformation. */
const readAccount = object<BankAccount>({
  number: when(matches("MojeFirma/Ucet", "^\\d"), code("MojeFirma/Ucet")),
  bankCode: when(matches("MojeFirma/KodBanky", "^\\d"), code("MojeFirma/KodBanky")),
  bankName: text("MojeFirma/Banka"),
  iban: when(matches("MojeFirma/Ucet", "^[A-Za-z]"), code("MojeFirma/Ucet", { upper: true })),
  bic: when(matches("MojeFirma/KodBanky", "^[A-Za-z]"), code("MojeFirma/KodBanky", { upper: true })),
});

const ACCOUNT = { maxLength: 24, invalid: "warning" } as const;
const bankName = text("MojeFirma/Banka", { maxLength: 50, tooLong: "cut" });

/** The agenda's own firm, which is exported with documents. */
export const readSeller = object<Seller>({
  email: text("MojeFirma/EMail"),
  billing: when(
    exists(["MojeFirma/ObchNazev", "MojeFirma/ObchAdresa/Misto"]),
    { company: text("MojeFirma/ObchNazev"), ...readAddress("MojeFirma/ObchAdresa") },
    { company: text(["MojeFirma/FaktNazev", "MojeFirma/Nazev"]), ...readAddress("MojeFirma/FaktAdresa") },
  ),
  companyId: companyId("MojeFirma/ICO"),
  vatId: vatId("MojeFirma/DIC"),
  taxId: code(["MojeFirma/DanIC", "MojeFirma/DICSK"]),
  bankAccount: readAccount,
});

/** Of the agenda's own firm, Money imports the account to pay to, and that with invoices only. */
export const writeSeller = object<Seller>({
  bankAccount: when<BankAccount>(
    has("seller.bankAccount.number"),
    { number: text("MojeFirma/Ucet", ACCOUNT), bankCode: text("MojeFirma/KodBanky"), bankName },
    { iban: text("MojeFirma/Ucet", ACCOUNT), bic: text("MojeFirma/KodBanky"), bankName },
  ),
});
