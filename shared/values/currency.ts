/**
 * Active ISO 4217 codes (list one, without funds and precious metals). `Intl` cannot serve here: it still lists withdrawn
 * currencies, and its digits follow custom (COP 0, HUF 0) where the standard says 2.
 */
const active = new Set(
  (
    "AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CLF CLP CNY COP CRC CUP CVE CZK " +
    "DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF " +
    "KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK " +
    "PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX " +
    "USD UYU UYW UZS VED VES VND VUV WST XAF XCD XCG XOF XPF YER ZAR ZMW ZWG"
  ).split(" "),
);

const exponents = new Map([
  ..."BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF".split(" ").map((code) => [code, 0] as const),
  ..."BHD IQD JOD KWD LYD OMR TND".split(" ").map((code) => [code, 3] as const),
  ..."CLF UYW".split(" ").map((code) => [code, 4] as const),
]);

/** "EUR", in capitals. */
export const isCurrency = (code: string): boolean => active.has(code);

/** Digits after the point that the currency has: 2 for most, 0 for JPY, 3 for KWD. */
export const minorDigits = (currency: string): number => exponents.get(currency) ?? 2;

/**
 * Currencies a sign on a page can stand for; null for a sign that says nothing. A code stands for itself.
 */
export function currenciesOfSymbol(symbol: string): readonly string[] | null {
  const sign = symbol.trim();
  if (isCurrency(sign.toUpperCase())) return [sign.toUpperCase()];
  return symbols.get(sign.toLowerCase().replace(/\.$/, "")) ?? null;
}

const dollars =
  "USD AUD CAD NZD SGD HKD MXN ARS CLP COP TWD BBD BMD BND BSD BZD FJD GYD JMD KYD LRD NAD SBD SRD TTD XCD DOP UYU".split(
    " ",
  );
const symbols = new Map<string, readonly string[]>([
  ["€", ["EUR"]],
  ["£", ["GBP", "GIP", "FKP", "SHP", "EGP", "LBP", "SYP"]],
  ["$", dollars],
  ["us$", ["USD"]],
  ["¥", ["JPY", "CNY"]],
  ["円", ["JPY"]],
  ["元", ["CNY"]],
  ["₹", ["INR"]],
  ["₩", ["KRW"]],
  ["₽", ["RUB"]],
  ["₺", ["TRY"]],
  ["₴", ["UAH"]],
  ["₫", ["VND"]],
  ["₪", ["ILS"]],
  ["฿", ["THB"]],
  ["₱", ["PHP"]],
  ["r$", ["BRL"]],
  ["rm", ["MYR"]],
  ["kr", ["SEK", "NOK", "DKK", "ISK"]],
  ["zł", ["PLN"]],
  ["kč", ["CZK"]],
  ["ft", ["HUF"]],
  ["lei", ["RON", "MDL"]],
  ["fr", ["CHF"]],
  ["sfr", ["CHF"]],
]);
