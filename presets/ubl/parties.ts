import {
  type Address,
  all,
  any,
  code,
  companyId,
  type Condition,
  country,
  equals,
  exists,
  type Fields,
  fieldIs,
  first,
  has,
  join,
  matches,
  not,
  object,
  parameterIs,
  type Party,
  phone,
  type Spec,
  template,
  text,
  vatId,
  when,
  zip,
} from "../../src/index.ts";
import { choose, EN_16931, PEPPOL, PEPPOL_PROCESS, vatSchemes } from "./words.ts";

const VAT = "cac:PartyTaxScheme[cac:TaxScheme/cbc:ID='VAT']/cbc:CompanyID";
/** A tax number that is none of VAT: the Slovak DIČ, and the DIČ of a Czech seller that pays no VAT. */
const TAX = "cac:PartyTaxScheme[cac:TaxScheme/cbc:ID='TAX']/cbc:CompanyID";

/** Fields of an address that stands in the element at `path`. */
export function readAddress(path: string): Fields<Omit<Address, "name" | "company">> {
  return {
    street: first(
      when(
        exists(`${path}/cbc:BuildingNumber`),
        join(" ", `${path}/cbc:StreetName`, `${path}/cbc:BuildingNumber`, `${path}/cbc:AdditionalStreetName`),
      ),
      join(", ", `${path}/cbc:StreetName`, `${path}/cbc:AdditionalStreetName`, `${path}/cac:AddressLine/cbc:Line`),
    ),
    city: text(`${path}/cbc:CityName`, { collapse: true }),
    zip: zip(`${path}/cbc:PostalZone`),
    // A name that nobody knows is no reason to stop an invoice.
    country: country([`${path}/cac:Country/cbc:IdentificationCode`, `${path}/cac:Country/cbc:Name`], {
      invalid: "warning",
    }),
  };
}

/** Who has a number is no private person. */
function isCompany(party: string): Condition {
  return any(
    exists(`${party}/cac:PartyLegalEntity/cbc:CompanyID`),
    exists(`${party}/cac:PartyTaxScheme/cbc:CompanyID`),
  );
}

/** What a buyer and a seller have in common. */
type PartyFields = Fields<Omit<Party, "shipping" | "group">>;

/** What is known of a party from its `cac:Party`. */
export function readParty(party: string): PartyFields {
  const names = [`${party}/cac:PartyLegalEntity/cbc:RegistrationName`, `${party}/cac:PartyName/cbc:Name`];
  const person = first(
    text(`${party}/cac:Contact/cbc:Name`, { collapse: true }),
    template(`{${party}/cac:Person/cbc:FirstName} {${party}/cac:Person/cbc:FamilyName}`),
  );
  const numbers = [
    `${party}/cac:PartyLegalEntity/cbc:CompanyID`,
    `${party}/cac:PartyIdentification/cbc:ID[@schemeID='0154']`,
    `${party}/cac:PartyIdentification/cbc:ID[@schemeID='0158']`,
  ];
  return {
    email: text(`${party}/cac:Contact/cbc:ElectronicMail`),
    phone: phone(`${party}/cac:Contact/cbc:Telephone`),
    billing: object<Address>({
      name: when(isCompany(party), person, first(text(names, { collapse: true }), person)),
      company: when(isCompany(party), text(names, { collapse: true })),
      ...readAddress(`${party}/cac:PostalAddress`),
    }),
    // Leading zeros come back to an IČO; numbers of other countries have none that are lost.
    companyId: when(
      equals(`${party}/cac:PostalAddress/cac:Country/cbc:IdentificationCode`, ["CZ", "SK"]),
      companyId(numbers),
      code(numbers),
    ),
    vatId: first(vatId(`${party}/${VAT}`), when(matches(`${party}/${TAX}`, "^[A-Z]{2}"), vatId(`${party}/${TAX}`))),
    taxId: first(
      when(matches(`${party}/${TAX}`, "^\\d{10}$"), code(`${party}/${TAX}`)),
      code([`${party}/cac:PartyIdentification/cbc:ID[@schemeID='0245']`, `${party}/cbc:EndpointID[@schemeID='0245']`]),
    ),
  };
}

