/**
 * Tag names that Czech, Slovak, English and German exports use, by what they mean. Written as {@link fold} makes them:
 * without letter case, diacritics, underscores, dashes and points. The first of a list is the surest.
 */
export type Synonyms = Readonly<Record<string, readonly string[]>>;

/** Elements that are one order or invoice. */
const record = words(`
  order ord objednavka objednavky bestellung auftrag objprij objednavkaprijata salesorder purchaseorder
  invoice faktura faktury fakturavydana faktvyd rechnung doklad dokument document dobropis
`);

/** Elements that are one line of an order. */
const item = words(`
  item items orderitem orderrow orderline invoiceitem invoicerow row line lineitem polozka polozky artikel position
  product produkt produkty zbozi tovar orderdetail detail
`);

/** Elements that only group others, so that a name below them means the same as without them. */
const neutral = words(`
  header head orderheader invoiceheader hlavicka hlavickaobjednavky kopf kopfdaten info information general basic base
  data detail details orderdetails orderinfo summary souhrn suhrn address adresa adresse partneridentity contact kontakt
  kontaktdaten contactinfo values attributes associations
`);

/** Elements and beginnings of names that say whose address it is. */
const billing = words(`
  billing billingaddress invoiceaddress fakturacni fakturacniadresa fakturacneudaje fakturacniudaje fakturacna
  fakturacnaadresa rechnungsadresse rechnungsanschrift faktadresa obchadresa invoicing bill billto inv
`);
const shipping = words(`
  shipping shippingaddress delivery deliveryaddress shiptoaddress shipto dodaci dodaciadresa dodacie dodacieudaje
  dodaciudaje dodacia dodaciaadresa dorucovaci dorucovaciadresa lieferadresse lieferanschrift konecprij ship prijemce
  dorucovacia
`);
const party = words(`
  customer client buyer user purchaser partner odberatel zakaznik zakaznikudaje kupujici kupujuci kunde kaufer kaeufer
  besteller dododb subscriber person osoba
`);

/** Containers of what shipping and payment cost. */
const carrier = words(`
  shipping delivery transport carrier postage doprava dopravce dopravca zpusobdopravy sposobdopravy shippingmethod
  deliverymethod versand versandart lieferung postovne deliverytype shippinginfo
`);
const payment = words(`
  payment paymentmethod paymenttype platba zpusobplatby sposobplatby uhrada zahlung zahlungsart bezahlung platpodm
  paymentinfo paid
`);

