import {
  type Address,
  any,
  companyId,
  equals,
  exists,
  first,
  object,
  type Party,
  phone,
  type Spec,
  text,
  vatId,
  code,
  when,
  zip,
  matches,
  not,
} from "../../src/index.ts";
import { stateOf, TRUE } from "./references.ts";

/** The document has the customer's data itself; what it has not stands in the company, if the file has that in full. */
const inCompany = (field: string): readonly string[] => [field, `firma/adresar/${field}`, `firma/${field}`];

const isCompany = exists([...inCompany("ic"), ...inCompany("dic")]);
const name = first(
  text(["nazFirmy", "firma/adresar/nazev", "firma/nazev"], { collapse: true }),
  text("firma/@showAs", { extract: "^[^:]+:\\s*(\\S.*)$" }),
);
const address = {
  street: text(inCompany("ulice"), { collapse: true }),
  city: text(inCompany("mesto"), { collapse: true }),
  zip: zip(inCompany("psc")),
  country: first(stateOf("stat"), stateOf("firma/adresar/stat"), stateOf("firma/stat")),
} as const;

const billing = when<Address>(
  isCompany,
  { company: name, name: text("kontaktJmeno"), ...address },
  { name, ...address },
);

const postal = {
  street: text("faUlice", { collapse: true }),
  city: text("faMesto", { collapse: true }),
  zip: zip("faPsc"),
  country: stateOf("faStat"),
} as const;

/** The postal address is where connectors of shops put the address of delivery. */
const shipping = when<Address>(
  equals("postovniShodna", TRUE),
  billing,
  when<Address>(
    exists(["faNazev", "faUlice", "faMesto"]),
    when<Address>(
      isCompany,
      { company: text("faNazev", { collapse: true }), ...postal },
      { name: text("faNazev", { collapse: true }), ...postal },
    ),
  ),
);

/** Ten digits without a prefix: the DIČ in Slovakia, whose IČ DPH the document has no field for. */
const isSlovakTaxId = any(...inCompany("dic").map((path) => matches(path, "^\\d{10}$")));

export const customer: Spec<Party> = object<Party>({
  email: text(["kontaktEmail", "firma/adresar/email", "firma/email"]),
  phone: phone(["kontaktTel", "firma/adresar/tel", "firma/tel", "firma/adresar/mobil", "firma/mobil"]),
  billing,
  shipping,
  companyId: companyId(inCompany("ic")),
  vatId: first(vatId(["firma/adresar/vatId", "firma/vatId"]), when(not(isSlovakTaxId), vatId(inCompany("dic")))),
  taxId: when(isSlovakTaxId, code(inCompany("dic"))),
});