/** Settings of what is written. */
export const profileParameters = {
  customizationId: {
    title: "What the invoices follow, CustomizationID",
    description: `For Peppol BIS Billing 3: ${PEPPOL}. Then what its rules demand and a record lacks keeps it from being written`,
    default: EN_16931,
  },
  profileId: {
    title: "Process that the invoices belong to, ProfileID",
    description: "Peppol demands it; left empty, it is not written",
    default: PEPPOL_PROCESS,
  },
} as const;

export const endpointParameters = {
  endpointCZ: {
    title: "Electronic address of Czech companies",
    description: "9929: DIČ; 0154: IČO",
    default: "9929",
    values: ["9929", "0154"],
  },
  endpointSK: {
    title: "Electronic address of Slovak companies",
    description: "9950: IČ DPH; 0158: IČO; 0245: DIČ, the Slovak e-invoice of 2027",
    default: "9950",
    values: ["9950", "0158", "0245"],
  },
  sellerEndpointId: {
    title: "The seller's own electronic address, where it is none of its numbers",
    description: "Together with sellerEndpointScheme",
    default: "",
  },
  sellerEndpointScheme: {
    title: "EAS scheme of sellerEndpointId",
    description: "Such as 0088 for a GLN",
    default: "",
  },
} as const;

export const isPeppol = parameterIs("customizationId", PEPPOL);
export const isNonPayer = fieldIs("vatRegime", "=", "nonPayer");
export const isIntraCommunity = fieldIs("vatRegime", "=", "intraCommunity");
const isReverseCharge = fieldIs("vatRegime", "=", "reverseCharge");

/** Whose party is written, and where. */
export interface Role {
  /** Field of the record. */
  readonly field: "customer" | "seller";
  /** Path of its `cac:Party`. */
  readonly party: string;
  /** Place of the country of delivery, which an invoice within the EU cannot do without. */
  readonly deliveryCountry?: string;
  /** Whether rules of EN 16931 and Peppol hold. */
  readonly strict: boolean;
}

const countries = Object.keys(vatSchemes) as (keyof typeof vatSchemes)[];

/** Countries whose companies have an electronic address by one of their numbers. */
function hasScheme(field: Role["field"]): Condition {
  return any(...["CZ", "SK", ...countries].map((land) => fieldIs(`${field}.billing.country`, "=", land)));
}

/**
 * A number of a party that is its electronic address too, by the party's country: the scheme that is chosen for it.
 *
 * @param write - the number at its usual place and also at the one that is given
 */
function withEndpoint(
  { field, party }: Role,
  schemes: readonly (readonly [land: string, scheme: string, choice?: Condition])[],
  write: (options: { readonly also?: readonly string[]; readonly required?: boolean }) => Spec<string>,
  otherwise?: Spec<string>,
): Spec<string> {
  const isOwn = field === "seller" ? parameterIs("sellerEndpointId", "") : not(has("custom.buyerEndpointId"));
  return choose(
    schemes.flatMap(([land, scheme, choice]) => {
      const also = [`${party}/cbc:EndpointID[@schemeID='${scheme}']`];
      const isHere = all(
        isOwn,
        fieldIs(`${field}.billing.country`, "=", land),
        ...(choice === undefined ? [] : [choice]),
      );
      return [
        [all(isHere, isPeppol), write({ also, required: true })],
        [isHere, write({ also })],
      ] as const;
    }),
    otherwise,
  );
}

/** {@link withEndpoint}, and the number at its usual place alone where it is no address. */
function inEach(
  role: Role,
  schemes: Parameters<typeof withEndpoint>[1],
  write: Parameters<typeof withEndpoint>[2],
): Spec<string> {
  return withEndpoint(role, schemes, write, write({}));
}

function writeVatId(role: Role): Spec<string> {
  const { field, party } = role;
  const schemes = [
    ["CZ", "9929", parameterIs("endpointCZ", "9929")],
    ["SK", "9950", parameterIs("endpointSK", "9950")],
    ...countries.map((land) => [land, vatSchemes[land]] as const),
  ] as const;
  const taxed = (required: boolean): Spec<string> =>
    inEach(role, schemes, (options) => vatId(`${party}/${VAT}`, { ...(required && { required }), ...options }));
  // BR-O-02: where no VAT is paid, neither side has a VAT number. That of the seller is a tax number then.
  const untaxed =
    field === "seller"
      ? inEach(role, schemes, (options) => vatId(`${party}/${TAX}`, options))
      : withEndpoint(role, schemes, ({ also = [], ...options }) => vatId(also[0] ?? "", options));
  const isDemanded = any(isIntraCommunity, isReverseCharge);
  return when(isNonPayer, untaxed, role.strict ? when(isDemanded, taxed(true), taxed(false)) : taxed(false));
}