/** Fields of the order itself. */
const order: Synonyms = {
  number: words(`
    ordernumber numberorder orderno ordernum cisloobjednavky objednavkacislo cisloobj bestellnummer
    auftragsnummer cislo number reference doklad cislodokladu code orderid idorder id variablesymbol
  `),
  externalId: words(`externalid internalid idorder orderid id guid uuid`),
  variableSymbol: words(`variablesymbol variabilnisymbol variabilnysymbol varsymbol symvar varsym vs`),
  createdAt: words(`
    createdat created ordercreated creationtime creationdate datecreated dateadd orderdate dateorder datumobjednavky
    datumvytvoreni datumvytvorenia vytvoreno vytvorene vystaveno bestelldatum bestelldatumdatum auftragsdatum datetime date datum
    timestamp time cas
  `),
  status: words(`
    orderstatus status state stav stavobjednavky orderstate statusname statename currentstate zustand bestellstatus
    stavnazev statename
  `),
  currency: words(`
    currencycode currency ordercurrency mena menakod kodmeny wahrung waehrung currencyiso curr isocurrency
    currencyids mnt
  `),
  exchangeRate: words(`exchangerate currencyrate conversionrate kurz kurs wechselkurs currencyexchangerate`),
  gross: words(`
    totalpricewithvat totalwithvat totalincldvat totalinclvat totalvat totalpaidtaxincl orderpricewithvat pricewithvat
    celkemsdph cenacelkemsdph celkovacenasdph spolusdph totalgross grosstotal gesamtbrutto bruttobetrag summebrutto
    topay amounttopay kuhrade uhradit ordertotal totalprice totalamount grandtotal celkem celkom
    spolu gesamtpreis gesamtbetrag gesamtsumme endbetrag total price amount cena castka suma
  `),
  net: words(`
    totalpricewithoutvat totalwithoutvat totalexclvat totalpaidtaxexcl orderpricewithoutvat pricewithoutvat
    celkembezdph cenacelkembezdph celkovacenabezdph spolubezdph totalnet nettotal gesamtnetto nettobetrag summenetto
    zakladdph subtotal
  `),
  vat: words(`totalvatamount vattotal totaltax ordertax taxtotal dphcelkem celkemdph vyskadph gesamtmwst steuerbetrag`),
  discount: words(
    `discount totaldiscounts totaldiscountstaxincl cartdiscount gesamtrabatt rabatt sleva slevacelkem zlava`,
  ),
  rounding: words(`rounding zaokrouhleni zaokruhlenie rundung roundingamount orderpricerounding`),
  customerNote: words(`
    customernote customernotes customercomment comment comments buyernote poznamkazakaznika vzkaz message remark remarks
    note notes poznamka bemerkung kommentar
  `),
  internalNote: words(
    `internalnote internalnotes shopnote shopremark adminnote intnote internipoznamka poznamkaobchodu interne`,
  ),
  shippingMethod: words(`
    shippingname shippingmethod shippingmethodtitle shippingtitle deliveryname deliverymethod postagename carriername
    carrierids transportname zpusobdopravy sposobdopravy dopravanazev nazevdopravy nazovdopravy nazevpostovne
    versandart lieferart shippingtype deliverytype doprava dopravce dopravca carrier shipping delivery versand
  `),
  shippingGross: words(`
    shippingpricewithvat shippingpricevat deliverypricewithvat totalshippingtaxincl postageprice shippingprice
    deliveryprice carrierprice cenadopravy dopravacena dopravacenasdph postovnecena postovne shippingcost shippingcosts
    deliverycost lieferkosten versandkosten ordershipping transportprice postage shippingamount
    shippingtotal dopravasdph
  `),
  shippingNet: words(`
    shippingpricewithoutvat deliverypricewithoutvat totalshippingtaxexcl dopravacenabezdph cenadopravybezdph
    dopravabezdph shippingpricenet
  `),
  shippingVat: words(`shippingvat shippingvatrate shippingtaxrate carriertaxrate deliveryvat dopravadph postagetax`),
  pickupPoint: words(
    `pickuppoint pickuppointid branch branchid packetabranchid vydejnimisto vydajnemiesto pobocka pobockaid`,
  ),
  trackingNumber: words(`trackingnumber packagenumber tracking cislobaliku cislozasielky cislozasilky sendungsnummer`),
  paymentMethod: words(`
    paymentname paymentmethod paymentmethodtitle paymenttype paymenttitle paidname paymenttypeids zpusobplatby
    sposobplatby platbanazev nazevplatby nazovplatby nazevplatba zpusobuhrady formauhrady zahlungsart zahlungart
    platpodm platba uhrada payment zahlung
  `),
  paymentGross: words(`
    paymentpricewithvat paymentpricevat paidprice paymentprice paymentfee cenaplatby platbacena platbacenasdph
    castkaplatba paymentcost zahlungsartkosten zahlungkosten paymentsurcharge doberecne
  `),
  paymentNet: words(`paymentpricewithoutvat platbacenabezdph cenaplatbybezdph paymentpricenet`),
  paymentVat: words(`paymentvat paymentvatrate paymenttaxrate platbadph paidtax`),
  paid: words(`paid ispaid zaplaceno zaplatene uhrazeno uhradene bezahlt paymentstatus paymentpaid`),
};

/** Fields of an invoice beyond those of an order. */
const invoice: Synonyms = {
  invoiceNumber: words(`invoicenumber numberinvoice invoiceno invoiceid cislofaktury fakturacislo rechnungsnummer`),
  issuedOn: words(`invoicedate issuedate dateissued datumvystaveni datumvystavenia datumfaktury rechnungsdatum`),
};

/** Parts of an address and of a customer. */
const address: Synonyms = {
  name: words(
    `name fullname jmenoaprijmeni menoapriezvisko jmenoprijmeni jmeno meno nazev nazov personname contactname kontaktnaosoba fio`,
  ),
  firstName: words(`firstname vorname jmeno meno krestnijmeno krstnemeno givenname`),
  lastName: words(`lastname surname nachname prijmeni priezvisko familyname`),
  company: words(
    `company companyname firma firmenname spolecnost spolocnost nazevfirmy nazovfirmy obchnazev faktnazev organization`,
  ),
  street: words(
    `street streetname address1 addressline1 ulice ulica ulicecislo strasse strase address adresa street1 addressstreet`,
  ),
  houseNumber: words(`housenumber streetnumber cislopopisne cislodomu popisnecislo hausnummer hausnr cp houseno`),
  city: words(`city town mesto obec misto ort stadt locality`),
  zip: words(`zip zipcode postcode postalcode psc plz postleitzahl postzip`),
  country: words(`countrycode country countryid countryiso stat krajina zeme land kodstatu countryids statkod`),
  email: words(`email mail emailaddress eposta customeremail kontaktemail useremail`),
  phone: words(`phone telephone tel telefon mobile mobil mobilphone phonenumber telnumber telcislo handy phonemobile`),
  companyId: words(`companyid ico companyregnumber regnumber identificationnumber companynumber dni siret ic icocislo`),
  vatId: words(`vatid dic vatnumber taxregnumber vatregnumber icdph ustid ustidnr vatidentification dicdph`),
};

