/** Names that people use and that no list of country names has. */
const INFORMAL: Readonly<Record<string, string>> = {
  "ceska republika": "CZ", cesko: "CZ", cr: "CZ", "czech republic": "CZ", tschechien: "CZ", czechy: "CZ",
  "slovenska republika": "SK", sr: "SK", slovensko: "SK", slowakei: "SK", slowacja: "SK",
  polska: "PL", "polska republika": "PL", polsko: "PL", nemecko: "DE", "spolkova republika nemecko": "DE", deutschland: "DE",
  rakousko: "AT", rakusko: "AT", osterreich: "AT", madarsko: "HU", magyarorszag: "HU",
  holandsko: "NL", holland: "NL", anglie: "GB", anglicko: "GB", uk: "GB", england: "GB", "velka britanie": "GB", "velka britania": "GB",
  usa: "US", "spojene staty": "US", "spojene staty americke": "US",
}; // prettier-ignore

const ISO3: Readonly<Record<string, string>> = {
  CZE: "CZ", SVK: "SK", POL: "PL", DEU: "DE", AUT: "AT", HUN: "HU", GBR: "GB", USA: "US", FRA: "FR", ITA: "IT", ESP: "ES", NLD: "NL",
  BEL: "BE", LUX: "LU", DNK: "DK", SWE: "SE", FIN: "FI", EST: "EE", LVA: "LV", LTU: "LT", IRL: "IE", PRT: "PT", GRC: "GR", BGR: "BG",
  ROU: "RO", HRV: "HR", SVN: "SI", CYP: "CY", MLT: "MT", CHE: "CH", LIE: "LI", NOR: "NO", ISL: "IS", UKR: "UA", SRB: "RS",
}; // prettier-ignore

const LANGUAGES = ["cs", "sk", "en", "de", "pl", "hu"];
const CODES =
  "AD AE AL AM AR AT AU AZ BA BE BG BR BY CA CH CL CN CY CZ DE DK EE EG ES FI FO FR GB GE GI GR HK HR HU ID IE IL IN IS IT JP KR KZ LI LT LU LV MA MC MD ME MK MT MX MY NL NO NZ PE PH PL PT QA RO RS RU SA SE SG SI SK SM TH TN TR TW UA US VA VN XK ZA";

let names: Map<string, string> | undefined;

/** ISO 3166-1 alpha-2 of a code in any letter case or of a name in Czech, Slovak, English, German, Polish or Hungarian. */
export function countryCode(text: string): string | undefined {
  const trimmed = text.trim();
  names ??= nameTable();
  const known = names.get(trimmed);
  if (known !== undefined) return known;
  const upper = trimmed.toUpperCase();
  if (/^[A-Z]{2}$/.test(upper)) return names.get(fold(trimmed)) ?? (CODES.includes(upper) ? upper : undefined);
  const found = ISO3[upper] ?? names.get(fold(trimmed));
  if (found !== undefined && names.size < 5000) names.set(trimmed, found);
  return found;
}

function nameTable(): Map<string, string> {
  const table = new Map<string, string>();
  for (const language of LANGUAGES) {
    const display = new Intl.DisplayNames([language], { type: "region", fallback: "none" });
    for (const code of CODES.split(" ")) {
      const name = display.of(code);
      if (name !== undefined) table.set(fold(name), code);
    }
  }
  for (const [name, code] of Object.entries(INFORMAL)) table.set(name, code);
  return table;
}

/** Without case, diacritics and punctuation. */
function fold(name: string): string {
  return name
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/ł/g, "l")
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();
}
