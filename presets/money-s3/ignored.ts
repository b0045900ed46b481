// Places of __Objedn.xsd, __Faktura.xsd and __Firma.xsd that are known and left out on purpose.

const CARD = "the card of the goods, of which code, EAN, name and unit are read";
const BOOKS = "a setting of the books";
const SERIES = "series and number make up Doklad";
const INTRASTAT = "a statistical report";
const CARRIER = "a setting for the carrier";
const ESHOP = "a setting of the connector";
const TEXT = "a text that is printed";
const FILES = "files";
const MARKS = "marks in Money";
const OWN = "fields of the user's own: name those that you need with customize()";
const STATE = "how much of it Money has done so far";
const UNIT = "a price of one piece, as Cena is";
const SCHEME = "special regimes, such as that of used goods";
const CUSTOMER = "what Money knows of the customer beyond the document";
const FIRM = "what Money knows of its own firm beyond the document";
const STAMP = "who issued the document in Money, and when";

type Ignored = Readonly<Record<string, string>>;

function each(above: string, names: readonly string[], reason: string): Ignored {
  return Object.fromEntries(names.map((name) => [`${above}${name}`, reason]));
}

function party(at: string): Ignored {
  return each(
    `${at}/`,
    [
      ...["GUID", "Tel", "Fax", "Mobil", "EMailKopie", "EMailSkryt", "WWW", "KodPartn", "DICSK", "PlatceDPH"],
      ...["Banka", "Ucet", "KodBanky", "VSymb", "SpecSym", "ISDOC", "eshop", "SeznamProvozoven"],
      ...["SeznamBankSpojeni", "Vlajky", "SpisovaZnacka"],
    ],
    CUSTOMER,
  );
}

/** Of lines of orders and invoices; proformas have those of orders. */
function lineOf(at: string): Ignored {
  return {
    ...each(`${at}/SouhrnDPH/`, ["Zaklad_MJ", "DPH_MJ", "Valuty/Zaklad_MJ", "Valuty/DPH_MJ"], UNIT),
    ...each(`${at}/`, ["Stredisko", "Zakazka", "Cinnost", "KodDPH", "Predkontac", "RezimEET", "CenovaHlad"], BOOKS),
    ...each(`${at}/`, ["Vystaveno", "VyriditNej", "Vyridit_do", "Vyrizeno", "ZbyvaMJ", "SeznamVazeb"], STATE),
    ...each(`${at}/`, ["KodStatuPuv", "TypTransakce", "Hmotnost"], INTRASTAT),
    ...each(`${at}/`, ["ZvlRezim", "ZvlDPH"], SCHEME),
    [`${at}/PredPC`]: "what the goods cost the shop",
    [`${at}/PredmPln`]: "kind of goods in the return of the reverse charge",
    [`${at}/Sklad`]: "store of the goods",
    [`${at}/SeznamVC`]: "serial numbers",
    [`${at}/Slozeni`]: "parts of a set, which is a line of its own",
    [`${at}/UzivatelskaPole`]: OWN,
    [`${at}/KmKarta`]: CARD,
    // The same again of an invoice's line of stock.
    [`${at}/SklPolozka`]: "the movement of the stock, with the amounts of the line again",
    ...each(
      `${at}/NesklPolozka/`,
      ["UzivCode", "TypZarDoby", "ZarDoba", "PredPC", "Hmotnost", "PredmPln", "VyrobniCis", "DatExp", "DatNakupu"],
      "of goods without a card",
    ),
    [`${at}/NesklPolozka/Dodavatel`]: "of goods without a card",
    ...each(
      `${at}/NesklPolozka/`,
      ["Protizapis", "PlnenoDPH", "KonecOdpocet", "ZdanZaloha"],
      "how Money books advances",
    ),
  };
}

