import { describe, expect, it } from "vitest";
import {
  absent,
  code,
  concat,
  decimal,
  defineMapping,
  formatIssue,
  type Product,
  readProducts,
  summarizeFeed,
  text,
  writeProductDocuments,
  writeProducts,
  type WriteProductsOptions,
} from "propojka";

const mapping = defineMapping("product", {
  record: "/S/I",
  fields: {
    code: code("C", { required: true }),
    name: text("N"),
    prices: concat({ list: absent(), currency: code("P/@currency"), gross: decimal("P", { scale: 2 }) }),
    stock: { quantity: decimal("Q") },
  },
});
const feed = {
  direction: "export",
  records: "products",
  title: "Feed",
  encoding: "windows-1250",
  mapping,
  options: { select: { sold: true }, prices: { basis: "gross" }, stock: { negative: "zero" } },
} as const;

const price = (gross: string): Product["prices"] => [{ currency: "CZK", gross: gross as "1" }];
const products: Product[] = [
  { code: "A", name: "Hrnek žlutý", prices: price("249"), stock: { quantity: "-3" } },
  { code: "B", sold: false },
  { code: "C", prices: [{ currency: "CZK", net: "100" }] },
];

async function written(source: Iterable<unknown> | AsyncIterable<unknown>, options: WriteProductsOptions = {}) {
  const stream = writeProducts(source as Iterable<Product>, feed, options);
  const chunks: Uint8Array[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  return { bytes: Buffer.concat(chunks), report: stream.report };
}

async function* later(list: readonly unknown[]): AsyncGenerator<unknown, void, undefined> {
  for (const item of list) yield await Promise.resolve(item);
}

describe("writeProducts", () => {
  it("writes what is offered, in the feed's encoding, and counts the rest", async () => {
    for (const source of [products, later(products)]) {
      const { bytes, report } = await written(source);
      expect(new TextDecoder("windows-1250").decode(bytes)).toBe(
        '<?xml version="1.0" encoding="windows-1250"?>\n<S>\n' +
          '<I><C>A</C><N>Hrnek žlutý</N><P currency="CZK">249.00</P><Q>0</Q></I>\n</S>\n',
      );
      expect(report).toMatchObject({ products: 3, offered: 1, leftOut: 1, leftOutFor: { "not sold": 1 }, refused: 1 });
      expect(report).toMatchObject({ read: 1, written: 1, rejected: 0, bytes: bytes.length });
      expect(report.issues.map(formatIssue)).toEqual([
        "C: FIELD_MISSING prices[0].gross: no gross amount follows from net 100 CZK without a VAT rate",
      ]);
    }
  });

  it("takes another encoding and other options over those of the feed", async () => {
    const { bytes, report } = await written(products, { encoding: "utf-8", options: { stock: { negative: "keep" } } });
    expect(bytes.toString("utf8")).toContain("Hrnek žlutý");
    expect(bytes.toString("utf8")).toContain("<Q>-3</Q>");
    expect(report).toMatchObject({ offered: 1, leftOut: 1 });
    expect((await written(products, { encoding: undefined })).bytes.toString("latin1")).toContain("windows-1250");
  });

  it("refuses what is no product, names the field, and goes on", async () => {
    const wrong = [{ code: "X", prices: price("12,50") }, { code: "Y", stock: { quantity: "mnoho" } }, null, "Z"];
    const { bytes, report } = await written([...wrong, products[0]]);
    expect(bytes.toString("latin1")).toContain("<C>A</C>");
    expect(report).toMatchObject({ products: 5, refused: 3, rejected: 1, written: 1 });
    const lines = report.issues.map(formatIssue);
    expect(lines[0]).toMatch(/^X: FIELD_INVALID prices\[0\]\.gross: expected a decimal such as 1234\.50/);
    expect(lines[1]).toMatch(/^Y: FIELD_INVALID stock\.quantity: expected a decimal such as 1234\.50/);
    expect(lines.at(-1)).toBe("FIELD_MISSING code: the file cannot do without it");
  });

  it("passes on what the source throws", async () => {
    function* broken(): Generator<Product, void, undefined> {
      yield products[0]!;
      throw new TypeError("the database went away");
    }
    await expect(written(broken())).rejects.toThrow("the database went away");
  });
});

describe("writeProductDocuments", () => {
  it("writes a document for each record, in the feed's encoding", async () => {
    const documents = writeProductDocuments(products, feed);
    const texts: string[] = [];
    for await (const { record, bytes } of documents)
      texts.push(`${record.code}: ${new TextDecoder("windows-1250").decode(bytes)}`);
    expect(texts).toHaveLength(1);
    expect(texts[0]).toMatch(/^A: <\?xml version="1\.0" encoding="windows-1250"\?>\n<S>\n<I>.*žlutý.*<\/I>\n<\/S>\n$/s);
    expect(documents.report).toMatchObject({ products: 3, written: 1 });
  });
});

describe("readProducts and summarizeFeed", () => {
  it("read back what was written", async () => {
    const { bytes } = await written(products);
    const read = await readProducts(bytes, feed);
    expect(read.products).toEqual([
      { code: "A", name: "Hrnek žlutý", prices: [{ currency: "CZK", gross: "249.00" }], stock: { quantity: "0" } },
    ]);
    const summary = await summarizeFeed(bytes, feed);
    expect(summary.get("A")).toMatchObject({ price: { currency: "CZK", gross: "249.00" }, stock: "0" });
    expect(summary.records).toBe(1);
  });

  it("count what cannot be read as rejected, and put several files into one summary", async () => {
    const file = "<S><I><C>A</C><Q>1</Q></I><I><C>B</C><Q>jedna</Q></I></S>";
    const summary = await summarizeFeed(file, mapping);
    await summarizeFeed("<S><I><C>C</C></I></S>", mapping, {}, summary);
    expect([...summary].map((item) => item.code)).toEqual(["A", "C"]);
    expect(summary.rejectedCodes).toEqual(["B"]);
  });
});
