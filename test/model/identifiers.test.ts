import { describe, expect, it } from "vitest";
import {
  checkCompanyId,
  checkTaxId,
  checkVatId,
  normalizeCompanyId,
  normalizeVatId,
  vatIdCountry,
} from "../../src/model/identifiers.ts";

/** The first seven digits with the check digit that the rule of the IČO asks for, calculated the long way. */
function completeCompanyId(seven: string): string {
  const sum = Array.from(seven).reduce((total, digit, index) => total + Number(digit) * (8 - index), 0);
  const rest = sum % 11;
  return seven + (rest === 0 ? "1" : rest === 1 ? "0" : rest === 10 ? "1" : String(11 - rest));
}

describe("the IČO", () => {
  it("has one good check digit for any seven digits", () => {
    for (let number = 0; number < 10_000_000; number += 9_973) {
      const seven = String(number).padStart(7, "0");
      const good = Array.from({ length: 10 }, (_, digit) => `${seven}${digit}`).filter(
        (id) => checkCompanyId(id, "CZ") === undefined,
      );
      expect(good).toEqual([completeCompanyId(seven)]);
    }
  });

  it.each([
    ["00000019", "rest 2"],
    ["00000060", "rest 1, check digit 0"],
    ["00001091", "rest 0, check digit 1"],
    ["00000051", "rest 10, check digit 1"],
    ["12345679", "an ordinary one"],
  ])("accepts %s (%s) in both countries", (id) => {
    expect(completeCompanyId(id.slice(0, 7))).toBe(id);
    expect(checkCompanyId(id, "CZ")).toBeUndefined();
    expect(checkCompanyId(id, "SK")).toBeUndefined();
  });

  it("may have spaces", () => {
    expect(checkCompanyId(" 123 45 679", "CZ")).toBeUndefined();
  });

  it("is refused with a wrong check digit", () => {
    expect(checkCompanyId("12345678", "CZ")).toBe("the check digit of the IČO is wrong");
    expect(checkCompanyId("00000000", "SK")).toBe("the check digit of the IČO is wrong");
  });

  it("is refused when leading zeros are lost, and good again when they are put back", () => {
    expect(checkCompanyId("19", "CZ")).toBe("expected an IČO of 8 digits, got 2; leading zeros may be lost");
    expect(checkCompanyId(normalizeCompanyId("19"), "CZ")).toBeUndefined();
  });

  it("is refused with letters, with nine digits and when empty", () => {
    for (const id of ["1234567A", "123456790", "", "CZ12345679"]) {
      expect(checkCompanyId(id, "CZ")).toBe("expected an IČO of 8 digits");
    }
  });

  it("of another country is not looked at", () => {
    expect(checkCompanyId("HRB 1", "DE")).toBeUndefined();
    expect(normalizeCompanyId("hrb 12", "DE")).toBe("HRB12");
    expect(normalizeCompanyId("12", "DE")).toBe("12");
  });

  it("gets its zeros in Czechia and Slovakia", () => {
    expect(normalizeCompanyId(" 1234 5 ")).toBe("00012345");
    expect(normalizeCompanyId("1234567", "SK")).toBe("01234567");
    expect(normalizeCompanyId("12345678")).toBe("12345678");
    expect(normalizeCompanyId("")).toBe("");
  });
});

