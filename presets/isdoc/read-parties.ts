import {
  type Address,
  type BankAccount,
  code,
  companyId,
  type Condition,
  country,
  exists,
  join,
  object,
  phone,
  type Spec,
  text,
  vatId,
  when,
  zip,
  type Fields,
  type Party,
} from "../../src/index.ts";
import { DETAILS } from "./places.ts";

/** A party with a number is a company, and its contact a person; one without is a person. */
export const hasNumber = (at: string): Condition =>
  exists([`${at}/PartyIdentification/ID`, `${at}/PartyTaxScheme/CompanyID`]);

export function address(at: string, isCompany: Condition): Spec<Address> {
  return object<Address>({
    name: when(isCompany, text(`${at}/Contact/Name`), text([`${at}/PartyName/Name`, `${at}/Contact/Name`])),
    company: when(isCompany, text(`${at}/PartyName/Name`)),
    street: join(" ", `${at}/PostalAddress/StreetName`, `${at}/PostalAddress/BuildingNumber`),
    city: text(`${at}/PostalAddress/CityName`),
    zip: zip(`${at}/PostalAddress/PostalZone`),
    country: country([`${at}/PostalAddress/Country/IdentificationCode`, `${at}/PostalAddress/Country/Name`], {
      invalid: "warning",
    }),
  });
}

export function party(
  at: string,
): Pick<Fields<Party>, "email" | "phone" | "billing" | "companyId" | "vatId" | "taxId"> {
  return {
    email: text(`${at}/Contact/ElectronicMail`),
    phone: phone(`${at}/Contact/Telephone`),
    billing: address(at, hasNumber(at)),
    companyId: companyId(`${at}/PartyIdentification/ID`),
    // VAT is the DIČ in Czechia and the IČ DPH in Slovakia, TIN the Slovak DIČ.
    vatId: vatId(`${at}/PartyTaxScheme[TaxScheme='VAT']/CompanyID`),
    taxId: code(`${at}/PartyTaxScheme[TaxScheme='TIN']/CompanyID`),
  };
}

export const bankAccount = object<BankAccount>({
  number: code(`${DETAILS}/ID`),
  bankCode: code(`${DETAILS}/BankCode`),
  bankName: text(`${DETAILS}/Name`),
  iban: code(`${DETAILS}/IBAN`, { upper: true }),
  bic: code(`${DETAILS}/BIC`, { upper: true }),
});
