/**
 * Exact decimal arithmetic for amounts: a value is an integer count of ten-thousandths, which a JavaScript number holds exactly
 * up to 900 thousand million. Four places, as unit prices have them.
 */
const placesKept = 4;
const unit = 10 ** placesKept;
const plainDecimal = /^([+-]?)(\d{1,11})(?:\.(\d+))?$/;

/** Ten-thousandths of a plain decimal ("1842.40"); null for anything else, or more than eleven digits. */
export function parseDecimal(text: string): number | null {
  const match = plainDecimal.exec(text.trim());
  if (match === null) return null;
  const [, sign = "", whole = "0", fraction = ""] = match;
  const digits = fraction.padEnd(placesKept + 1, "0");
  const rounded = Number(digits.slice(0, placesKept)) + (Number(digits[placesKept]) >= 5 ? 1 : 0);
  const value = Number(whole) * unit + rounded;
  return sign === "-" && value !== 0 ? -value : value;
}

/** Canonical amount: at least two decimals, no more than needed ("9.90", "3.3333"). */
export const formatAmount = (value: number): string => format(value, 2);

/** Canonical quantity: no decimals that say nothing ("20", "1.5"). */
export const formatQuantity = (value: number): string => format(value, 0);

function format(value: number, leastPlaces: number): string {
  const absolute = Math.abs(value);
  const fraction = String(absolute % unit)
    .padStart(placesKept, "0")
    .replace(/0+$/, "")
    .padEnd(leastPlaces, "0");
  return `${value < 0 ? "-" : ""}${Math.floor(absolute / unit)}${fraction === "" ? "" : `.${fraction}`}`;
}

/** Two amounts that differ by a cent or less are the same after rounding line by line. */
export const oneCent = unit / 100;
export const sameAmount = (a: number, b: number): boolean => Math.abs(a - b) <= oneCent;

/** An amount as some other writer spelt it, made canonical; null when it is no plain decimal. */
export function canonicalAmount(text: string | null): string | null {
  const value = text === null ? null : parseDecimal(text);
  return value === null ? null : formatAmount(value);
}
