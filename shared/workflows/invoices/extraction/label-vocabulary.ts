/**
 * What invoices call things, in English, German, French, Spanish, Italian, Dutch and Portuguese. Patterns are looked up in
 * lower-case text without accents. `strength` in (0, 1]: how often the value beside such a label is what it seems.
 *
 * Kinds that end in no invoice field are decoys: they claim their value, so that it is not taken for something else.
 */
export type LabelKind =
  | "supplier"
  | "buyer"
  | "partyName"
  | "number"
  | "issueDate"
  | "dueDate"
  | "net"
  | "tax"
  | "gross"
  | "taxId"
  | "iban"
  | "orderReference"
  | "costCentre"
  | "amountDue"
  | "tendered"
  | "change"
  | "rounding"
  | "otherAmount"
  | "otherDate"
  | "otherNumber";

export interface LabelRule {
  readonly kind: LabelKind;
  readonly strength: number;
  readonly pattern: string;
}

const rule = (kind: LabelKind, strength: number, ...patterns: readonly string[]): LabelRule => ({
  kind,
  strength,
  pattern: patterns.join("|"),
});

const invoiceWord =
  "(?:tax\\s+)?invoice|rechnungs?|gutschrifts?|factur?e|factura|fattura|factuur|fatura|faktura|credit\\s*note";
const numberWord = "(?:no|nr|num|number|nummer|numero|n[°ºo]|#)";
const taxWord = "(?:vat|gst|sst|sales tax|tax|mwst|ust|umsatzsteuer|mehrwertsteuer|tva|iva|btw)";
const ratePart = "(?:\\s*[(@]?\\s*\\d{1,2}(?:[.,]\\d{1,2})?\\s*%\\s*\\)?)?";

