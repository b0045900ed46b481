import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Change, schemaCases } from "./schemas/cases.ts";
import {
  divide,
  schemaAvailable,
  schemaMissing,
  type SchemaName,
  schemaNames,
  validate,
  validateChunks,
  validateEach,
} from "./validation.ts";

const item = (code: string): string => `<SHOPITEM><CODE>${code}</CODE></SHOPITEM>`;
const shop = (...items: readonly string[]): string => `<SHOP>${items.join("\n")}</SHOP>`;
const vendors: readonly SchemaName[] = [
  "pohoda-data",
  "pohoda-response",
  "money-s3",
  "isdoc",
  "ubl-invoice",
  "ubl-credit-note",
  "ubl-order",
];
/** A document that a preset wrote. */
const written = (path: string): string =>
  readFileSync(new URL(`../presets/${path}.expected.xml`, import.meta.url), "utf8");

describe.each(schemaCases)("the schema $schema, case %$", ({ schema, good, fine, broken }) => {
  it("accepts a good document", async () => {
    expect(await validate(good, schema)).toEqual({ valid: true, errors: [] });
  });

  it("accepts what is still good", async () => {
    expect(await changed(fine, false)).toEqual([]);
  });

  it("refuses what breaks a rule, for the rule", async () => {
    expect(await changed(broken, true)).toEqual([]);
  });

  /** Titles of the changes after which the document is not what it should be. */
  async function changed(changes: readonly Change[], refused: boolean): Promise<readonly string[]> {
    const documents = changes.map(([, from, to]) => good.replace(from, to));
    const verdicts = await validateEach(documents, schema);
    return changes.flatMap(([title], index) => {
      const { valid, errors } = verdicts[index]!;
      const right = valid !== refused && documents[index] !== good && !errors.some((error) => error.includes("parser"));
      return right ? [] : [`${title}: ${errors.join()}`];
    });
  }
});

describe("validate", () => {
  it("tells the line of an error", async () => {
    const { valid, errors } = await validate(`<SHOP>\n${item("A")}\n<SHOPITEM/>\n</SHOP>`, "shoptet-supplier");
    expect(valid).toBe(false);
    expect(errors[0]).toMatch(/^3: element SHOPITEM/);
  });

  it("refuses what is not well-formed", async () => {
    const { valid, errors } = await validate("<SHOP>\n<SHOPITEM>", "shoptet-supplier");
    expect(valid).toBe(false);
    expect(errors[0]).toMatch(/^2: parser error/);
  });

  it.each(["\u0001", "\ufffe"])("refuses a character that XML forbids: %j", async (character) => {
    expect(await validate(shop(item(`A${character}`)), "shoptet-supplier")).toMatchObject({ valid: false });
  });

  it("reads bytes as their declaration says", async () => {
    const name = `<NAME>${"ž".repeat(250)}</NAME>`;
    const text = `<?xml version="1.0" encoding="windows-1250"?>${shop(item("A").replace("<CODE>", `${name}<CODE>`))}`;
    const bytes = Uint8Array.from(text, (character) => (character === "ž" ? 0x9e : character.charCodeAt(0)));
    expect(await validate(bytes, "shoptet-supplier")).toEqual({ valid: true, errors: [] });
    expect(await validate(text, "shoptet-supplier")).toEqual({ valid: true, errors: [] });
  });

  it("reads UTF-16 and a byte order mark", async () => {
    const text = `\ufeff<?xml version="1.0" encoding="utf-16"?>${shop(item("Ř"))}`;
    expect(await validate(Buffer.from(text, "utf16le"), "shoptet-supplier")).toMatchObject({ valid: true });
    expect(await validate(Buffer.from(`\ufeff${shop(item("Ř"))}`), "shoptet-supplier")).toMatchObject({ valid: true });
  });

  it("refuses bytes that are not what they say", async () => {
    await expect(validate(Uint8Array.of(0x3c, 0xff, 0x3e), "shoptet-supplier")).rejects.toThrow(TypeError);
  });

  it("keeps the verdicts of many documents in order", async () => {
    const documents = [shop(item("A")), "<SHOP", shop(), shop(item("B"))];
    const verdicts = await validateEach(documents, "shoptet-supplier");
    expect(verdicts.map(({ valid }) => valid)).toEqual([true, false, false, true]);
  });
});

