import {
  type Address,
  code,
  country,
  has,
  object,
  type Spec,
  text,
  when,
  type Fields,
  type Party,
} from "../../src/index.ts";
import { isSimplified } from "./write-words.ts";

/** All of the address must be there, empty if it has to be. The number of the house is part of the street in records. */
export function address(at: string, field: string, nameIsRequired: boolean): Spec<Address> {
  const place = `${at}/PostalAddress`;
  const needed = text(`${at}/PartyName/Name`, { required: true });
  const wanted = text(`${at}/PartyName/Name`, { missing: "empty" });
  return object<Address>({
    company: text(`${at}/PartyName/Name`),
    name: when(
      has(`/${field}.company`),
      text(`${at}/Contact/Name`),
      nameIsRequired ? when(isSimplified, wanted, needed) : wanted,
    ),
    street: text(`${place}/StreetName`, { missing: "empty" }),
    city: text(`${place}/CityName`, { missing: "empty" }),
    zip: text(`${place}/PostalZone`, { missing: "empty" }),
    country: country(`${place}/Country/IdentificationCode`, { missing: "empty", also: [`${place}/Country/Name`] }),
  });
}

export function party(
  at: string,
  field: string,
): Pick<Fields<Party>, "email" | "phone" | "billing" | "companyId" | "vatId" | "taxId"> {
  return {
    // Customers who are no companies have no IČO, and the element nevertheless.
    companyId: text(`${at}/PartyIdentification/ID`, { missing: "empty" }),
    billing: address(at, `${field}.billing`, true),
    vatId: text(`${at}/PartyTaxScheme[TaxScheme='VAT']/CompanyID`),
    taxId: code(`${at}/PartyTaxScheme[TaxScheme='TIN']/CompanyID`),
    phone: text(`${at}/Contact/Telephone`),
    email: text(`${at}/Contact/ElectronicMail`),
  };
}
