import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Invalid } from "../../../src/mapping/codec.ts";
import { boolean, companyId, country, oneOf, phone, vatId, zip } from "../../../src/mapping/codecs/values.ts";
import { codecOf, contextWith } from "./codec.ts";

describe("oneOf", () => {
  const values = { Vyřízena: "done", "Čeká na  platbu": "waiting", STORNO: "cancelled" };

  it.each([
    ["Vyřízena", "done"],
    [" vyřízena\n", "done"],
    ["VYŘÍZENA", "done"],
    ["Vyr\u030ci\u0301zena", "done"],
    ["čeká na\u00a0platbu", "waiting"],
    ["storno", "cancelled"],
  ])("knows %j as %j", (input, expected) => {
    const codec = codecOf("oneOf", { values });
    expect(codec.decode(input)).toBe(expected);
    expect(codec.decode(input)).toBe(expected);
  });

  it.each(["Odeslána", "Vyrizena", "", "constructor", "__proto__"])("does not know %j", (input) => {
    expect(codecOf("oneOf", { values }).decode(input)).toMatchObject({
      code: "FIELD_UNKNOWN_VALUE",
      expected: 'one of "Vyřízena", "Čeká na  platbu", "STORNO"',
      instead: undefined,
    });
    expect(codecOf("oneOf", { values, unknown: "error" }).decode(input)).toBeInstanceOf(Invalid);
  });

  it("lets a value stand in, with a warning or without", () => {
    expect(codecOf("oneOf", { values, unknown: { value: "other" } }).decode("Odeslána")).toMatchObject({
      code: "FIELD_UNKNOWN_VALUE",
      instead: "other",
    });
    expect(codecOf("oneOf", { values, unknown: { value: "other", silent: false } }).decode("x")).toBeInstanceOf(
      Invalid,
    );
    expect(codecOf("oneOf", { values, unknown: { value: "other", silent: true } }).decode("Odeslána")).toMatchObject({
      instead: "other",
      silent: true,
    });
    expect(codecOf("oneOf", { values, unknown: { value: "other", silent: true } }).decode("storno")).toBe("cancelled");
  });

  it("keeps unknown words", () => {
    const codec = codecOf("oneOf", { values, unknown: "keep" });
    expect(codec.decode(" Na  cestě ")).toMatchObject({ instead: "Na cestě", silent: true });
    expect(codec.decode("storno")).toBe("cancelled");
    expect(codec.encode("Na cestě")).toBe("Na cestě");
    expect(codec.encode("cancelled")).toBe("STORNO");
  });

  it("minds letter case where it is told to", () => {
    const codec = codecOf("oneOf", { values: { A: "upper", a: "lower" }, ignoreCase: false });
    expect([codec.decode("A"), codec.decode(" a ")]).toEqual(["upper", "lower"]);
    expect(codecOf("oneOf", { values, ignoreCase: false }).decode("storno")).toBeInstanceOf(Invalid);
  });

  it("refuses a word for two values", () => {
    expect(() => codecOf("oneOf", { values: { Ano: "x", ANO: "y" } })).toThrow(
      expect.objectContaining({ code: "MAPPING_INVALID" }),
    );
    expect(() => codecOf("oneOf", { values: { Ano: "x", ANO: "x" } })).not.toThrow();
  });

  it("writes the first word of a value", () => {
    const codec = codecOf("oneOf", { values: { Hotovo: "done", Vyřízena: "done", Storno: "cancelled" } });
    expect([codec.encode("done"), codec.encode("cancelled")]).toEqual(["Hotovo", "Storno"]);
    expect(codec.encode("new")).toMatchObject({
      code: "FIELD_UNKNOWN_VALUE",
      expected: 'one of "done", "cancelled"',
    });
    expect(oneOf.invertible({ values })).toBe(true);
    expect(oneOf.invertible({ values: { a: "x", b: "x" } })).toBe(false);
  });

  it("reads what it wrote", () => {
    const codec = codecOf("oneOf", { values });
    for (const value of Object.values(values)) expect(codec.decode(codec.encode(value) as string)).toBe(value);
  });

  it("lists no more than a dozen words", () => {
    const many = Object.fromEntries(Array.from({ length: 14 }, (_, index) => [`w${index}`, `v${index}`]));
    expect(codecOf("oneOf", { values: many }).decode("x")).toMatchObject({
      expected: expect.stringMatching(/"w11" and 2 more$/),
    });
    delete many["w13"];
    expect(codecOf("oneOf", { values: many }).decode("x")).toMatchObject({
      expected: expect.stringMatching(/"w11" and 1 more$/),
    });
    delete many["w12"];
    expect(codecOf("oneOf", { values: many }).decode("x")).toMatchObject({ expected: expect.stringMatching(/"w11"$/) });
  });

  it("knows its words after any number of others", () => {
    const codec = codecOf("oneOf", { values });
    for (let index = 0; index < 3000; index++) codec.decode(`slovo ${index}`);
    expect(codec.decode("STORNO")).toBe("cancelled");
    expect(codec.decode("slovo 2999")).toBeInstanceOf(Invalid);
  });
});