describe("validateChunks", () => {
  it("divides between records, with what is around them", () => {
    const xml = `<?xml version="1.0"?><SHOP>${["A", "B", "C"].map(item).join("")}</SHOP>`;
    expect(divide(xml, "SHOPITEM", 2)).toEqual([
      `<?xml version="1.0"?><SHOP>${item("A")}${item("B")}</SHOP>`,
      `<?xml version="1.0"?><SHOP>${item("C")}</SHOP>`,
    ]);
  });

  it("takes no notice of tags in CDATA, comments and attributes, and of empty and nested records", () => {
    const records = [
      "<R><![CDATA[</R><R>]]></R>",
      '<R a="x>/></R>"/>',
      "<R><!-- </R> --><R/></R>",
      "<R ><RS></RS></R >",
      "<R/>",
    ];
    expect(divide(`<L>${records.join("\n")}</L>`, "R", 1)).toEqual(records.map((record) => `<L>${record}</L>`));
  });

  it("keeps all records, in order, at most so many a part", () => {
    const texts = fc.array(fc.constantFrom("A", "<![CDATA[</SHOPITEM>]]>", "<!--<SHOPITEM>-->", "]]&gt;"), {
      maxLength: 30,
    });
    fc.assert(
      fc.property(texts, fc.integer({ min: 1, max: 40 }), (codes, size) => {
        const parts = divide(shop(...codes.map(item)), "SHOPITEM", size);
        const counts = parts.map((part) => part.split("<CODE>").length - 1);
        expect(Math.max(...counts)).toBeLessThanOrEqual(size);
        const inside = parts.map((part) => part.slice("<SHOP>".length, -"</SHOP>".length));
        expect(inside.join("\n")).toBe(codes.map(item).join("\n"));
      }),
    );
  });

  it("leaves a document without records whole", () => {
    expect(divide("<SHOP/>", "SHOPITEM", 1)).toEqual(["<SHOP/>"]);
  });

  it("finds the one bad record among many", async () => {
    const items = Array.from({ length: 2500 }, (_, index) => item(`HRN-${index}`));
    expect(await validateChunks(shop(...items), "shoptet-supplier")).toEqual({ valid: true, errors: [] });
    const { valid, errors } = await validateChunks(shop(...items.with(1700, item(""))), "shoptet-supplier");
    expect(valid).toBe(false);
    expect(errors[0]).toMatch(/^part 2: 701: /);
  });
});

describe("schemas", () => {
  it("are all here that are our own", () => {
    const missing = schemaNames.filter((name) => !vendors.includes(name) && !schemaAvailable(name));
    expect(missing).toEqual([]);
    expect(new Set(schemaCases.map(({ schema }) => schema)).size).toBe(schemaNames.length - vendors.length);
  });

  it.each(vendors)("of vendors work, or say why they are missing: %s", async (name) => {
    if (!schemaAvailable(name)) {
      expect(schemaMissing(name)).toMatch(/set PROPOJKA_SCHEMAS/);
      await expect(validate("<a/>", name)).rejects.toThrow("PROPOJKA_SCHEMAS");
      return;
    }
    const verdicts = await validateEach([vendorDocuments[name]!, "<a/>"], name);
    expect(verdicts.map(({ valid }) => valid)).toEqual([true, false]);
  });
});

const vendorDocuments: Partial<Record<SchemaName, string>> = {
  "pohoda-data": `<?xml version="1.0" encoding="Windows-1250"?>
    <dat:dataPack version="2.0" id="1" ico="00006947" application="propojka" note="Zásoby"
      xmlns:dat="http://www.stormware.cz/schema/version_2/data.xsd"
      xmlns:stk="http://www.stormware.cz/schema/version_2/stock.xsd"
      xmlns:typ="http://www.stormware.cz/schema/version_2/type.xsd">
      <dat:dataPackItem version="2.0" id="HRN-01"><stk:stock version="2.0"><stk:stockHeader>
        <stk:stockType>card</stk:stockType><stk:code>HRN-01</stk:code><stk:name>Hrnek</stk:name>
      </stk:stockHeader></stk:stock></dat:dataPackItem></dat:dataPack>`,
  "pohoda-response": `<rsp:responsePack version="2.0" id="1" state="ok" programVersion="1" ico="00006947" key="1" note=""
      xmlns:rsp="http://www.stormware.cz/schema/version_2/response.xsd">
      <rsp:responsePackItem version="2.0" id="HRN-01" state="ok"/></rsp:responsePack>`,
  "money-s3": `<MoneyData><SeznamZasoba/></MoneyData>`,
  isdoc: written("isdoc/samples/write-company"),
  "ubl-invoice": written("ubl/samples/write-peppol"),
  "ubl-credit-note": written("ubl/samples/write-credit-note"),
  "ubl-order": written("ubl/samples/write-order"),
};
