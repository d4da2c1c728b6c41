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
