/** How invoices are worded, and numbers and dates written, in one language. */
export interface Language {
  readonly invoice: string;
  /** What the buyer's country is called. */
  readonly germany: string;
  readonly number: string;
  readonly issueDate: string;
  readonly dueDate: string;
  readonly order: string;
  readonly costCentre: string;
  readonly billTo: string;
  readonly description: string;
  readonly quantity: string;
  readonly unitPrice: string;
  readonly amount: string;
  readonly net: string;
  readonly tax: string;
  readonly gross: string;
  readonly taxId: string;
  readonly bank: string;
  readonly page: (page: number, pages: number) => string;
  readonly thanks: string;
  /** Whether a currency sign stands before the amount. */
  readonly signFirst: boolean;
  readonly decimal: string;
  readonly thousands: string;
  readonly date: (year: string, month: string, day: string) => string;
}

const monthsEnglish = "January February March April May June July August September October November December".split(
  " ",
);
const noBreakSpace = "\u00a0";
const slashed = (year: string, month: string, day: string) => `${day}/${month}/${year}`;
const dotted = (year: string, month: string, day: string) => `${day}.${month}.${year}`;

export const languages = {
  de: {
    invoice: "Rechnung",
    germany: "Deutschland",
    number: "Rechnungsnummer",
    issueDate: "Rechnungsdatum",
    dueDate: "Zahlbar bis",
    order: "Bestellnummer",
    costCentre: "Kostenstelle",
    billTo: "Rechnung an",
    description: "Beschreibung",
    quantity: "Menge",
    unitPrice: "Einzelpreis",
    amount: "Betrag",
    net: "Nettobetrag",
    tax: "USt.",
    gross: "Gesamtbetrag",
    taxId: "USt-IdNr.",
    bank: "Bankverbindung",
    page: (page, pages) => `Seite ${page} von ${pages}`,
    thanks: "Bitte überweisen Sie den Gesamtbetrag unter Angabe der Rechnungsnummer. Vielen Dank für Ihren Auftrag.",
    signFirst: false,
    decimal: ",",
    thousands: ".",
    date: dotted,
  },
  en: {
    invoice: "Invoice",
    germany: "Germany",
    number: "Invoice number",
    issueDate: "Invoice date",
    dueDate: "Due date",
    order: "Purchase order",
    costCentre: "Cost centre",
    billTo: "Bill to",
    description: "Description",
    quantity: "Qty",
    unitPrice: "Unit price",
    amount: "Amount",
    net: "Subtotal",
    tax: "VAT",
    gross: "Total",
    taxId: "VAT no.",
    bank: "Payment details",
    page: (page, pages) => `Page ${page} of ${pages}`,
    thanks: "Please quote the invoice number with your payment. Thank you for your business.",
    signFirst: true,
    decimal: ".",
    thousands: ",",
    date: (year, month, day) => `${Number(day)} ${monthsEnglish[Number(month) - 1]} ${year}`,
  },
  fr: {
    invoice: "Facture",
    germany: "Allemagne",
    number: "Facture n°",
    issueDate: "Date de facture",
    dueDate: "Échéance",
    order: "Bon de commande",
    costCentre: "Centre de coûts",
    billTo: "Facturé à",
    description: "Désignation",
    quantity: "Quantité",
    unitPrice: "Prix unitaire",
    amount: "Montant",
    net: "Total HT",
    tax: "TVA",
    gross: "Total TTC",
    taxId: "N° TVA",
    bank: "Coordonnées bancaires",
    page: (page, pages) => `Page ${page} sur ${pages}`,
    thanks: "Merci d'indiquer le numéro de facture lors de votre règlement.",
    signFirst: false,
    decimal: ",",
    thousands: noBreakSpace,
    date: slashed,
  },
  es: {
    invoice: "Factura",
    germany: "Alemania",
    number: "Factura núm.",
    issueDate: "Fecha de factura",
    dueDate: "Vencimiento",
    order: "Número de pedido",
    costCentre: "Centro de coste",
    billTo: "Cliente",
    description: "Descripción",
    quantity: "Cantidad",
    unitPrice: "Precio unitario",
    amount: "Importe",
    net: "Base imponible",
    tax: "IVA",
    gross: "Total factura",
    taxId: "NIF-IVA",
    bank: "Datos bancarios",
    page: (page, pages) => `Página ${page} de ${pages}`,
    thanks: "Rogamos indiquen el número de factura en la transferencia. Gracias por su confianza.",
    signFirst: false,
    decimal: ",",
    thousands: ".",
    date: slashed,
  },
  it: {
    invoice: "Fattura",
    germany: "Germania",
    number: "Fattura nr.",
    issueDate: "Data fattura",
    dueDate: "Scadenza",
    order: "Numero ordine",
    costCentre: "Centro di costo",
    billTo: "Spettabile",
    description: "Descrizione",
    quantity: "Quantità",
    unitPrice: "Prezzo unitario",
    amount: "Importo",
    net: "Imponibile",
    tax: "IVA",
    gross: "Totale fattura",
    taxId: "Partita IVA",
    bank: "Coordinate bancarie",
    page: (page, pages) => `Pagina ${page} di ${pages}`,
    thanks: "Si prega di indicare il numero della fattura nella causale. È stato un piacere lavorare con voi.",
    signFirst: false,
    decimal: ",",
    thousands: ".",
    date: slashed,
  },
  nl: {
    invoice: "Factuur",
    germany: "Duitsland",
    number: "Factuurnummer",
    issueDate: "Factuurdatum",
    dueDate: "Vervaldatum",
    order: "Ordernummer",
    costCentre: "Kostenplaats",
    billTo: "Factuuradres",
    description: "Omschrijving",
    quantity: "Aantal",
    unitPrice: "Stuksprijs",
    amount: "Bedrag",
    net: "Totaal excl. btw",
    tax: "Btw",
    gross: "Totaal incl. btw",
    taxId: "Btw-nr.",
    bank: "Bankgegevens",
    page: (page, pages) => `Pagina ${page} van ${pages}`,
    thanks: "Vermeld bij uw betaling het factuurnummer. Bedankt voor uw opdracht.",
    signFirst: false,
    decimal: ",",
    thousands: ".",
    date: (year, month, day) => `${day}-${month}-${year}`,
  },
} satisfies Record<string, Language>;

export type LanguageCode = keyof typeof languages;

/** An amount in minor units (hundredths) as the language writes it, without currency. */
export function writeAmount(minor: number, { decimal, thousands }: Language): string {
  const digits = Math.abs(minor).toString().padStart(3, "0");
  const whole = digits.slice(0, -2).replace(/\B(?=(\d{3})+$)/g, thousands);
  return `${minor < 0 ? "-" : ""}${whole}${decimal}${digits.slice(-2)}`;
}

export const writeQuantity = (quantity: number, { decimal }: Language): string =>
  String(quantity).replace(".", decimal);

/** An ISO 8601 date as the language writes it. */
export function writeDate(date: string, language: Language): string {
  const [year = "", month = "", day = ""] = date.split("-");
  return language.date(year, month, day);
}
