// Fields of the published lists that are known and left out on purpose.

const LEADS_TO = "of what the reference leads to, whose code and name are read";
const PROGRAM = "what the program itself keeps of the record";
const AGAIN = "follows from the other amounts";
const ROUNDS = "how the program rounds; the amounts are stated";
const RATE = "the rate of a level once more";
const TEXT = "a text that is printed";
const BOOKS = "a setting of the books";
const STOCK = "a setting for the stock";
const INTRASTAT = "a statistical report";
const PARCELS = "parcels of the carrier";
const PRICE_LIST = "what the price list says";
const COPY = "whether the value is that of the document";
const CUSTOMER = "what the program knows of the customer beyond the document";
const REMINDER = "reminders and orders of payment";
const PAID = "stavUhrK and juhSum say what is paid";
const ADVANCES = "advances, whose items are deposits";
const VAT_REPORT = "a setting of the VAT reports";
const FILES = "files";

type Ignored = Readonly<Record<string, string>>;

/** @param names - with spaces between them */
function each(names: string, reason: string, above = ""): Ignored {
  return Object.fromEntries(names.split(" ").map((name) => [`${above}${name}`, reason]));
}

const everywhere: Ignored = {
  ...each("@version @source @rowCount @globalVersion", "of the file", "/winstrom/"),
  "**/@ref": "where the program has what is referred to",
  "**/@showAs": "the words for people; the code is read",
  "**/@removeAll": "whether the program has to replace the items that it has",
  "**/@filter": "whether the program has to change what it has",
  "**/@create": "whether the program has to create what it lacks",
  "**/@update": "whether the program has to change what it has",
};

/** Of every record of the program. */
const kept = "lastUpdate updatedBy createdBy createdDate zamekK uzivatel zodpOsoba uuid source external-ids";

const document: Ignored = {
  ...everywhere,
  ...each(kept, PROGRAM),
  ...each("typDokl mena firma stat faStat statDph formaDopravy formaUhradyCis", LEADS_TO),
  ...each("stredisko cinnost zakazka konSym", LEADS_TO),
  rada: "the series is in the number",
  bankovniUcet: "buc and iban state the account",
  ...each("sumZklCelkem sumZklCelkemMen sumNaklady", AGAIN),
  ...each("zaokrJakSumK zaokrNaSumK zaokrJakDphK zaokrNaDphK metodaZaokrDoklK vytvaretKorPol", ROUNDS),
  ...each("sazbaDphOsv sazbaDphSniz sazbaDphSniz2 sazbaDphZakl", RATE),
  ...each("uvodTxt zavTxt faktTxt", TEXT),
  ...each("pocetPriloh prilohy", FILES),
  ...each("balikPocet balikZacislovan balikVytvXml", PARCELS),
  ...each("eanKod faEanKod faNazev2 region faRegion kontaktOsoba mistUrc", CUSTOMER),
  ...each("cisSml cisDodak smlouva", "contracts, offers and delivery notes"),
  vazby: "links between documents",
};

const item: Ignored = {
  ...each(`${kept} autogen stavUzivK poplatekParentPolObch poplatekParentPolFak`, PROGRAM),
  ...each("cenik mj", LEADS_TO),
  ...each("mena datVyst storno slevaDokl doklObch doklFak prodejka", "of the document"),
  ...each("nazevA nazevB nazevC", "the name in other languages"),
  ...each("baleniId mnozBaleni objem mjObjem", "packing"),
  ...each("cenJednotka cenaMjNakup cenaMjProdej cenaMjCenikTuz cenHlad typVypCenyK procZakl", PRICE_LIST),
  ...each("slevaMnoz marze prirazka minMarze typVypoctuHlidatMinK vyrobce dodavatel", PRICE_LIST),
  ...each("zaokrJakK zaokrNaK", ROUNDS),
  ...each("sazbaDph sazbaDphPuv", RATE),
  ...each("objednatK rezervovat rezervovatMj objednanoMj neseskupovatObj sklad stavSkladu rezervovano", STOCK),
  ...each("mnozMjPlan mnozMjReal mnozMjZbyva datTermin zdrojProSkl vyrobniCislaOk vyrobniCisla", STOCK),
  ...each("sarze expirace datTrvan datVyroby", STOCK),
  ...each("stredisko cinnost zakazka stitky ucetni datUcto typUcOp", BOOKS),
  ...each("zklMdUcet zklDalUcet dphMdUcet dphDalUcet skupPlneni", BOOKS),
  ...each("kopZakazku kopStred kopCinnost kopKlice kopDatTermin kopZklMdUcet kopZklDalUcet", COPY),
  ...each("kopDphMdUcet kopDphDalUcet kopTypUcOp kopClenDph kopDatUcto kopEkokom kopClenKonVykDph", COPY),
  ...each("clenDph clenKonVykDph ekokomK ciselnyKodZbozi druhZbozi", VAT_REPORT),
  sumVedlNaklIntrMen: INTRASTAT,
  idPolObchZdroj: "which item of which order it comes from",
  cisRad: "the order of the file says it",
};

function itemsOf(items: readonly string[]): Ignored {
  return Object.fromEntries(
    items.flatMap((path) => Object.entries(item).map(([name, reason]) => [`${path}/${name}`, reason])),
  );
}

export function ignoredOfOrders(items: readonly string[]): Ignored {
  return {
    ...document,
    ...itemsOf(items),
    ...each("datReal", "when the order was fulfilled"),
    ...each("procReal stavDoklObch", "how much of the order can be fulfilled"),
    ...each("faktSouhrn typDoklNabFak skladCil", "how the program goes on with the order"),
  };
}

export function ignoredOfInvoices(items: readonly string[]): Ignored {
  return {
    ...document,
    ...itemsOf(items),
    ...each("datObj datTermin datReal", "of the order"),
    ...each("ucetni zuctovano vyloucitSaldo primUcet protiUcet dphZaklUcet dphSnizUcet dphSniz2Ucet", BOOKS),
    ...each("typDoklSkl generovatSkl zdrojProSkl", STOCK),
    ...each("clenDph uzpTuzemsko clenKonVykDph ekokomK", VAT_REPORT),
    typUcOp: LEADS_TO,
    ...each("smerKod banSpojDod", CUSTOMER),
    ...each("statOdesl statUrc statPuvod dodPodm obchTrans druhDopr zvlPoh krajUrc", INTRASTAT),
    ...each("datUp1 datUp2 datSmir datPenale podpisPrik prikazSum prikazSumMen stavUzivK", REMINDER),
    ...each("juhDat juhDatMen juhSumPp juhSumPpMen sumPrepl sumPreplMen", PAID),
    ...each("stavUhrK zbyvaUhradit zbyvaUhraditMen", PAID),
    ...each("sumZalohy sumZalohyMen stavOdpocetK sumCelkemBezZaloh sumCelkemBezZalohMen odpocAuto", ADVANCES),
    zaokrouhlitPoOdpoctu: ROUNDS,
    hromFakt: "whether it is one of many",
    prodejka: "whether it was sold over the counter",
    stavMailK: "whether it was sent by e-mail",
    dobropisovano: "what was credited later",
    uhrady: "payments one by one",
  };
}