describe("boolean", () => {
  const codec = codecOf("boolean", {});

  it.each([
    ["1 true ano áno yes a y", true],
    ["0 false ne nie no n", false],
  ] as const)("takes %j for %j, in any letter case", (words, expected) => {
    for (const word of words.split(" "))
      for (const text of [word, word.toUpperCase(), ` ${word}\n`, word.normalize("NFD")])
        expect(codec.decode(text)).toBe(expected);
  });

  it.each(["2", "", "-1", "01", "pravda", "constructor"])("takes %j for neither", (input) => {
    expect(codec.decode(input)).toMatchObject({ code: "FIELD_INVALID" });
  });

  it("takes the shop's own words before its own ones", () => {
    const shop = codecOf("boolean", { true: ["Zaplaceno", "N"], false: ["nezaplaceno"] });
    expect([shop.decode("zaplaceno"), shop.decode("n"), shop.decode("NEZAPLACENO")]).toEqual([true, true, false]);
    expect(shop.decode("1")).toBeInstanceOf(Invalid);
    expect([shop.encode(true), shop.encode(false)]).toEqual(["Zaplaceno", "nezaplaceno"]);
    expect(codecOf("boolean", { true: ["n"] }).decode("N")).toBe(true);
    expect(codecOf("boolean", { true: ["n"] }).decode("ne")).toBe(false);
    expect(codecOf("boolean", { false: ["1"] }).decode("1")).toBe(false);
    expect(codecOf("boolean", { false: ["1"] }).decode("ano")).toBe(true);
  });

  it("refuses a word for both", () => {
    expect(() => codecOf("boolean", { true: ["x"], false: ["y", "X"] })).toThrow(
      expect.objectContaining({ code: "MAPPING_INVALID" }),
    );
    expect(boolean.options.safeParse({ true: [] }).success).toBe(false);
    expect(boolean.options.safeParse({ true: [""] }).success).toBe(false);
  });

  it("writes 1 and 0, which it reads", () => {
    expect([codec.encode(true), codec.encode(false)]).toEqual(["1", "0"]);
    expect(boolean.invertible({})).toBe(true);
  });
});