/** More telling labels first: what one has claimed, a later one does not see. */
export const labelRules: readonly LabelRule[] = [
  // numbers
  rule(
    "otherNumber",
    1,
    "(?:ursprungs|bezugs)beleg-?\\s?(?:nr|nummer)\\b\\.?",
    "(?:original|previous|credited) invoice (?:no|number)\\b",
  ),
  rule(
    "number",
    1,
    `(?:${invoiceWord})\\s*-?\\s*${numberWord}\\b\\.?`,
    `(?:${invoiceWord})\\D{0,45}\\(\\d{3}\\)\\s*nr\\.?`,
    "rechnungs?-?\\s?nr\\b\\.?",
    "doc(?:ument)?\\s*(?:no|#)\\b\\.?",
    "inv\\s*(?:no|#)\\.?",
    "invoice\\s*#",
    "factuurnr\\b\\.?",
  ),
  rule(
    "number",
    0.9,
    "belegnummer|beleg-?nr\\b\\.?",
    "(?:bill|receipt|slip|rcpt|cash\\s*(?:bill|memo|sale)|bon|ticket|check|chk|trans(?:action)?)\\s*(?:no|num|number|#|id)\\b\\.?",
    "invoice\\s*id\\b",
  ),
  rule(
    "otherNumber",
    0.9,
    "(?:customer|client|account|acct|kunden?|klant|cliente|clt|debitor|member|till|counter|table|staff|cashier|terminal|machine|serial|serie|contract|vertrags|liefer|delivery note|article|artikel|item|product|reg(?:istration)?|company|co\\.?|roc|tracking|batch|approval|card|phone|tel(?:efon|ephone)?|fax|hrb|kvk|siret|siren|globale?)\\s*-?\\s*(?:no|nr|num|number|nummer|numero|id|n[°º]|#)\\b\\.?",
    "steuer-?\\s?(?:nr|nummer)\\b\\.?",
    "\\b(?:kvk|siret|siren|hrb|tel|fax|phone)\\b\\.?",
  ),
  rule(
    "orderReference",
    1,
    "(?:purchase\\s*order|p\\.?o\\.?)\\s*(?:no|number|nr|ref(?:erence)?|#)\\b\\.?",
    "bestell-?\\s?(?:nummer|nr)\\b\\.?",
    "(?:your|ihre?|votre|su|vostro|uw|vossa)\\s*(?:order|bestellung|commande|pedido|ordine|bestelling|encomenda)(?:\\s*(?:no|nr|number))?\\b\\.?",
    "(?:bon|numero|n°|no) de commande",
    "(?:numero|n[°º]) (?:de |di |do )?(?:pedido|ordine|encomenda)",
    "inkoopordernummer|bestelnummer",
  ),
  rule(
    "orderReference",
    0.8,
    "order\\s*(?:no|number|nr|ref(?:erence)?|#|id)\\b\\.?",
    "order-?nummer",
    "auftrags-?(?:nummer|nr)\\b\\.?",
    "bestellung(?:\\s*nr)?\\b\\.?(?=\\s*:)",
    "purchase order",
    "customer reference",
  ),
  rule(
    "orderReference",
    0.55,
    "\\border\\b(?=\\s*:|$)",
    "\\bp\\.?o\\.?\\b(?=\\s*:)",
    "(?:pedido|commande|ordine|encomenda)\\b(?=\\s*:)",
    "\\border\\b",
  ),
  rule(
    "costCentre",
    1,
    "cost\\s*(?:centre|center)(?:\\s*(?:no|code))?\\b\\.?",
    "kostenstelle(?:n-?(?:nr|nummer))?\\b\\.?",
    "centre de (?:couts?|cout)",
    "centro de (?:costes?|costos?|custos?)",
    "centro di costo",
    "kostenplaats",
  ),
  rule(
    "taxId",
    1,
    "(?:vat|gst|sst)\\s*(?:reg(?:istration)?\\.?)?\\s*(?:id(?:entification)?)?\\s*-?\\s*(?:no|number|nr|#|id)\\b\\.?",
    "ust\\.?\\s*-?\\s*id(?:ent)?\\.?(?:\\s*-?\\s*nr\\b\\.?)?",
    "umsatzsteuer-?\\s?id(?:entifikations?)?(?:-?\\s?(?:nr|nummer))?\\b\\.?",
    "mwst-?\\s?nr\\b\\.?",
    "(?:n[°ºo] )?tva(?: intracommunautaire| intracom)?(?=\\s*:?\\s*[a-z]{2}\\d)",
    "(?:btw|tva|iva)[- ]?(?:nummer|nr|numero|n[°ºo])\\b\\.?",
    "partita iva|p\\.? ?iva",
    "\\b(?:nif|cif|nipc|c\\.i\\.f|n\\.i\\.f)\\b\\.?",
    "tax\\s*(?:id|registration)(?:\\s*(?:no|number))?\\b\\.?",
    "btw(?=\\s*:?\\s*nl\\d)",
  ),
  rule("iban", 1, "\\biban\\b"),
  // dates
  rule(
    "dueDate",
    1,
    "(?:payment\\s*)?due\\s*(?:date|on|by)\\b",
    "date due",
    "payable (?:by|before|until)",
    "pay(?:ment)? by",
    "falligkeits?(?:datum)?",
    "fallig\\s*(?:am|bis|zum)?",
    "zahlbar\\s*(?:bis|am)(?: zum)?",
    "zahlungsziel",
    "zahlungsfrist",
    "(?:date d'?\\s?)?echeance",
    "a payer avant(?: le)?",
    "vencimient?os?|fecha de vencimiento",
    "scadenza|data scadenza",
    "vervaldatum|vervaldag|te betalen voor",
    "data de vencimento|vencimento",
  ),
  rule(
    "issueDate",
    1,
    `(?:${invoiceWord})\\s*-?\\s*(?:date|datum)`,
    "(?:invoice|bill|billing|issue|issued|document|receipt) (?:date|on)",
    "date of (?:invoice|issue)",
    "rechnungsdatum|belegdatum|ausstellungsdatum",
    "date (?:de (?:la )?)?facture(?:tion)?",
    "date d'?\\s?emission",
    "fecha (?:de )?(?:la )?(?:factura|emision|expedicion)",
    "data (?:della )?fattura|data (?:di )?emissione|data documento",
    "factuurdatum",
    "data (?:da )?fatura|data (?:de )?emissao",
  ),
  rule(
    "issueDate",
    0.9,
    `(?<=(?:${invoiceWord})(?:(?!bestell|order|gemass|command|pedido|ordine|contract|vertrag)\\D){0,45}(?:\\(\\d{3}\\)\\s*)?${numberWord}\\.?\\s*\\S*\\d\\S*\\s{1,2})(?:vom|dated|of|du|del|de|van)\\b`,
  ),
  rule(
    "otherDate",
    0.9,
    "(?:order|delivery|ship(?:ping|ped)?|service|print(?:ed)?|expiry|exp|check-?in|check-?out|period|start|end|birth)\\s*-?\\s*date",
    "(?:liefer|leistungs|bestell|druck|auftrags|liefer- und leistungs)-?\\s?(?:datum|zeitraum)",
    "abrechnungszeitraum|leistungszeitraum",
    "orderdatum|leverdatum|besteldatum",
    "date de (?:livraison|commande)",
    "fecha de (?:entrega|pedido)",
    "data (?:di )?(?:consegna|ordine)|data (?:de )?entrega",
    "billing period",
    "bestellung vom|order of|skonto",
  ),
  rule("issueDate", 0.7, "\\b(?:date|datum|fecha|data)\\b(?:\\s*/?\\s*time)?"),
  // amounts
  rule(
    "tendered",
    1,
    "cash(?:\\s*(?:tender(?:ed)?|received|paid|payment))?\\b(?!\\s*(?:bill|sale|memo|ier))",
    "\\btender(?:ed)?\\b",
    "amount\\s*(?:paid|received)",
    "\\bpaid\\b(?: amount)?",
    "bar(?: gegeben)?\\b(?=\\s*[\\d:€])",
    "gegeben|especes|efectivo|contanti|contant\\b|dinheiro",
    "(?:visa|master(?:card)?|debit card|credit card|pembayaran|bayaran)",
  ),
  rule("change", 1, "\\bchange\\b(?:\\s*due)?", "ruckgeld|rendu|cambio|resto|wisselgeld|troco|baki"),
  rule(
    "rounding",
    1,
    "\\bround(?:ing|ed)?(?:\\s*adj(?:ustment|ust)?|\\s*off|\\s*amt)?\\b\\.?(?!\\s*total)",
    "rundung",
    "arrondi",
  ),
  rule(
    "otherAmount",
    1,
    "\\b(?:total|ttl|no\\.? of)\\s*(?:qty|quantity|items?|savings?|discount|points?|pcs|disc|saving)\\b",
    "(?:item|qty|quantity|disc(?:ount)?|savings?|points?|deposit|tips?|balance b/f|kredit)\\b(?=\\s*[:\\d-])",
    "(?:gesamtbetrag der )?(?:abschlage|zuschlage)",
    "anzahlung(?:en)?",
    "positionssumme",
    "\\bcredits\\b",
    "offene zahlungen",
    "rabatt|remise|descuento|sconto|korting|desconto",
  ),
  rule(
    "tax",
    1,
    `(?:total|summe|gesamt)\\s*(?:amount of\\s*)?${taxWord}\\b(?:\\s*(?:amount|amt|betrag))?${ratePart}`,
    `${taxWord}\\s*(?:amount|amt|total|betrag|bedrag)\\b${ratePart}`,
    "steuerbetrag|mwst-?betrag|umsatzsteuerbetrag",
    "montant (?:de la )?tva|total tva",
    "cuota (?:de )?iva|total iva|importe iva",
    "imposta|totale iva|importo iva",
    "btw-?bedrag|totaal btw",
    "total iva|valor (?:do )?iva",
  ),
  rule(
    "net",
    1,
    "(?:total|amount|sum|subtotal|sub-total|amt)\\s*,?\\s*\\(?(?:excl(?:uding|usive|\\.)?|before|without|w/o|exc\\.?)\\s*(?:of\\s*)?(?:vat|gst|sst|tax|btw)\\b\\)?",
    "net\\s*(?:amount|total|sum|value)",
    "total\\s*net\\b",
    "netto(?:betrag|summe|gesamt|bedrag)?\\b(?!\\s*(?:preis|kasse|tag))",
    "(?:gesamt|summe|total|rechnungs?summe|zwischensumme)\\s*\\(?(?:netto|ohne (?:mwst|ust)|exkl\\.? (?:mwst|ust))\\b\\.?\\)?",
    "(?:montant|total|sous-?total)\\s*\\(?h\\.?\\s?t\\b\\.?\\)?",
    "base imponible|total sin iva|importe neto|base imposable",
    "imponibile|totale (?:netto|imponibile)",
    "(?:totaal|bedrag|subtotaal)?\\s*excl(?:usief|\\.)?\\s*btw",
    "total (?:s/|sem) iva|base tributavel|total liquido|incidencia|valor liquido",
    "total taxable(?: amount)?|taxable amount|grondslag",
  ),
  rule(
    "gross",
    1,
    "(?:grand|invoice|rounded|final|bill)\\s*total(?:\\s*(?:rounded|sales?))?\\b",
    "total\\s*(?:sales?\\s*)?,?\\s*\\(?(?:incl(?:uding|usive|\\.)?|after|inc\\.?|with|w/)\\s*(?:of\\s*)?(?:vat|gst|sst|tax|btw|rounding)\\b(?:\\s*@?\\s*\\d+\\s*%)?\\)?",
    "total\\s*(?:after rounding|rounded)",
    "brutto(?:betrag|summe|gesamt|bedrag)?\\b",
    "(?:gesamt|rechnungs|end)(?:betrag|summe)(?:\\s*\\(?(?:brutto|inkl\\.? (?:mwst|ust))\\b\\.?\\)?)?",
    "(?:montant|total)\\s*\\(?t\\.?\\s?t\\.?\\s?c\\b\\.?\\)?",
    "total (?:factura|con iva|a pagar|general)",
    "totale (?:fattura|documento|da pagare|complessivo)|totale \\(?iva inclusa",
    "(?:factuur ?totaal|totaal(?:bedrag)?\\s*incl(?:usief|\\.)?\\s*btw|totaalbedrag|te betalen|eindtotaal)",
    "total (?:geral|da fatura|a pagar|c/ ?iva|com iva)",
    "total for this invoice",
    "amount payable|net payable|nett? total(?= payable)",
  ),
  rule(
    "amountDue",
    0.8,
    "(?:total\\s*)?(?:amount|balance)\\s*(?:due|owing|payable|outstanding)(?:\\s+on\\s+[a-z]+ \\d{1,2} ?, ?\\d{4})?",
    "(?:total|payment)\\s*due\\b",
    "zahlbetrag|zu zahlen(?:der betrag)?|zahlungsbetrag|offener betrag",
    "(?:net|reste|montant) a payer|solde du",
    "importe a pagar|a pagar",
    "importo dovuto|netto a pagare",
    "openstaand bedrag|nog te betalen",
    "valor a pagar",
  ),
  rule(
    "net",
    0.6,
    "sub\\s*-?\\s*total\\b",
    "zwischensumme|warenwert",
    "sous-?total",
    "subtotal|suma parcial",
    "subtotale|totale parziale",
    "subtotaal",
  ),
  rule(
    "gross",
    0.75,
    "total\\s*(?:amount|amt|sales?|rm|eur|usd|price|bill|myr)\\b",
    "(?:nett?\\s*)total\\b",
    "nett\\b",
    "totale?\\b(?=\\s*(?:eur|usd|gbp|chf|€|\\$|£|rm))",
    "gesamt\\b",
    "amount\\s*due",
  ),
  rule(
    "gross",
    0.6,
    "\\btotale?\\b(?!\\s*(?:page|qty|item))",
    "totaal\\b",
    "\\bsumme\\b",
    "\\bjumlah\\b",
    "\\btotaux\\b",
  ),
  rule("tax", 0.6, `\\b${taxWord}\\b(?:\\s*\\*)?${ratePart}(?!\\s*(?:summary|code|reg|id|no|invoice|inclusive|incl))`),
  // parties
  rule(
    "buyer",
    1,
    "(?:bill(?:ed)?|invoiced?|sold|charge)\\s*to(?:\\s*address)?\\b",
    "rechnungsempfanger|leistungsempfanger|rechnung an\\b",
    "\\bkaufer(?:/leistungsempfanger)?\\b",
    "facture[er]? a\\b|client facture|adresse de facturation",
    "facturar a|datos del cliente",
    "(?:fatturare|spett(?:\\.le|abile)|intestatario|destinatario)\\b",
    "factuuradres|factureren aan",
    "faturar a|destinatario",
  ),
  rule(
    "buyer",
    0.7,
    "\\b(?:customer|client|kunde|klant|cliente|buyer|acheteur|comprador|acquirente|koper)\\b(?:\\s*name)?(?=\\s*:|$)",
  ),
  rule(
    "supplier",
    1,
    "\\b(?:seller|vendor|supplier|verkaufer|lieferant|fournisseur|vendeur|proveedor|vendedor|fornitore|cedente|venditore|leverancier|verkoper|fornecedor|rechnungssteller)\\b(?=\\s*:|$|\\s*/)",
    "service provider\\b",
    "sold by\\b",
  ),
  rule("partyName", 1, "^(?:name|firma|nom|nombre|nome|naam|company)\\s*:"),
  // an invoice word alone names its number when a code follows, and its date when a date does
  rule("number", 0.55, `\\b(?:${invoiceWord})\\b`, "(?<=^)#", "\\bref(?:erence)?(?:\\s*no)?\\b\\.?"),
];
