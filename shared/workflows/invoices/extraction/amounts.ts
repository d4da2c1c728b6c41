import { type Span, type TextLine, wordsIn } from "./text-line.ts";

/** A number on a page: `value` in ten-thousandths. */
export interface Amount extends Span {
  readonly value: number;
  /** Digits after the decimal mark as written. */
  readonly decimals: number;
  /** A currency stands directly before or after it. */
  readonly withCurrency: boolean;
}

export type DecimalMark = "," | ".";

const grouped = String.raw`\d{1,3}(?:[.,'’]\d{3})+(?:[.,]\d{1,4})?`;
const simple = String.raw`\d+(?:[.,]\d{1,4}|[.,] \d{2}(?!\d))?`;
const spacedNumber = /(?<![\d.,'’])\d{1,3}(?: \d{3})+[.,]\d{2}(?![\d'’]|[.,]\d)/g;
const currencyMark = String.raw`(?:€|\$|£|¥|₹|zł|kr\.?|rm|eur|usd|gbp|chf|myr|sgd|aud|cad|pln|sek|nok|dkk|czk|jpy|inr)`;
const numberPattern = new RegExp(
  String.raw`(?<before>${currencyMark}\s?)?(?<sign>[-−–(]\s?)?(?<inner>${currencyMark}\s?)?(?<![\d.,'’])(?<number>${grouped}|${simple})(?![\d'’]|[.,]\d)(?<minus>-(?![\w-])|\))?(?<after>\s?${currencyMark}(?![a-z]))?(?<percent>\s?%)?`,
  "gi",
);
/** Joins the groups of "1 234,56" so that the pattern sees one number of the same length. */
const joint = "'";

/** Numbers of a line that may be amounts; percentages, and digits inside codes, dates and times, are not. */
export function findAmounts(line: TextLine, mark: DecimalMark): Amount[] {
  const text = line.text.replace(spacedNumber, (number: string, start: number) =>
    closeTogether({ line, start, end: start + number.length }) ? number.replaceAll(" ", joint) : number,
  );
  const amounts: Amount[] = [];
  for (const match of text.matchAll(numberPattern)) {
    const { before, sign, inner, number = "", minus, after, percent } = match.groups ?? {};
    const start = match.index + match[0].indexOf(number);
    const end = start + number.length;
    if (percent !== undefined || insideCode(line.text, start, end, before ?? inner)) continue;
    if (number.includes(" ") && !closeTogether({ line, start, end })) continue;
    const parsed = parseNumber(number, mark);
    if (parsed === null) continue;
    const negative = (sign !== undefined && (sign.trim() !== "(" || minus === ")")) || minus === "-";
    const withCurrency = before !== undefined || inner !== undefined || after !== undefined;
    const value = negative && parsed.value !== 0 ? -parsed.value : parsed.value;
    amounts.push({ line, start, end, value, decimals: parsed.decimals, withCurrency });
  }
  return amounts;
}

/** Letters, slashes and colons next to digits make a code, a date or a time, unless the letters are a currency. */
function insideCode(text: string, start: number, end: number, currency: string | undefined): boolean {
  const previous = text.charAt(start - 1);
  if (currency === undefined && /[\p{L}\d_/#:.,]/u.test(previous) && !/[:#]/.test(previous)) return true;
  if (/[:]/.test(previous) && /\d/.test(text.charAt(start - 2))) return true;
  return (
    /^(?:[\p{L}_/:@]|[-.]\d)/u.test(text.slice(end, end + 2)) &&
    !new RegExp(`^${currencyMark}(?![a-z])`, "i").test(text.slice(end))
  );
}

/** Recognisers put a space after a decimal mark ("53. 60"); "1 234,56" is one number only when its parts stand as close as letters do; else it is a quantity before a price. */
function closeTogether(span: Span): boolean {
  const words = wordsIn(span);
  return words.every((word, index) => {
    const next = words[index + 1];
    if (next === undefined) return true;
    return (
      next.box.left - (word.box.left + word.box.width) <
      (/[.,]$/.test(word.text) ? 0.9 : 0.45) * word.box.height * span.line.pageShape
    );
  });
}

/**
 * Reads a number in any of the usual spellings: 1.234,56 · 1,234.56 · 1 234,56 · 1'234.56 · 1234.5.
 *
 * @param mark - the document's decimal mark: settles "1.234", which is either.
 * @returns ten-thousandths; null for more digits than an amount has.
 */
export function parseNumber(text: string, mark: DecimalMark): { value: number; decimals: number } | null {
  const compact = text.replace(/[\s'’]/g, "");
  const at = decimalPosition(compact, mark);
  const whole = (at < 0 ? compact : compact.slice(0, at)).replace(/[.,]/g, "");
  const fraction = at < 0 ? "" : compact.slice(at + 1);
  if (whole.length > 11) return null;
  return { value: Number(whole) * 10_000 + Number(fraction.padEnd(4, "0").slice(0, 4)), decimals: fraction.length };
}

function decimalPosition(number: string, mark: DecimalMark): number {
  const last = Math.max(number.lastIndexOf("."), number.lastIndexOf(","));
  if (last < 0) return -1;
  const separator = number.charAt(last);
  const digitsAfter = number.length - last - 1;
  const other = separator === "." ? "," : ".";
  if (number.includes(other)) return last;
  if (number.indexOf(separator) !== last) return digitsAfter === 3 ? -1 : last;
  if (digitsAfter !== 3) return last;
  return separator === mark || number.startsWith("0") ? last : -1;
}

/** The mark before the last two digits of most numbers; the point when there is no telling. */
export function decimalMark(lines: readonly TextLine[]): DecimalMark {
  let commas = 0;
  let points = 0;
  for (const { text } of lines) {
    commas += text.match(/(?<![\d.,])\d[\d.]*,\d{2}(?![\d.,])/g)?.length ?? 0;
    points += text.match(/(?<![\d.,])\d[\d,]*\.\d{2}(?![\d.,])/g)?.length ?? 0;
  }
  return commas > points ? "," : ".";
}