describe("country", () => {
  const codec = codecOf("country", {});

  it.each([
    ["CZ", "CZ CZE cz Cze Česko|Česká republika|česká rep.|ČR|CR|Czechia|Czech Republic|Tschechien|Czechy|Csehország|Ceska Republika"],
    ["SK", "SK SVK Slovensko|Slovenská republika|SR|Slovakia|Slovak Republic|Slowakei|Słowacja|Szlovákia"],
    ["DE", "DE DEU SRN Německo|Nemecko|Germany|Deutschland|Niemcy|Németország|Spolková republika Německo"],
    ["AT", "AT AUT Rakousko|Rakúsko|Austria|Österreich|Oesterreich|Ausztria"],
    ["PL", "PL POL Polsko|Poľsko|Poland|Polen|Polska|Lengyelország"],
    ["HU", "HU HUN Maďarsko|Hungary|Ungarn|Węgry|Magyarország"],
    ["NL", "NL NLD Nizozemsko|Holandsko|The Netherlands|Netherlands|Niederlande|Holandia"],
    ["GB", "GB GBR UK Velká Británie|Veľká Británia|Spojené království|United Kingdom|Anglie|England|Großbritannien"],
    ["US", "US USA U.S.A. Spojené státy|Spojené státy americké|United States|United States of America|Vereinigte Staaten"],
    ["GR", "GR EL GRC Řecko|Grécko|Greece"],
    ["IE", "IE IRL Irsko|Írsko|Ireland|Irland"],
    ["FR", "FR FRA Francie|Francúzsko|France|Frankreich|Francja|Franciaország"],
    ["IT", "IT ITA Itálie|Taliansko|Italy"], ["ES", "ES ESP Španělsko|Španielsko|Spain"], ["PT", "PT PRT Portugalsko|Portugal"],
    ["BE", "BE BEL Belgie|Belgicko|Belgium"], ["LU", "LU LUX Lucembursko|Luxembursko"], ["CH", "CH CHE Švýcarsko|Švajčiarsko|Switzerland"],
    ["LI", "LI LIE Lichtenštejnsko|Lichtenštajnsko"], ["DK", "DK DNK Dánsko|Denmark|Dänemark"], ["SE", "SE SWE Švédsko|Sweden"],
    ["NO", "NO NOR Norsko|Nórsko|Norway"], ["FI", "FI FIN Finsko|Fínsko|Finland"], ["IS", "IS ISL Island|Iceland"],
    ["EE", "EE EST Estonsko|Estónsko|Estonia"], ["LV", "LV LVA Lotyšsko|Latvia"], ["LT", "LT LTU Litva|Lithuania"],
    ["SI", "SI SVN Slovinsko|Slovenia|Slowenien"], ["HR", "HR HRV Chorvatsko|Chorvátsko|Croatia"], ["RO", "RO ROU Rumunsko|Romania"],
    ["BG", "BG BGR Bulharsko|Bulgaria"], ["CY", "CY CYP Kypr|Cyprus"], ["MT", "MT MLT Malta"], ["UA", "UA UKR Ukrajina|Ukraine"],
    ["RS", "RS SRB Srbsko|Serbia"], ["BA", "BA BIH Bosna a Hercegovina"], ["ME", "ME MNE Černá Hora|Montenegro"], ["MK", "MK MKD Makedonie|North Macedonia"],
    ["AL", "AL ALB Albánie|Albánsko"], ["XK", "XK XKX Kosovo"], ["MD", "MD MDA Moldavsko|Moldova"], ["BY", "BY BLR Bělorusko|Belarus"],
    ["RU", "RU RUS Rusko|Ruská federace|Russia"], ["TR", "TR TUR Turecko|Turkey"], ["MC", "MC MCO Monako"], ["SM", "SM SMR San Marino"],
    ["VA", "VA VAT Vatikán"], ["AD", "AD AND Andorra"], ["CN", "CN CHN Čína|China"], ["JP", "JP JPN Japonsko|Japan"], ["AE", "AE ARE UAE"],
  ])("knows %s as %s", (expected, names) => {
    const [codes = "", ...more] = names.split("|");
    for (const name of [...codes.split(" ").filter((word) => /^[A-Z.]+$/.test(word)), ...more])
      for (const text of [name, name.toLowerCase(), ` ${name}\n`, name.normalize("NFD")]) expect([text, codec.decode(text)]).toEqual([text, expected]);
  }); // prettier-ignore

  it("takes CR and SR for what they are at home", () => {
    const abroad = codecOf("country", {}, contextWith({ country: "DE" }));
    expect(["CR", "cr", "SR"].map((text) => codec.decode(text))).toEqual(["CZ", "CZ", "SK"]);
    expect(codecOf("country", {}, contextWith({ country: "SK" })).decode("SR")).toBe("SK");
    expect(["CR", "SR", "ČR"].map((text) => abroad.decode(text))).toEqual(["CR", "SR", "CZ"]);
  });

  it.each(["XX", "XYZ", "Absurdistán", "", "-", "CZSK", "constructor", "C Z"])("does not know %j", (input) => {
    expect(codec.decode(input)).toMatchObject({
      code: "FIELD_UNKNOWN_VALUE",
      expected: "a country such as CZ or Česká republika",
      instead: undefined,
    });
  });

  it("does with unknown names what it is told to", () => {
    const kept = { instead: "Absurdistán", silent: true };
    expect(codecOf("country", { unknown: "keep" }).decode(" Absurdistán ")).toMatchObject(kept);
    expect(codecOf("country", { unknown: { value: "CZ" } }).decode("Absurdistán")).toMatchObject({ instead: "CZ" });
    const silent = codecOf("country", { unknown: { value: "CZ", silent: true } }).decode("Absurdistán");
    expect(silent).toMatchObject({ instead: "CZ", silent: true });
    expect(codecOf("country", { unknown: { value: "CZ", silent: true } }).decode("Slovensko")).toBe("SK");
  });

  it("writes the code", () => {
    expect(codec.encode("CZ")).toBe("CZ");
    expect(country.invertible({})).toBe(true);
  });
});

