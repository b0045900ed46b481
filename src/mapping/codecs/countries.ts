/**
 * ISO 3166-1: alpha-2 and alpha-3 of each country, without a space between them; and XK, by which Kosovo goes.
 *
 * @see https://www.iso.org/obp/ui/#search (checked against the npm package i18n-iso-countries 7, 2026-11-24)
 */
const ISO_CODES =
  "ADAND AEARE AFAFG AGATG AIAIA ALALB AMARM AOAGO AQATA ARARG ASASM ATAUT AUAUS AWABW AXALA AZAZE BABIH BBBRB " +
  "BDBGD BEBEL BFBFA BGBGR BHBHR BIBDI BJBEN BLBLM BMBMU BNBRN BOBOL BQBES BRBRA BSBHS BTBTN BVBVT BWBWA BYBLR " +
  "BZBLZ CACAN CCCCK CDCOD CFCAF CGCOG CHCHE CICIV CKCOK CLCHL CMCMR CNCHN COCOL CRCRI CUCUB CVCPV CWCUW CXCXR " +
  "CYCYP CZCZE DEDEU DJDJI DKDNK DMDMA DODOM DZDZA ECECU EEEST EGEGY EHESH ERERI ESESP ETETH FIFIN FJFJI FKFLK " +
  "FMFSM FOFRO FRFRA GAGAB GBGBR GDGRD GEGEO GFGUF GGGGY GHGHA GIGIB GLGRL GMGMB GNGIN GPGLP GQGNQ GRGRC GSSGS " +
  "GTGTM GUGUM GWGNB GYGUY HKHKG HMHMD HNHND HRHRV HTHTI HUHUN IDIDN IEIRL ILISR IMIMN ININD IOIOT IQIRQ IRIRN " +
  "ISISL ITITA JEJEY JMJAM JOJOR JPJPN KEKEN KGKGZ KHKHM KIKIR KMCOM KNKNA KPPRK KRKOR KWKWT KYCYM KZKAZ LALAO " +
  "LBLBN LCLCA LILIE LKLKA LRLBR LSLSO LTLTU LULUX LVLVA LYLBY MAMAR MCMCO MDMDA MEMNE MFMAF MGMDG MHMHL MKMKD " +
  "MLMLI MMMMR MNMNG MOMAC MPMNP MQMTQ MRMRT MSMSR MTMLT MUMUS MVMDV MWMWI MXMEX MYMYS MZMOZ NANAM NCNCL NENER " +
  "NFNFK NGNGA NINIC NLNLD NONOR NPNPL NRNRU NUNIU NZNZL OMOMN PAPAN PEPER PFPYF PGPNG PHPHL PKPAK PLPOL PMSPM " +
  "PNPCN PRPRI PSPSE PTPRT PWPLW PYPRY QAQAT REREU ROROU RSSRB RURUS RWRWA SASAU SBSLB SCSYC SDSDN SESWE SGSGP " +
  "SHSHN SISVN SJSJM SKSVK SLSLE SMSMR SNSEN SOSOM SRSUR SSSSD STSTP SVSLV SXSXM SYSYR SZSWZ TCTCA TDTCD TFATF " +
  "TGTGO THTHA TJTJK TKTKL TLTLS TMTKM TNTUN TOTON TRTUR TTTTO TVTUV TWTWN TZTZA UAUKR UGUGA UMUMI USUSA UYURY " +
  "UZUZB VAVAT VCVCT VEVEN VGVGB VIVIR VNVNM VUVUT WFWLF WSWSM XKXKX YEYEM YTMYT ZAZAF ZMZMB ZWZWE";

