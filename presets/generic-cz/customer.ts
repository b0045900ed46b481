import {
  type Address,
  all,
  any,
  code,
  companyId,
  country,
  exists,
  first,
  join,
  matches,
  not,
  object,
  parameter,
  parameterIs,
  type Party,
  phone,
  type Spec,
  text,
  vatId,
  when,
  zip,
} from "../../src/index.ts";
import { type Blocks, inBlocks } from "./names.ts";

const customerBlocks = { english: ["customer"], czech: ["zakaznik", "odberatel"] } as const satisfies Blocks;
/** An address of its own, or that of the customer. */
const billingBlocks = {
  english: ["customer/billing", "customer/billing_address", "billing_address", "customer"],
  czech: ["zakaznik/fakturacni_adresa", "fakturacni_adresa", "fakturacni_udaje", "zakaznik", "odberatel"],
} as const satisfies Blocks;
const deliveryBlocks = {
  english: [
    "customer/delivery",
    "customer/delivery_address",
    "customer/shipping_address",
    "delivery_address",
    "shipping_address",
  ],
  czech: ["zakaznik/dodaci_adresa", "dodaci_adresa", "dorucovaci_adresa"],
} as const satisfies Blocks;

const countryNames = [
  ["country_code", "country"],
  ["kod_zeme", "zeme", "stat"],
] as const;

/** A person in one element, or first name and surname. */
function address(blocks: Blocks): Spec<Address> {
  const at = (english: readonly string[], czech: readonly string[]): string[] => inBlocks(blocks, english, czech);
  const name = at(["name", "full_name", "first_name"], ["jmeno", "jmeno_a_prijmeni"]);
  const surname = at(["last_name", "surname"], ["prijmeni"]);
  const company = at(["company", "company_name"], ["firma", "nazev_firmy"]);
  const street = at(["street", "address"], ["ulice"]);
  const city = at(["city"], ["mesto", "obec"]);
  const code = at(["zip", "postcode", "postal_code"], ["psc"]);
  return object<Address>({
    name: join(" ", text(name, { collapse: true }), text(surname, { collapse: true })),
    company: text(company, { collapse: true }),
    street: join(
      " ",
      text(street, { collapse: true }),
      text(at(["house_number"], ["cislo_popisne"]), { collapse: true }),
    ),
    city: text(city, { collapse: true }),
    zip: zip(code),
    // A country that is not understood is not that of the shop.
    country: when(
      exists(at(...countryNames)),
      country(at(...countryNames), { invalid: "warning" }),
      when(exists([...name, ...surname, ...company, ...street, ...city, ...code]), parameter("country")),
    ),
  });
}

const both = (...names: readonly string[]): string[] => inBlocks(billingBlocks, names, names);

/** DIČ of Slovakia, which has no prefix, in the place of a VAT number. */
const isBareTaxId = all(
  matches(both("dic", "vat_id"), "^(?:\\d\\s*){10}$"),
  any(
    parameterIs("country", "SK"),
    matches(inBlocks(billingBlocks, ...countryNames), "^(?:sk|svk|sloven(?:sko|sk[aá].*)|slovakia)$", "iu"),
  ),
);

const anywhere = (english: readonly string[], czech: readonly string[]): string[] => [
  ...inBlocks(customerBlocks, english, czech),
  ...inBlocks(billingBlocks, english, czech),
  ...english,
  ...czech.filter((name) => !english.includes(name)),
];

export const customer = object<Party>({
  email: text([...new Set(anywhere(["email"], ["email"]))]),
  phone: phone([...new Set(anywhere(["phone"], ["telefon", "mobil"]))]),
  billing: address(billingBlocks),
  shipping: address(deliveryBlocks),
  companyId: companyId(both("company_id", "ico")),
  // Czech DIČ, Slovak IČ DPH.
  vatId: first(vatId(both("ic_dph")), when(not(isBareTaxId), vatId(both("vat_id", "dic")))),
  taxId: first(code(both("tax_id")), when(isBareTaxId, code(both("dic", "vat_id")))),
  group: text(inBlocks(customerBlocks, ["group"], ["skupina"])),
});