describe("phone", () => {
  it.each([
    ["CZ", "600 000 001", "+420600000001"], ["CZ", "600000001", "+420600000001"], ["CZ", "+420 600 000 001", "+420600000001"],
    ["CZ", "00420600000001", "+420600000001"], ["CZ", "420600000001", "+420600000001"], ["CZ", "(+420) 600-000-001", "+420600000001"],
    ["CZ", "600/000.001", "+420600000001"], ["CZ", "\u202a+420\u00a0600\u2011000\u2013001\u202c", "+420600000001"], ["CZ", "222 333 444", "+420222333444"],
    ["CZ", "+421 903 000 001", "+421903000001"], ["CZ", "0903 000 001", "0903000001"], ["CZ", "903 000 001", "903000001"],
    ["CZ", "112000001", "112000001"], ["CZ", "60000000", "60000000"], ["CZ", "6000000011", "6000000011"], ["CZ", "0600000001", "0600000001"],
    ["SK", "0903 000 001", "+421903000001"], ["SK", "903000001", "+421903000001"], ["SK", "02/12345678", "+421212345678"], ["SK", "600000001", "600000001"], ["SK", "0123456789", "+421123456789"], ["SK", "421123456789", "+421123456789"],
    ["SK", "0800 123 456", "+421800123456"], ["SK", "421903000001", "+421903000001"], ["SK", "421 903", "421903"],
    ["PL", "501 000 001", "+48501000001"], ["PL", "0501000001", "+48501000001"], ["PL", "48501000001", "+48501000001"],
    ["DE", "030 1234567", "+49301234567"], ["DE", "0171 12345678", "+4917112345678"], ["DE", "301234567", "301234567"], ["DE", "4930123456", "4930123456"],
    ["DE", "+49 (0)30 1234567", "+49301234567"], ["DE", "0049 (0) 30 1234567", "+49301234567"],
    ["AT", "0664 1234567", "+436641234567"], ["AT", "+43 (0) 664/123 45 67", "+436641234567"], ["AT", "0664 12", "066412"],
    ["HU", "06 30 123 4567", "+36301234567"], ["HU", "301234567", "+36301234567"], ["HU", "06 1 234 5678", "+3612345678"], ["HU", "36301234567", "+36301234567"],
    ["FR", "01 23 45 67 89", "0123456789"], ["FR", "+33 1 23 45 67 89", "+33123456789"],
    ["CZ", " linka 5, vrátnice ", "linka 5, vrátnice"], ["CZ", "600000001, 600000002", "600000001, 600000002"], ["CZ", "123", "123"], ["CZ", "-", "-"],
    ["CZ", "+420 600 000 001 / 600 000 002", "+420 600 000 001 / 600 000 002"], ["CZ", "+", "+"], ["CZ", "00", "00"], ["CZ", "1234", "1234"],
    ["CZ", "420123456789", "+420123456789"], ["PL", "123456789", "+48123456789"], ["PL", "48123456789", "+48123456789"],
    ["AT", "01 2345678", "+4312345678"], ["HU", "3612345678", "+3612345678"], ["CZ", "001 212 555 0100", "+12125550100"],
  ])("in %s reads %j as %j", (home, input, expected) => {
    expect(codecOf("phone", {}, contextWith({ country: home })).decode(input)).toBe(expected);
    expect(codecOf("phone", { country: home }, contextWith({ country: "FR" })).decode(input)).toBe(expected);
  }); // prettier-ignore

  it("never finds fault, and reads its own numbers alike", () => {
    const codec = codecOf("phone", {});
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.stringMatching(/^[-+() /\d]{0,16}$/)), (input) => {
        const value = codec.decode(input);
        if (value === undefined) expect(input.trim()).toBe("");
        else if (/^\+?\d+$/.test(value as string)) expect(codec.decode(value as string)).toBe(value);
        else expect(value).toBe(input.trim());
      }),
      { numRuns: 2000, seed: 20260304 },
    );
  });

  it("writes the value as it is, and cannot write back what it read", () => {
    expect(codecOf("phone", {}).encode("600 000 001")).toBe("600 000 001");
    expect(phone.invertible({})).toBe(false);
    expect(phone.options.safeParse({ country: "cz" }).success).toBe(false);
  });
});

