/** Currencies that are written before the number in English; all others as the page writes euros: "8 940.00 €". */
const signFirst = new Set(["USD", "GBP", "CAD", "AUD", "NZD", "HKD", "SGD", "INR", "JPY", "CNY", "MXN", "BRL", "ZAR"]);

/** An amount in minor units of an ISO 4217 currency, in words of money. Null when either is missing or the code is none. */
export function showMoney(amountMinor: number | null, currency: string | null): string | null {
  if (amountMinor === null || currency === null || !/^[A-Z]{3}$/.test(currency)) return null;
  const format = new Intl.NumberFormat("en", { style: "currency", currency, currencyDisplay: "narrowSymbol" });
  const digits = format.resolvedOptions().maximumFractionDigits ?? 2;
  const amount = amountMinor / 10 ** digits;
  if (signFirst.has(currency)) return format.format(amount);
  const parts = format.formatToParts(amount);
  const sign = parts.find((part) => part.type === "currency")?.value ?? currency;
  const number = parts
    .filter((part) => part.type !== "currency" && part.type !== "literal")
    .map((part) => (part.type === "group" ? "\u00a0" : part.value))
    .join("");
  return `${number}\u00a0${sign}`;
}

/** A decimal number ("1842.40") in minor units of its currency; null when it is none, or has more places than the currency. */
export function toMinorUnits(decimal: string, currency: string): number | null {
  const parts = /^(\d{1,12})(?:\.(\d+))?$/.exec(decimal);
  if (parts === null || !/^[A-Z]{3}$/.test(currency)) return null;
  const places =
    new Intl.NumberFormat("en", { style: "currency", currency }).resolvedOptions().maximumFractionDigits ?? 2;
  const fraction = (parts[2] ?? "").replace(/0+$/, "");
  return fraction.length > places ? null : Number(`${parts[1]}${fraction.padEnd(places, "0")}`);
}

/** Minor units as a plain decimal number, without currency: "5000", "120.50". */
export function minorToDecimal(minor: number, currency: string): string {
  const places = placesOf(currency);
  const text = (minor / 10 ** places).toFixed(places);
  return text.replace(/\.0+$/, "");
}

/** Decimal places of a currency (ISO 4217): 2 for EUR, 0 for JPY. */
const placesOf = (currency: string): number =>
  new Intl.NumberFormat("en", { style: "currency", currency }).resolvedOptions().maximumFractionDigits ?? 2;
