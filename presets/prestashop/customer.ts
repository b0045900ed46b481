import {
  type Address,
  all,
  code,
  companyId,
  type Fields,
  first,
  join,
  lookup,
  matches,
  not,
  phone,
  text,
  vatId,
  when,
  zip,
  type Order,
} from "../../src/index.ts";
import { addressIsIn, countryOfAddress, id } from "./tables.ts";

/** Place of the address of an invoice, and of a delivery; an order of downloads may lack the latter. */
const INVOICE = id("id_address_invoice");
const DELIVERY = id("id_address_delivery");

const address: Fields<Address> = {
  name: join(" ", text("firstname", { collapse: true }), text("lastname", { collapse: true })),
  company: text("company", { collapse: true }),
  street: join(", ", text("address1", { collapse: true }), text("address2", { collapse: true })),
  city: text("city", { collapse: true }),
  zip: zip("postcode"),
  country: countryOfAddress,
};

/** The phone of an address, with the prefix of its country. */
const phoneOfAddress = when(
  addressIsIn("SK"),
  phone(["phone_mobile", "phone"], { country: "SK" }),
  when(addressIsIn("CZ"), phone(["phone_mobile", "phone"], { country: "CZ" }), phone(["phone_mobile", "phone"])),
);

/** Ten digits without a prefix in the field of the VAT number: the DIČ of Slovak customers. */
const isBareTaxId = all(matches("vat_number", "^(?:\\d\\s*){10}$"), addressIsIn("SK"));

type Customer = NonNullable<Order["customer"]>;

export const customer: Fields<Customer> = {
  email: lookup("customers", id("id_customer"), text("email")),
  phone: first(lookup("addresses", INVOICE, phoneOfAddress), lookup("addresses", DELIVERY, phoneOfAddress)),
  billing: lookup<Address>("addresses", INVOICE, address),
  shipping: lookup<Address>("addresses", DELIVERY, address),
  // Shops of both countries have the IČO in the identification number of the address, or where France has its SIRET.
  companyId: first(
    lookup("addresses", INVOICE, companyId("dni")),
    lookup("customers", id("id_customer"), companyId("siret")),
  ),
  vatId: lookup("addresses", INVOICE, when(not(isBareTaxId), vatId("vat_number"))),
  taxId: lookup("addresses", INVOICE, when(isBareTaxId, code("vat_number"))),
};