/** Codes and names that people use and that no list of country names has; written without diacritics. */
const INFORMAL: Readonly<Record<string, string>> = {
  CZ: "ceska republika, ceska rep, cesko, cechy, czech republic, czech rep, czechia, tschechien, tschechische republik, czechy, republika czeska, csehorszag",
  SK: "slovenska republika, slovenska rep, slovensko, slovak republic, slovakia, slowakei, slowakische republik, slowacja, szlovakia",
  PL: "polska, polska republika, polsko, poland, polen, lengyelorszag",
  DE: "nemecko, spolkova republika nemecko, srn, nsr, germany, deutschland, niemcy, nemetorszag",
  AT: "rakousko, rakusko, austria, osterreich, oesterreich, ausztria",
  HU: "madarsko, hungary, ungarn, wegry, magyarorszag",
  NL: "holandsko, nizozemi, holland, the netherlands, holandia, hollandia",
  GB: "uk, eng, anglie, anglicko, england, skotsko, scotland, wales, severni irsko, northern ireland, great britain, britain, velka britanie, velka britania, spojene kralovstvi, anglia, nagy britannia, grossbritannien, wielka brytania",
  US: "usa, u s a, us of a, spojene staty, spojene staty americke, united states of america, amerika, america, stany zjednoczone",
  GR: "el, recko, hellas",
  IE: "irsko, republic of ireland, eire",
  RU: "rusko, ruska federace, ruska federacia, russian federation",
  TR: "turecko, turkey, turkei, turcja, torokorszag",
  MK: "makedonie, macedonsko, macedonia, mazedonien, fyrom",
  MD: "moldavsko, moldova, moldavia",
  BY: "belorusko, bielorusko, belarus, weissrussland",
  BA: "bosna, bosna a hercegovina, bosnia",
  XK: "kosovo",
  VA: "vatikan, vatican, vatican city",
  CN: "cina, china, peoples republic of china",
  HK: "hongkong, hong kong",
  TW: "tchaj wan, taiwan",
  KR: "jizni korea, juzna korea, south korea, korea",
  AE: "spojene arabske emiraty, sae, uae",
  CI: "pobrezi slonoviny, ivory coast",
  CG: "kongo",
  CV: "kapverdy, cape verde",
  MM: "barma, burma",
};

/** What Czechs and Slovaks write for their own countries, and ISO for others. */
const OWN: ReadonlyMap<string, string> = new Map([
  ["CR", "CZ"],
  ["SR", "SK"],
]);

const LANGUAGES = ["cs", "sk", "en", "de", "pl", "hu"];

let codes: ReadonlyMap<string, string> | undefined;
let names: ReadonlyMap<string, string> | undefined;

/**
 * ISO 3166-1 alpha-2 of a code of two or three letters in any letter case, or of a name in Czech, Slovak, English, German,
 * Polish or Hungarian. Diacritics, letter case and punctuation do not count.
 *
 * @param home - country of the shop: to Czechs and Slovaks, `CR` and `SR` are their own countries; elsewhere they are
 * Costa Rica and Suriname. `ČR` is Czechia everywhere.
 */
export function countryCode(text: string, home: string): string | undefined {
  const upper = text.trim().toUpperCase();
  if (home === "CZ" || home === "SK") {
    const own = OWN.get(upper);
    if (own !== undefined) return own;
  }
  codes ??= codeTable();
  const known = codes.get(upper);
  if (known !== undefined) return known;
  names ??= nameTable();
  const name = folded(text);
  return names.get(name) ?? OWN.get(name.toUpperCase());
}

function codeTable(): Map<string, string> {
  const table = new Map<string, string>();
  for (const pair of ISO_CODES.split(" ")) {
    const code = pair.slice(0, 2);
    table.set(code, code).set(pair.slice(2), code);
  }
  return table;
}

/** Built when a name turns up, since it takes some milliseconds. */
function nameTable(): Map<string, string> {
  const table = new Map<string, string>();
  for (const [code, list] of Object.entries(INFORMAL)) for (const name of list.split(", ")) table.set(name, code);
  for (const language of LANGUAGES) {
    const display = new Intl.DisplayNames([language], { type: "region", fallback: "none" });
    for (const pair of ISO_CODES.split(" ")) {
      const code = pair.slice(0, 2);
      const name = display.of(code);
      if (name !== undefined && !table.has(folded(name))) table.set(folded(name), code);
    }
  }
  return table;
}

const UNDIVIDED: ReadonlyMap<string, string> = new Map([
  ["ł", "l"],
  ["ø", "o"],
  ["đ", "d"],
  ["ß", "ss"],
]);

/** Without letter case, diacritics and punctuation. */
function folded(name: string): string {
  return name
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[łøđß]/g, (letter) => UNDIVIDED.get(letter) ?? letter)
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();
}
