// Fields of the webservice that are known and left out on purpose.

const OUTSIDE = "of no use outside the shop";
const AGAIN = "the order or its row has it";
const CODES = "goods are told by their reference";
const LAYOUT = "a setting of the shop's pages";
const LANGUAGE = "the language of the text";
const DISCOUNT = "how the catalogue came to the price";
const REFUND = "a refund is a document of its own";
const STATE = "what the state is for besides";
const TAX_KIND = "a part of the price";

type Ignored = Readonly<Record<string, string>>;

/** @param names - with spaces between them */
function each(names: string, reason: string, above = ""): Ignored {
  return Object.fromEntries(names.split(" ").map((name) => [`${above}${name}`, reason]));
}

/** Fields of another resource, in a list or in the document of one entry. */
function resource(list: string, item: string, reasons: Ignored): Ignored {
  return Object.fromEntries(
    [`/prestashop/${list}/${item}`, `/prestashop/${item}`].flatMap((place) =>
      Object.entries(reasons).map(([name, reason]) => [`${place}/${name}`, reason]),
    ),
  );
}

export const ignored: Ignored = {
  "**/@notFilterable": "of the webservice, not of the record",
  "**/@nodeType": "of the webservice, not of the record",
  "**/@virtualEntity": "of the webservice, not of the record",
  "**/@api": "of the webservice, not of the record",
  "**/language/@id": LANGUAGE,
  "@id": "the element has it",
  secure_key: "secret of the order",
  ...each("id_cart id_lang id_shop_group recyclable mobile_theme valid", OUTSIDE),
  delivery_date: "of the delivery slip",
  date_upd: "last change, for the filter of the next request",
  code: "of an answer that is an error",
  gift: "wrapping has an amount of its own",
  round_mode: "half up, as everywhere here, unless the shop changed it",
  total_discounts: "the same as total_discounts_tax_incl",
  total_products: "goods, which the rows give",
  total_products_wt: "goods, which the rows give",
  total_shipping: "the same as total_shipping_tax_incl",
  total_wrapping: "the same as total_wrapping_tax_incl",
  ...each("product_id product_attribute_id", CODES, "associations/order_rows/order_row/"),
  ...each("product_isbn product_upc", "no place in the record", "associations/order_rows/order_row/"),
  "associations/order_rows/order_row/product_price": "before discounts; unit_price_tax_excl is what counts",
  "associations/order_rows/order_row/id_customization": OUTSIDE,
  ...resource("addresses", "address", {
    ...each("id_customer id_manufacturer id_supplier id_warehouse alias", OUTSIDE),
    id_state: "Czech and Slovak addresses have no state",
    deleted: "an order keeps the address that the customer deleted",
    ...each("date_add date_upd", OUTSIDE),
  }),
  ...resource("customers", "customer", {
    ...each("firstname lastname company", "those of the address count"),
    ...each("id_default_group id_lang id_shop id_shop_group id_risk id_gender associations", OUTSIDE),
    ...each("passwd secure_key reset_password_token reset_password_validity last_passwd_gen", "a secret"),
    ...each("newsletter newsletter_date_add ip_registration_newsletter optin birthday", "of no use for accounting"),
    ...each("outstanding_allow_amount show_public_prices max_payment_days", "terms of the customer"),
    ...each("ape website note", "what the shop knows of the customer besides"),
    ...each("active is_guest deleted date_add date_upd", "an order stays what it is"),
  }),
  ...resource("countries", "country", {
    ...each("id_zone id_currency call_prefix active contains_states need_identification_number", LAYOUT),
    ...each("need_zip_code zip_code_format display_tax_label", LAYOUT),
    name: "iso_code says it",
  }),
  ...resource("currencies", "currency", {
    ...each("name names symbol pattern numeric_iso_code", "iso_code says it"),
    conversion_rate: "today's; the order has its own",
    ...each("deleted active unofficial modified format sign decimals blank", LAYOUT),
  }),
  ...resource("carriers", "carrier", {
    ...each("id_tax_rules_group id_reference is_module external_module_name need_range shipping_external", OUTSIDE),
    ...each("shipping_handling range_behavior shipping_method max_width max_height max_depth max_weight", OUTSIDE),
    ...each("grade position url delay is_free", LAYOUT),
    ...each("active deleted", "an order keeps its carrier"),
  }),
  ...resource("order_states", "order_state", {
    ...each("unremovable hidden send_email module_name color logable pdf_invoice pdf_delivery", STATE),
    ...each("invoice deleted", STATE),
  }),
  ...resource("order_cart_rules", "order_cart_rule", {
    ...each("id id_cart_rule id_order_invoice", OUTSIDE),
    ...each("value value_tax_excl free_shipping", "total_discounts of the order is their sum"),
  }),
  ...resource("order_details", "order_detail", {
    ...each("id_order product_name product_quantity unit_price_tax_incl unit_price_tax_excl", AGAIN),
    ...each("product_id product_attribute_id product_reference product_ean13 product_isbn", AGAIN),
    ...each("product_upc product_mpn product_supplier_reference product_price", AGAIN),
    ...each("id_order_invoice id_warehouse id_shop id_customization id_tax_rules_group", OUTSIDE),
    ...each("download_hash download_nb download_deadline product_quantity_in_stock", OUTSIDE),
    ...each("tax_computation_method tax_rate tax_name", "the taxes of the row say it"),
    ...each("product_quantity_return product_quantity_refunded product_quantity_reinjected", REFUND),
    ...each("total_refunded_tax_incl total_refunded_tax_excl", REFUND),
    ...each("reduction_amount reduction_amount_tax_incl reduction_amount_tax_excl group_reduction", DISCOUNT),
    ...each("discount_quantity_applied product_quantity_discount original_product_price", DISCOUNT),
    ...each("ecotax ecotax_tax_rate", TAX_KIND),
    ...each("total_shipping_price_tax_incl total_shipping_price_tax_excl", "shipping is a line of its own"),
    ...each("purchase_supplier_price original_wholesale_price", "what the goods cost the shop"),
  }),
  ...resource("taxes", "tax", each("name active deleted", "the rate says it")),
};