describe("the Czech DIČ", () => {
  it("of a legal person is CZ and an IČO", () => {
    expect(checkVatId("CZ12345679")).toBeUndefined();
    expect(checkVatId("cz 123 456 79")).toBeUndefined();
    expect(checkVatId("CZ12345678")).toBe("the check digit of the DIČ is wrong");
    expect(checkVatId(`CZ${completeCompanyId("9123456")}`)).toBe("a DIČ of 8 digits does not begin with 9");
  });

  it.each(["CZ600000015", "CZ699123451", "CZ612345670", "CZ600000608", "CZ600010919"])(
    "that the tax office gave, such as %s, has its own check digit",
    (id) => {
      const sum = Array.from(id.slice(3, 10)).reduce((total, digit, index) => total + Number(digit) * (8 - index), 0);
      // A table of the tax authorities in other words: the rest 0 to 10 asks for one of these digits.
      const expected = [8, 9, 0, 1, 2, 3, 4, 5, 6, 7, 8][sum % 11]!;
      for (let digit = 0; digit < 10; digit++) {
        const good = checkVatId(id.slice(0, 10) + String(digit)) === undefined;
        expect(good).toBe(digit === expected);
      }
    },
  );

  it.each([
    ["CZ5301010011", "born in 2053, divisible by 11"],
    ["CZ5351010016", "a woman"],
    ["CZ5321010013", "born on a day that ran out of numbers"],
    ["CZ5371010018", "a woman born on such a day"],
    ["CZ530101999", "9 digits, born in 1953"],
    ["CZ800229999", "9 digits, born on 29 February 1880"],
    ["CZ5202290016", "born on 29 February 2052"],
  ])("of a person, %s (%s), is good", (id) => {
    expect(checkVatId(id)).toBeUndefined();
  });

  it("of a person may end with 0 where the rest would be 10", () => {
    const nine = Array.from({ length: 1000 }, (_, serial) => `530101${String(serial).padStart(3, "0")}`);
    const special = nine.find((digits) => Number(digits) % 11 === 10)!;
    expect(checkVatId(`CZ${special}0`)).toBeUndefined();
    expect(checkVatId(`CZ${special}1`)).toBe("the check digit of the birth number is wrong");
  });

  it.each([
    ["CZ5301010012", "the check digit of the birth number is wrong"],
    ["CZ7013010012", "the date in the birth number does not exist"],
    ["CZ7000010011", "the date in the birth number does not exist"],
    ["CZ7002300015", "the date in the birth number does not exist"],
    ["CZ7001000014", "the date in the birth number does not exist"],
    ["CZ7021010015", "the date in the birth number does not exist"],
    ["CZ010229001", "the date in the birth number does not exist"],
    ["CZ540101001", "a birth number of 9 digits ends with the year 1953"],
    ["CZ1234567", "expected CZ and 8 to 10 digits"],
    ["CZ12345678901", "expected CZ and 8 to 10 digits"],
    ["CZ1234567A", "expected CZ and 8 to 10 digits"],
  ])("%s is refused: %s", (id, reason) => {
    expect(checkVatId(id)).toBe(reason);
  });
});

describe("other VAT numbers", () => {
  it("of Slovakia are divisible by 11", () => {
    expect(checkVatId("SK2000000002")).toBeUndefined();
    expect(checkVatId("sk 2000 0000 02")).toBeUndefined();
    expect(checkVatId("SK2000000005")).toBe("the check digit of the IČ DPH is wrong");
    expect(checkVatId("SK200000000")).toBe("expected SK and 10 digits");
    expect(checkVatId("SK20000000024")).toBe("expected SK and 10 digits");
  });

  it("of other countries have a prefix and a plausible length", () => {
    for (const id of ["DE123456789", "ATU12345678", "IE1234567+A", "NL123456789B01", "XX12"]) {
      expect(checkVatId(id)).toBeUndefined();
    }
    for (const id of ["DE1", "DE12345678901234", "D1234", "1234", "DE12-34", ""]) {
      expect(checkVatId(id)).toBe("expected a country prefix and 2 to 13 letters or digits");
    }
  });

  it("may be a Slovak DIČ in the wrong place", () => {
    expect(checkVatId("2000000002")).toBe("expected a country prefix; 10 bare digits may be a Slovak DIČ");
  });

  it("are normalised and tell their country", () => {
    expect(normalizeVatId("cz 0000 0019")).toBe("CZ00000019");
    expect(vatIdCountry("cz 00000019")).toBe("CZ");
    expect(vatIdCountry("EL123456789")).toBe("GR");
    expect(vatIdCountry("XI123456789")).toBe("GB");
    expect(vatIdCountry("2000000002")).toBeUndefined();
  });
});

describe("the Slovak DIČ", () => {
  it("is ten digits, of which none is a check digit by law", () => {
    expect(checkTaxId("2000000005")).toBeUndefined();
    expect(checkTaxId(" 2000 000 005 ")).toBeUndefined();
    expect(checkTaxId("200000000")).toBe("expected a DIČ of 10 digits");
    expect(checkTaxId("SK2000000002")).toBe("expected a DIČ of 10 digits; with SK it is an IČ DPH");
  });
});