/** Fields of a line. */
const line: Synonyms = {
  code: words(`
    code sku productcode itemcode productnumber productreference artikelnummer artikelnr katalog kodzbozi kodproduktu
    kodtovaru kod catalognumber catalogue stockcode variantcode itemid productid reference cislozbozi plu
    stockitemids kmkartakatalog
  `),
  ean: words(`ean ean13 barcode carovykod ciarovykod gtin upc productean13`),
  name: words(`
    name productname itemname title nazev nazov nazevzbozi nazevproduktu bezeichnung artikelname popis text description
    product produkt zbozi tovar artikel
  `),
  variant: words(`variant variantname varianta attributes provedeni`),
  quantity: words(`
    quantity qty amount count pieces pcs productquantity pocet pocetks mnozstvi mnozstvo pocetmj ks kusu anzahl menge
    orderedquantity itemcount
  `),
  unit: words(`unit unitname mj jednotka mernajednotka einheit packageunit`),
  vatRate: words(`
    vatrate vat taxrate tax dph sazbadph sadzbadph ratevat percentvat vatpercent dphsazba steuersatz mwst mwstsatz
    unitpricevatrate taxpercent vatpercentage
  `),
  unitGross: words(`
    unitpricewithvat pricewithvat priceinclvat priceincldvat priceincvat unitpricetaxincl priceperunitwithvat unitpricevat
    pricevat cenasdph jednotkovacenasdph cenajednsdph cenazakussdph grossprice pricegross bruttopreis einzelpreisbrutto
    preis priceinclusive priceincltax unitpricegross
  `),
  unitNet: words(`
    unitpricewithoutvat pricewithoutvat priceexclvat priceexcvat unitpricetaxexcl cenabezdph jednotkovacenabezdph
    cenajednbezdph netprice pricenet nettopreis einzelpreisnetto priceexcltax unitpricenet
  `),
  /** Prices that do not say whether VAT is in them. */
  unitUnsure: words(`
    unitprice price itemprice priceperunit cena cenaks cenazaks jednotkovacena cenazakus jednotkovacena einzelpreis
    stueckpreis stuckpreis homecurrencyunitprice
  `),
  totalGross: words(`
    totalpricewithvat totalwithvat linetotalwithvat celkemsdph cenacelkemsdph totalpricevat totalpricetaxincl
    gesamtbrutto spolusdph
  `),
  totalNet: words(`
    totalpricewithoutvat totalwithoutvat linetotalwithoutvat celkembezdph cenacelkembezdph totalpricetaxexcl gesamtnetto
    spolubezdph
  `),
  discount: words(`discountpercent discountpercentage percentdiscount sleva slevaprocent zlava zlavapercent rabatt`),
  weight: words(`weight hmotnost vaha gewicht`),
};

/** Words for what has become of an order, and the status that they stand for. */
const statuses: Readonly<Record<string, readonly string[]>> = {
  new: words(`new nova nove novy pending created neu offen prijata prijato prijate`),
  processing: words(`processing vyrizujese zpracovavase spracovavasa vpriprave inbearbeitung bearbeitung`),
  paid: words(`paid zaplaceno zaplacena zaplatene zaplatena bezahlt uhrazeno`),
  shipped: words(`shipped sent odeslano odeslana odoslane odoslana versandt expedovano expedovana`),
  done: words(`done completed complete finished vyrizeno vyrizena vybavene vybavena dokonceno abgeschlossen closed`),
  cancelled: words(`cancelled canceled storno stornovano stornovana stornovane zruseno zrusena zrusene storniert`),
  returned: words(`returned refunded vraceno vracena vratene vratena retourniert`),
};

export const synonyms = {
  record,
  item,
  neutral,
  billing,
  shipping,
  party,
  carrier,
  payment,
  order,
  invoice,
  address,
  line,
  statuses,
};

/** `Číslo_Objednávky` → `cisloobjednavky`. */
export function fold(name: string): string {
  return name
    .replaceAll("ß", "ss")
    .normalize("NFD")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, "");
}

/** Whether orders or invoices have this name. */
export function meansRecord(name: string): boolean {
  return record.includes(fold(name));
}

/** Whether lines of orders have this name. */
export function meansItem(name: string): boolean {
  return item.includes(fold(name));
}

function words(text: string): readonly string[] {
  return text.trim().split(/\s+/);
}