const common: Ignored = {
  ...each("/MoneyData/", ["@ICAgendy", "@KodAgendy", "@HospRokOd", "@HospRokDo", "@GUID"], "whose file it is"),
  ...each("/MoneyData/", ["@description", "@ExpZkratka", "@ExpDate", "@ExpTime", "@VyberZaznamu"], "of the export"),
  "/MoneyData/@messageID": "of the export",
  ...party("DodOdb"),
  ...party("KonecPrij"),
  ...each(
    "MojeFirma/",
    [
      ...["Adresa", "Tel", "Fax", "Mobil", "WWW", "KodPartn", "FyzOsoba", "SpisovaZnacka", "MenaSymb"],
      "SeznamBankSpojeni",
    ],
    FIRM,
  ),
  "SouhrnDPH/SeznamDalsiSazby/DalsiSazba/Popis": "the name of a rate",
  "Valuty/SouhrnDPH/SeznamDalsiSazby/DalsiSazba/Popis": "the name of a rate",
  ZpVypDPH: "how Money calculates; the amounts are stated",
  Vystavil: STAMP,
  ...each("", ["TypTransakce", "DodaciPodm", "DruhDopravy", "StOdeslUrc"], INTRASTAT),
  ...each("", ["Pojisteno", "Prepravce", "TypZasilky", "Prepr_Vyplatne", "Prepr_UhradaDobirky"], CARRIER),
  ...each("", ["Prepr_Trida", "Prepr_SeznamSluzeb"], CARRIER),
  ...each("eshop/", ["IN_Export", "IN_Changed", "IN_ReqStor", "IN_ShopID"], ESHOP),
  Vlajky: MARKS,
  Dokumenty: FILES,
  UzivatelskaPole: OWN,
};

export const ignoredOfOrders: Ignored = {
  ...common,
  ...lineOf("Polozka"),
  ...each("", ["DRada", "DCislo"], SERIES),
  ...each("", ["TextPredPo", "TextZaPol", "Nadpis"], TEXT),
  ...each("", ["CasVystave", "DatumVysta"], STAMP),
  ...each("", ["NeRezervov", "PevneCeny", "NeVyrizova", "VyriditNej"], "a setting for the stock"),
  ...each("", ["SizDecDPH", "SizDecCelk"], "how Money rounds; the amounts are stated"),
  ZkratkaTyp: "the user's own type of the document",
  ZobrPoznVy: "a setting of Money's windows",
};

export const ignoredOfInvoices: Ignored = {
  ...common,
  ...lineOf("SeznamPolozek/Polozka"),
  ...lineOf("SeznamZalPolozek/Polozka"),
  ...each("", ["Rada", "CisRada"], SERIES),
  ...each("", ["TextZaFa", "TextPredDL", "TextZaDL"], TEXT),
  ...each("", ["VyriditNej", "Vyridit_do", "Vyrizeno", "DatSkPoh"], "of the stock"),
  ...each("", ["UDoklad", "PrikUhrady", "PriUhrZbyv", "ValutyProp"], "Uhrazeno and Proplatit say what is paid"),
  SeznamUhrad: "payments one by one; Uhrazeno and Proplatit say what is paid",
  SeznamNepPlateb: "payments by vouchers and cards, one by one",
  ...each("", ["DateUpom1", "DateUpom2", "DateUpomL"], "reminders"),
  ...each("", ["SumZaloha", "SumZalohaC", "Vyuctovano"], "advances, whose lines are deposits"),
  ...each("", ["DopravTuz", "DopravZahr", "DatumITS"], INTRASTAT),
  ...each("", ["ZpusobUctovani", "UcelZdPl", "PlnenDPH"], BOOKS),
  PrijatDokl: "of received invoices, which are not read",
  Doruceno: "when the customer got a credit note",
  Typ: "the user's own type of the document",
  ...each("", ["iDokladID", "iDoklAgend", "Import"], "of the service iDoklad"),
  ...each("eshop/", ["IN_YesStor", "IN_Poznamk"], ESHOP),
  ...each("SeznamVazeb/Vazba/", ["PodTyp", "Doklad"], "more of a document that a number names"),
};
