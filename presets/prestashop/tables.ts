import {
  type Condition,
  compared,
  country,
  equals,
  first,
  lookup,
  type MappingOptions,
  oneOf,
  parameter,
  type Spec,
  when,
} from "../../src/index.ts";

type Tables = NonNullable<MappingOptions["lookups"]>;

// The webservice is relational: an order states ids, and what they mean is in other resources. A table and the input
// that may hold it bear the name of the resource.

function resource(name: string, item: string, key = "id"): Tables[string] {
  // A list, as ?display=full gives it, or the document of one entry.
  return { path: [`/prestashop/${name}/${item}`, `/prestashop/${item}`], key, input: name };
}

export const tables = {
  addresses: resource("addresses", "address"),
  customers: resource("customers", "customer"),
  countries: resource("countries", "country"),
  currencies: resource("currencies", "currency"),
  carriers: resource("carriers", "carrier"),
  order_states: resource("order_states", "order_state"),
  order_details: resource("order_details", "order_detail"),
  taxes: resource("taxes", "tax"),
  order_cart_rules: resource("order_cart_rules", "order_cart_rule", "id_order"),
} satisfies Tables;

/** Place of an id that is looked up; 0 stands for none. */
export function id(path: string): string {
  return `${path}[.!='0']`;
}

/**
 * Places of a text that has one value a language, `<name><language id="1">…`: the first one, or the plain text where the
 * field is none of a language. With `&language=2` the webservice gives that language alone.
 */
export function translated(field: string): readonly string[] {
  return [`${field}/language`, field];
}

/**
 * The country of an address, from inside its entry. Without the resource `countries`, by the ids that the installer
 * gives to Czechia, Slovakia and their neighbours: shops keep them.
 *
 * @see https://github.com/PrestaShop/PrestaShop install-dev/data/xml/country.xml, in the order of the ids (read 2026-11-24)
 */
export const countryOfAddress: Spec<string> = first(
  lookup("countries", id("id_country"), country("iso_code", { invalid: "warning" })),
  when(
    equals("id_country", ["16", "37", "1", "2", "14"]),
    oneOf(id("id_country"), { "16": "CZ", "37": "SK", "1": "DE", "2": "AT", "14": "PL" }),
  ),
);

/** Whether an address, from inside its entry, is in this country; one of no known country is in that of the shop. */
export function addressIsIn(country: string): Condition {
  return compared(first(countryOfAddress, parameter("country")), "=", country);
}
