/** Records of your own form: any Standard Schema (zod, valibot, arktype) is a target. */
import { z } from "zod";
import { code, decimal, defineMapping, formatIssue, readRecords, split, text } from "../../src/index.ts";

const productSchema = z.object({
  sku: z.string(),
  name: z.string().max(20),
  tags: z.array(z.string()),
  // The mapping gives a text; the schema may make something else of it.
  stock: z.string().transform(Number),
});

const mapping = defineMapping(productSchema, {
  record: "/SHOP/SHOPITEM",
  key: "sku",
  fields: {
    sku: code("CODE"),
    name: text("NAME", { collapse: true }),
    tags: split("TAGS", ";"),
    stock: decimal("STOCK/AMOUNT", { default: "0" }),
  },
});

const xml = `<SHOP>
  <SHOPITEM><CODE>00123</CODE><NAME>Hrnek   modrý</NAME><TAGS>kuchyň; dárek</TAGS><STOCK><AMOUNT>12</AMOUNT></STOCK></SHOPITEM>
  <SHOPITEM><CODE>00124</CODE><NAME>Hrnek s velmi dlouhým názvem</NAME><TAGS/></SHOPITEM>
</SHOP>`;

for await (const item of readRecords(xml, mapping, { schema: productSchema, file: "products.xml" })) {
  if (item.ok) console.log(JSON.stringify(item.record));
  for (const issue of item.issues) console.log(formatIssue(issue));
}

/* Prints:
{"sku":"00123","name":"Hrnek modrý","tags":["kuchyň","dárek"],"stock":12}
products.xml:3:37: FIELD_INVALID name at /SHOP/SHOPITEM[2]/NAME: Too big: expected string to have <=20 characters
*/
