import {
  type Address,
  any,
  code,
  companyId,
  type Condition,
  country,
  exists,
  type Fields,
  first,
  has,
  join,
  matches,
  not,
  object,
  type Party,
  parameterIs,
  phone,
  type Seller,
  type Spec,
  text,
  vatId,
  when,
  zip,
} from "../../src/index.ts";
import { type Form } from "./document.ts";

// The customer, typ:address, and the accounting unit, typ:addressInternetType.

/** The Slovak DIČ: ten digits without a prefix, in the element that holds the Czech DIČ with one. */
function isBareTaxId(path: string): Condition {
  return matches(path, "^(?:\\d\\s*){10}$");
}

/** Slovak accounting units have the IČ DPH in an element of its own, Czech ones have the DIČ in `dic`. */
function numbersOf(at: string) {
  return {
    companyId: companyId(`${at}typ:ico`),
    vatId: first(vatId(`${at}typ:icDph`), when(not(isBareTaxId(`${at}typ:dic`)), vatId(`${at}typ:dic`))),
    taxId: when(isBareTaxId(`${at}typ:dic`), code(`${at}typ:dic`)),
  };
}

function addressOf(at: string): Spec<Address> {
  return object<Address>({
    name: text(`${at}typ:name`, { collapse: true }),
    company: text(`${at}typ:company`, { collapse: true }),
    street: text(`${at}typ:street`, { collapse: true }),
    city: text(`${at}typ:city`, { collapse: true }),
    zip: zip(`${at}typ:zip`),
    // A code or whatever name the country has in the user's list of them.
    country: country(`${at}typ:country/typ:ids`, { invalid: "warning" }),
  });
}

export function customerRead({ header, prefix }: Form): Spec<Party> {
  const at = `${header}${prefix}:partnerIdentity/typ:address/`;
  const delivery = `${header}${prefix}:partnerIdentity/typ:shipToAddress/`;
  return object<Party>({
    email: text([`${at}typ:email`, `${delivery}typ:email`]),
    phone: phone([`${at}typ:phone`, `${at}typ:mobilPhone`, `${delivery}typ:phone`]),
    billing: addressOf(at),
    shipping: when(
      any(...["company", "name", "street", "city", "zip"].map((element) => exists(`${delivery}typ:${element}`))),
      addressOf(delivery),
    ),
    ...numbersOf(at),
  });
}

/** The accounting unit, as Pohoda states it in its own files; invoices also say where to pay. */
export function sellerRead({ header, prefix }: Form): Fields<Seller> {
  const at = `${header}${prefix}:myIdentity/typ:address/`;
  return {
    email: text(`${at}typ:email`),
    phone: phone([`${at}typ:phone`, `${at}typ:mobilPhone`]),
    billing: object<Address>({
      name: join(" ", `${at}typ:title`, `${at}typ:name`, `${at}typ:surname`),
      company: text(`${at}typ:company`, { collapse: true }),
      street: join(" ", `${at}typ:street`, `${at}typ:number`),
      city: text(`${at}typ:city`, { collapse: true }),
      zip: zip(`${at}typ:zip`),
    }),
    ...numbersOf(at),
  };
}

/**
 * A street without its end leads a parcel astray, and half of an e-mail address is none: what does not fit is said, not
 * cut. Names are cut.
 */
const cut = { tooLong: "cut" } as const;
const leaveOut = { invalid: "warning" } as const;

function addressWritten(at: string): Spec<Address> {
  return object<Address>({
    company: text(`${at}typ:company`, { maxLength: 255, ...cut }),
    name: text(`${at}typ:name`, { maxLength: 64, ...cut }),
    city: text(`${at}typ:city`, { maxLength: 45, ...cut }),
    street: text(`${at}typ:street`, { maxLength: 64 }),
    zip: text(`${at}typ:zip`, { maxLength: 15 }),
    country: code(`${at}typ:country/typ:ids`, { maxLength: 19 }),
  });
}

export function customerWritten({ header, prefix }: Form): Spec<Party> {
  const at = `${header}${prefix}:partnerIdentity/typ:address/`;
  const delivery = `${header}${prefix}:partnerIdentity/typ:shipToAddress/`;
  return object<Party>({
    billing: addressWritten(at),
    companyId: code(`${at}typ:ico`, { maxLength: 15 }),
    vatId: when(
      parameterIs("country", "SK"),
      code(`${at}typ:icDph`, { maxLength: 18 }),
      code(`${at}typ:dic`, { maxLength: 18 }),
    ),
    taxId: when(
      parameterIs("country", "SK"),
      code(`${at}typ:dic`, { maxLength: 18 }),
      // A Czech unit has one field: the number with VAT in it is the one that counts.
      when(not(has("customer.vatId")), code(`${at}typ:dic`, { maxLength: 18 })),
    ),
    phone: text(`${at}typ:phone`, { maxLength: 40, ...leaveOut }),
    email: text(`${at}typ:email`, { maxLength: 98, ...leaveOut }),
    shipping: addressWritten(delivery),
  });
}
