import { describe, expect, it } from "vitest";
import { compileMapping, draftMapping, inspect, parseMapping, readOrders } from "propojka";
import { order, shop } from "../../cli/call.ts";

const pieces = (text: string, size: number): Uint8Array[] => {
  const bytes = new TextEncoder().encode(text);
  return Array.from({ length: Math.ceil(bytes.length / size) }, (_, index) =>
    bytes.subarray(index * size, (index + 1) * size),
  );
};

describe("inspect", () => {
  it("lists each distinct place with counts and samples", async () => {
    const xml = `<R v="1"><O id="a"><N>1</N><I>x</I><I>y</I></O><O id="b"><N> </N><I>x</I></O><O id="a"><N>3</N><I><![CDATA[z <]]>&amp; z</I></O></R>`;
    const { root, record, records, paths, encoding } = await inspect(xml);
    expect({ root, record, records, encoding }).toEqual({ root: "R", record: "/R/O", records: 3, encoding: "utf-8" });
    expect(
      paths.map(({ path, count, perRecord, atMost, texts, samples }) => [
        path,
        count,
        perRecord,
        atMost,
        texts,
        samples,
      ]),
    ).toEqual([
      ["/R", 1, undefined, 1, 0, []],
      ["/R/@v", 1, undefined, 1, 1, ["1"]],
      ["/R/O", 3, 1, 3, 0, []],
      ["/R/O/@id", 3, 1, 1, 3, ["a", "b"]],
      ["/R/O/N", 3, 1, 1, 2, ["1", "3"]],
      ["/R/O/I", 4, 1.33, 2, 4, ["x", "y", "z <& z"]],
    ]);
  });

  it("finds the same however the file is cut", async () => {
    const xml = shop(order(), order({ number: "26002", name: "Žofie &amp; syn" }), order({ number: "26003" })).repeat(
      1,
    );
    const whole = await inspect(xml);
    for (const size of [1, 7, 64, 1000]) expect(await inspect(pieces(xml, size))).toEqual(whole);
  });

  it("counts every text once where a window of the file ends", async () => {
    const many = 20_000;
    const { paths } = await inspect(shop(order().repeat(many)));
    for (const { path, count, texts } of paths.filter(({ path }) => /(?:NUMBER|COUNT|CITY)$/.test(path)))
      expect({ path, count, texts }).toEqual({ path, count: many, texts: many });
  });

  it("cuts long texts and stops at three samples", async () => {
    const { paths } = await inspect(`<R><A>${"x".repeat(100)}</A><A>1</A><A>2</A><A>3</A></R>`);
    expect(paths[1]?.samples).toEqual([`${"x".repeat(59)}…`, "1", "2"]);
  });

  it("reports namespaces and keeps the prefixes of the file", async () => {
    const { namespaces, paths } = await inspect(`<d:P xmlns:d="urn:d"><o:O xmlns:o="urn:o" o:a="1"><b/></o:O></d:P>`);
    expect(namespaces).toEqual([
      { prefix: "d", uri: "urn:d" },
      { prefix: "o", uri: "urn:o" },
    ]);
    expect(paths.map(({ path, name, namespace }) => [path, name, namespace])).toEqual([
      ["/d:P", "P", "urn:d"],
      ["/d:P/o:O", "O", "urn:o"],
      ["/d:P/o:O/@o:a", "a", "urn:o"],
      ["/d:P/o:O/b", "b", ""],
    ]);
  });

  it("guesses the record in a file of one order, and in a file of products", async () => {
    expect((await inspect(shop(order()))).record).toBe("/SHOP/ORDER");
    expect(
      (await inspect("<products><product><name>a</name></product><product><name>b</name></product></products>")).record,
    ).toBe("/products/product");
    expect((await inspect("<a>1</a>")).record).toBeUndefined();
  });

  it("tells what the values at a place can be read as", async () => {
    const { paths } = await inspect(
      "<R><A>1</A><A>2,50</A><B>3. 2. 2026</B><C>2026-02-03 18:41:07</C><D>21 %</D><E>1</E><E>x</E></R>",
    );
    expect(Object.fromEntries(paths.slice(1).map(({ name, kinds }) => [name, kinds]))).toEqual({
      A: ["decimalComma"],
      B: ["dottedDate"],
      C: ["isoDateTime"],
      D: ["percent"],
      E: [],
    });
  });

  it("stops at damage and keeps what came before", async () => {
    const { paths, issues } = await inspect("<R><A>1</A><B>2</C></R>", { file: "cut.xml" });
    expect(paths.map(({ path }) => path)).toEqual(["/R", "/R/A", "/R/B"]);
    expect(issues).toMatchObject([{ code: "XML_MALFORMED", at: { file: "cut.xml", line: 1 } }]);
  });

  it("refuses what is no XML", async () => {
    await expect(inspect("")).rejects.toMatchObject({ code: "XML_EMPTY" });
    await expect(inspect("<html><body>Přihlášení</body></html>")).rejects.toMatchObject({ code: "XML_NOT_XML" });
    await expect(inspect("a;b;c")).rejects.toMatchObject({ code: "XML_NOT_XML" });
  });

  it("does not let a hostile file take the memory", async () => {
    const { more, paths } = await inspect(
      `<R>${Array.from({ length: 25_000 }, (_, index) => `<a${index}/>`).join("")}</R>`,
    );
    expect({ more, listed: paths.length }).toEqual({ more: true, listed: 20_000 });
  });
});

