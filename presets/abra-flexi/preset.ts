import { definePreset } from "../../src/index.ts";
import { invoices, orders } from "./documents.ts";

export const abraFlexi = definePreset({
  id: "abra-flexi",
  title: "ABRA Flexi (FlexiBee)",
  maturity: "documented",
  provenance: [
    {
      title: "ABRA Flexi XML, the vendor's documentation of the REST API",
      url: "https://podpora.flexibee.eu/en/articles/4722242-abra-flexi-xml",
      date: "2026-11-24",
    },
    {
      title: "XML schema (XSD): where a company serves its own, and that it is not exact",
      url: "https://podpora.flexibee.eu/en/articles/4729202-xml-schema-xsd",
      date: "2026-11-24",
    },
    {
      title: "Fields of all agendas with their types, lengths and values: static/Properties.*.json",
      url: "https://github.com/Spoje-NET/php-abraflexi",
      date: "2026-11-24",
    },
  ],
  limitations: [
    "The program serves the XSD of a company only to those who may log in to it, and says that it is not exact: the fields are those of the published lists, and no file of a company was seen.",
    "JSON, which has the same structure, is not read.",
    "What the program fills in by itself when it imports a file (prices of the price list, a discount of the customer, the type of prices of the type of document) is not in the file: prices without typCenyDphK are taken by the parameter, and items with a discount that nobody took off are errors.",
    "The kind of an invoice (credit note, proforma, tax document of an advance) is a matter of its type, which is the company's own: it is told by the kind of the type, if the export includes it, or else by words in its code and name. A type that no word tells is rejected.",
    "Unverified: that the amounts of credit notes are below zero, as connectors write them. A credit note whose total is above zero is turned round.",
    "Unverified: that a sum without VAT below one, with no item of that rate, is the rounding of the document.",
    "Unverified: what the states of orders mean beyond their names: parts that are on the way, given out or done count as processing.",
    "Items have no kinds: delivery, payment, discounts and rounding are told by their names or by the beginning of their codes, in Czech and Slovak.",
    "The postal address is read as the address of delivery, as connectors of shops use it; the place of destination (mistUrc) is only a reference and is not read.",
    "The document has no field for a Slovak IČ DPH: it is read where the export holds the company in full, and a dic of ten digits without a prefix is the tax number.",
    "References to companies, carriers and the like are read by their code and by the name that stands beside them; one that is a number alone tells nothing.",
    "Of several <id>, the first is read.",
    "A total may differ from the items by 0.05: the program calculates VAT of the whole document.",
    "Which invoice a credit note corrects is read only where the document is made with that link (vytvor-vazbu-dobropis).",
  ],
  without: { windows1250: "the program writes UTF-8" },
  feeds: { orders, invoices },
});