function writeCompanyId(role: Role): Spec<string> {
  const { field, party } = role;
  const place = `${party}/cac:PartyLegalEntity/cbc:CompanyID`;
  const isIn = (land: string): Condition => fieldIs(`${field}.billing.country`, "=", land);
  const domestic = (land: string, scheme: string, parameter: string): Spec<string> =>
    inEach(role, [[land, scheme, parameterIs(parameter, scheme)]], (options) =>
      code(`${place}[@schemeID='${scheme}']`, options),
    );
  return when(
    isIn("CZ"),
    domestic("CZ", "0154", "endpointCZ"),
    when(isIn("SK"), domestic("SK", "0158", "endpointSK"), code(place)),
  );
}

function writeTaxId(role: Role): Spec<string> {
  const { field, party } = role;
  // A buyer has no place for it but that of any number; a second tax scheme is the seller's alone (BT-32).
  const place = field === "seller" ? `${party}/${TAX}` : `${party}/cac:PartyIdentification/cbc:ID[@schemeID='0245']`;
  return inEach(role, [["SK", "0245", parameterIs("endpointSK", "0245")]], (options) => code(place, options));
}

function writeBilling({ field, party, deliveryCountry, strict }: Role): Spec<Address> {
  const name = `${party}/cac:PartyLegalEntity/cbc:RegistrationName`;
  const address = `${party}/cac:PostalAddress`;
  const land = `${address}/cac:Country/cbc:IdentificationCode`;
  const hasCompany = has(`${field}.billing.company`);
  return object<Address>({
    company: text(name),
    name: when(hasCompany, text(`${party}/cac:Contact/cbc:Name`), text(name, { required: true })),
    street: text(`${address}/cbc:StreetName`),
    city: text(`${address}/cbc:CityName`),
    zip: zip(`${address}/cbc:PostalZone`),
    country:
      deliveryCountry === undefined
        ? country(land, { required: strict })
        : when(
            all(isIntraCommunity, not(has("customer.shipping.country"))),
            country(land, { required: true, also: [deliveryCountry] }),
            country(land, { required: strict }),
          ),
  });
}

/** A party as it is written. */
export function writeParty(role: Role): PartyFields {
  const { party } = role;
  return {
    companyId: writeCompanyId(role),
    vatId: writeVatId(role),
    taxId: writeTaxId(role),
    email: text(`${party}/cac:Contact/cbc:ElectronicMail`),
    phone: phone(`${party}/cac:Contact/cbc:Telephone`),
    billing: writeBilling(role),
  };
}

/** The address that the host knows better: fields of `custom`. */
export function writeBuyerEndpoint(party: string): {
  buyerEndpointId: Spec<string>;
  buyerEndpointScheme: Spec<string>;
} {
  const place = `${party}/cbc:EndpointID`;
  return {
    buyerEndpointId: when(all(isPeppol, not(hasScheme("customer"))), text(place, { required: true }), text(place)),
    buyerEndpointScheme: text(`${place}/@schemeID`),
  };
}

/** Elements of a party in the order of the schema. */
export function partyOrder(role: string): string[] {
  const party = `${role}/cac:Party`;
  return [
    role,
    party,
    ...["cbc:EndpointID", "cac:PartyIdentification", "cac:PartyName", "cac:PostalAddress"].map(
      (one) => `${party}/${one}`,
    ),
    ...addressOrder(`${party}/cac:PostalAddress`),
    ...["", "/cbc:CompanyID", "/cac:TaxScheme"].map((one) => `${party}/cac:PartyTaxScheme${one}`),
    ...["", "/cbc:RegistrationName", "/cbc:CompanyID"].map((one) => `${party}/cac:PartyLegalEntity${one}`),
    ...["", "/cbc:Name", "/cbc:Telephone", "/cbc:ElectronicMail"].map((one) => `${party}/cac:Contact${one}`),
  ];
}

export function addressOrder(address: string): string[] {
  return ["cbc:StreetName", "cbc:CityName", "cbc:PostalZone", "cac:Country"].map((one) => `${address}/${one}`);
}