describe("zip", () => {
  it.each([
    ["602 00", "60200"],
    ["60200", "60200"],
    [" 811\u00a001\n", "81101"],
    ["010 01", "01001"],
    ["10115", "10115"],
    ["1010", "1010"],
    ["SW1A 1AA", "SW1A 1AA"],
    [" 00-950 ", "00-950"],
    ["CZ-602 00", "CZ-602 00"],
    ["602\u200b00", "60200"],
  ])("reads %j as %j", (input, expected) => {
    expect(codecOf("zip", {}).decode(input)).toBe(expected);
  });

  it("has no value where there is only white space", () => {
    expect(codecOf("zip", {}).decode(" ")).toBeUndefined();
    expect(codecOf("zip", {}).encode("602 00")).toBe("602 00");
    expect(zip.invertible({})).toBe(false);
  });
});

describe("companyId", () => {
  it.each([
    ["CZ", "01234567", "01234567"],
    ["CZ", "1234567", "01234567"],
    ["SK", "123456", "00123456"],
    ["CZ", "012 34\u00a0567 ", "01234567"],
    ["CZ", "\u200b12345678", "12345678"],
    ["CZ", "123456789", "123456789"],
    ["DE", "1234567", "1234567"],
    ["DE", "hrb 1234", "HRB1234"],
  ])("in %s reads %j as %j", (home, input, expected) => {
    expect(codecOf("companyId", {}, contextWith({ country: home })).decode(input)).toBe(expected);
    expect(
      codecOf("companyId", { country: home }, contextWith({ country: home === "DE" ? "CZ" : "DE" })).decode(input),
    ).toBe(expected);
  });

  it("has no value where there is only white space", () => {
    expect(codecOf("companyId", {}).decode(" \u200b")).toBeUndefined();
    expect(codecOf("companyId", {}).encode("1234567")).toBe("1234567");
    expect(companyId.invertible({})).toBe(false);
  });
});

describe("vatId", () => {
  it.each([
    ["CZ01234567", "CZ01234567"],
    ["cz 012-345 67", "CZ01234567"],
    ["sk2020000000", "SK2020000000"],
    ["BE 0123.456.789", "BE0123456789"],
    ["CZ700101/1234", "CZ7001011234"],
    ["CZ\u00a001234567\u200b", "CZ01234567"],
    ["2020000000", "2020000000"],
    ["ATU12345678", "ATU12345678"],
    ["ie1234567+a", "IE1234567+A"],
  ])("reads %j as %j", (input, expected) => {
    expect(codecOf("vatId", {}).decode(input)).toBe(expected);
  });

  it("has no value where there are only dashes", () => {
    expect(codecOf("vatId", {}).decode(" - ")).toBeUndefined();
    expect(codecOf("vatId", {}).encode("cz1")).toBe("cz1");
    expect(vatId.invertible({})).toBe(false);
  });
});