describe("draftMapping", () => {
  /** The orders that the draft for a file gives. */
  async function ordersOf(
    xml: string,
  ): Promise<{ readonly orders: readonly unknown[]; readonly notes: readonly string[] }> {
    const { mapping, notes } = draftMapping(await inspect(xml));
    const kept: unknown = JSON.parse(JSON.stringify(mapping));
    expect(kept).toEqual(mapping);
    const { orders } = await readOrders(xml, parseMapping(kept));
    return { orders, notes };
  }

  it("understands Czech names, decimal commas and dates with points", async () => {
    const { orders, notes } = await ordersOf(`<objednavky><objednavka>
      <cislo_objednavky>2026-0007</cislo_objednavky><datum_vytvoreni>3. 2. 2026 18:41</datum_vytvoreni><stav>Vyřízena</stav><měna>CZK</měna>
      <fakturacni_adresa><jmeno>Eva</jmeno><prijmeni>Vzorová</prijmeni><ulice>Krátká</ulice><cislo_popisne>3</cislo_popisne><mesto>Brno</mesto><psc>602 00</psc><stat>Česká republika</stat></fakturacni_adresa>
      <dodaci_adresa><firma>Vzor s.r.o.</firma><ulice>Dlouhá 1</ulice><mesto>Olomouc</mesto><psc>77900</psc></dodaci_adresa>
      <email>eva@example.test</email><ico>00000019</ico>
      <polozky><polozka><kod>HR-1</kod><nazev>Hrnek</nazev><mnozstvi>2</mnozstvi><cena_s_dph>121,00</cena_s_dph><sazba_dph>21 %</sazba_dph></polozka>
      <polozka><kod>HR-2</kod><nazev>Hrnek modrý</nazev><mnozstvi>1</mnozstvi><cena_s_dph>60,50</cena_s_dph><sazba_dph>21 %</sazba_dph></polozka></polozky>
      <celkem_s_dph>302,50</celkem_s_dph></objednavka></objednavky>`);
    expect(orders).toMatchObject([
      {
        number: "2026-0007",
        createdAt: "2026-02-03T18:41:00+01:00",
        status: { kind: "done", raw: "Vyřízena" },
        currency: "CZK",
        customer: {
          email: "eva@example.test",
          companyId: "00000019",
          billing: { name: "Eva Vzorová", street: "Krátká 3", city: "Brno", zip: "60200", country: "CZ" },
          shipping: { company: "Vzor s.r.o.", street: "Dlouhá 1", city: "Olomouc", zip: "77900" },
        },
        lines: [
          { code: "HR-1", name: "Hrnek", quantity: "2", vatRate: "21", unitPrice: { gross: "121.00" } },
          { code: "HR-2", quantity: "1", unitPrice: { gross: "60.50" } },
        ],
        totals: { payable: "302.50" },
      },
    ]);
    expect(notes.join("\n")).toContain('createdAt: written like "3. 2. 2026 18:41"');
    expect(notes.join("\n")).toContain("decimals are written with a comma");
  });

  it("understands Slovak, German and English names, with prefixes and attributes", async () => {
    const slovak = await ordersOf(
      `<objednavky><objednavka cislo="7"><mena>EUR</mena><zakaznik><meno>Ján</meno><priezvisko>Vzor</priezvisko><obec>Nitra</obec></zakaznik><polozka><nazov>Hrnček</nazov><mnozstvo>1</mnozstvo><cena_bez_dph>10</cena_bez_dph><dph>23</dph></polozka></objednavka></objednavky>`,
    );
    expect(slovak.orders).toMatchObject([
      {
        number: "7",
        currency: "EUR",
        customer: { billing: { name: "Ján Vzor", city: "Nitra" } },
        lines: [{ name: "Hrnček", unitPrice: { net: "10" } }],
      },
    ]);
    const german = await ordersOf(
      `<Bestellliste><Bestellung><Bestellnummer>1501</Bestellnummer><Kunde><Vorname>Eva</Vorname><Name>Vzorová</Name><Strasse>Krátká 3</Strasse><PLZ>28401</PLZ></Kunde><Artikel><Artikelnummer>H1</Artikelnummer><Bezeichnung>Tasse</Bezeichnung><Anzahl>2</Anzahl><Preis>5.00</Preis></Artikel></Bestellung></Bestellliste>`,
    );
    expect(german.orders).toMatchObject([
      {
        number: "1501",
        customer: { billing: { name: "Eva Vzorová", street: "Krátká 3", zip: "28401" } },
        lines: [{ code: "H1", name: "Tasse", quantity: "2", unitPrice: { gross: "5.00" } }],
      },
    ]);
    const english = await ordersOf(
      `<o:orders xmlns:o="urn:o"><o:order><o:Order_Number>9</o:Order_Number><o:Billing_First_Name>Eva</o:Billing_First_Name><o:Billing_Last_Name>Vzorová</o:Billing_Last_Name><o:Shipping_City>Kolín</o:Shipping_City><o:Items><o:Item sku="H1" qty="2"><o:Name>Cup</o:Name><o:Price_With_VAT>5</o:Price_With_VAT></o:Item></o:Items></o:order></o:orders>`,
    );
    expect(english.orders).toMatchObject([
      {
        number: "9",
        currency: "CZK",
        customer: { billing: { name: "Eva Vzorová" }, shipping: { city: "Kolín" } },
        lines: [{ code: "H1", quantity: "2", name: "Cup", unitPrice: { gross: "5" } }],
      },
    ]);
    expect(english.notes.join("\n")).toContain("currency: found nowhere");
  });

  it("makes lines of fees that are more than nothing", async () => {
    const xml = `<orders><order><number>1</number><payment><name>Dobírka</name><price_vat>0</price_vat></payment><shipping><name>Balíkovna</name><price_vat>79.00</price_vat><vat>21</vat></shipping><items><item><name>Hrnek</name><quantity>1</quantity><price_vat>121</price_vat><vat>21</vat></item></items><total_vat>200.00</total_vat></order></orders>`;
    const { orders } = await ordersOf(xml);
    expect(orders).toMatchObject([
      {
        payment: { method: "Dobírka" },
        shipping: { method: "Balíkovna" },
        lines: [
          { kind: "product", name: "Hrnek" },
          { kind: "shipping", name: "Balíkovna", unitPrice: { gross: "79.00" } },
        ],
        totals: { payable: "200.00" },
      },
    ]);
  });

  it("gives a mapping that compiles whatever the file is", async () => {
    const strange = [
      "<a/>",
      "<a>1</a>",
      "<a><b/><b/></a>",
      "<č><ř ž='1'>x</ř></č>",
      `<x:a xmlns:x="urn:1"><b xmlns="urn:2"><x:c xmlns:x="urn:3">1</x:c></b><b/></x:a>`,
      "<a><b><c><d>1</d><d>2</d></c></b></a>",
    ];
    for (const xml of strange) {
      const { mapping, notes } = draftMapping(await inspect(xml));
      expect(() => compileMapping(parseMapping(JSON.parse(JSON.stringify(mapping))))).not.toThrow();
      expect(notes.length).toBeGreaterThan(0);
    }
  });
});
