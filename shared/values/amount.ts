import { minorDigits } from "./currency.ts";

/** Canonical: "1842.40", "-5", at most twelve digits before the point and six after (unit prices carry more than a currency has). */
const canonical = /^-?\d{1,12}(?:\.\d{1,6})?$/;

/**
 * Minor units (cents for EUR) of a canonical amount; null when it is not canonical, or finer than the currency's minor unit.
 * Trailing zeros do not make it finer: "12.500" EUR is 1250.
 */
export function toMinor(text: string, currency: string): number | null {
  if (!canonical.test(text)) return null;
  const [whole = "", fraction = ""] = text.replace("-", "").split(".");
  const digits = minorDigits(currency);
  const significant = fraction.replace(/0+$/, "");
  if (significant.length > digits) return null;
  const minor = Number(whole) * 10 ** digits + Number(significant.padEnd(digits, "0"));
  return minor === 0 ? 0 : text.startsWith("-") ? -minor : minor;
}

/** Minor units nearest to a canonical amount that may be finer than the currency (a unit price); null when it is not canonical. */
export const toNearestMinor = (text: string, currency: string): number | null =>
  canonical.test(text) ? Math.round(Number(text) * 10 ** minorDigits(currency)) + 0 : null;

/** The canonical text of an amount in minor units: 184240 in EUR is "1842.40". */
export function fromMinor(minor: number, currency: string): string {
  const digits = minorDigits(currency);
  const text = Math.abs(minor)
    .toString()
    .padStart(digits + 1, "0");
  const sign = minor < 0 ? "-" : "";
  return digits === 0 ? `${sign}${text}` : `${sign}${text.slice(0, -digits)}.${text.slice(-digits)}`;
}

const groupSpace = "\u202f";

/** For people: 184240 in EUR is "1 842.40 EUR". Grouped with narrow spaces that do not break, as the policy's `money` does. */
export const sayAmount = (minor: number, currency: string): string =>
  `${sayNumber(minor, currency)} ${currency}`.trim();

/** As `sayAmount`, without the currency. */
function sayNumber(minor: number, currency: string): string {
  const [whole = "", fraction] = fromMinor(minor, currency).split(".");
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, groupSpace);
  return fraction === undefined ? grouped : `${grouped}.${fraction}`;
}

/**
 * Canonical text of a number as people write it: "1.842,40", "1 842.40", "1'842.40", "1842,4". Null when it is none, or
 * could be two numbers ("1,842"). What is canonical already stays: "1.842" is one and a bit.
 */
export function canonicalNumber(text: string): string | null {
  const bare = text
    .trim()
    .replace(/[−–]/g, "-")
    .replace(/(?<=\d)[\s'’](?=\d{3}(?!\d))/g, "");
  const plain = pointed(bare);
  if (plain === null || !canonical.test(plain)) return null;
  const [, sign = "", whole = "", rest = ""] = /^(-?)0*(\d+)(.*)$/.exec(plain) ?? [];
  return `${sign}${whole}${rest}`;
}

function pointed(text: string): string | null {
  if (/^-?\d+(\.\d+)?$/.test(text)) return text;
  if (/^-?\d+,(\d{1,2}|\d{4,6})$/.test(text)) return text.replace(",", ".");
  if (/^-?\d{1,3}(\.\d{3})+,\d+$/.test(text)) return text.replaceAll(".", "").replace(",", ".");
  if (/^-?\d{1,3}(,\d{3})+\.\d+$/.test(text)) return text.replaceAll(",", "");
  if (/^-?\d{1,3}(\.\d{3}){2,}$/.test(text)) return text.replaceAll(".", "");
  if (/^-?\d{1,3}(,\d{3}){2,}$/.test(text)) return text.replaceAll(",", "");
  return null;
}
