import { readingConfidence, type Span, type TextLine, wordsIn } from "./text-line.ts";

/** An identifier on a page, canonical; `valid` by its own check digits where it has some. */
export interface Identifier extends Span {
  readonly value: string;
  readonly valid: boolean;
}

/** Lengths by country (SWIFT IBAN registry) of those that invoices in our languages come from; others are judged by the check alone. */
const ibanLengths: Record<string, number> = {
  AT: 20,
  BE: 16,
  BG: 22,
  CH: 21,
  CY: 28,
  CZ: 24,
  DE: 22,
  DK: 18,
  EE: 20,
  ES: 24,
  FI: 18,
  FR: 27,
  GB: 22,
  GR: 27,
  HR: 21,
  HU: 28,
  IE: 22,
  IS: 26,
  IT: 27,
  LI: 21,
  LT: 20,
  LU: 20,
  LV: 21,
  MC: 27,
  MT: 31,
  NL: 18,
  NO: 15,
  PL: 28,
  PT: 25,
  RO: 24,
  SE: 24,
  SI: 19,
  SK: 24,
};
const shortestIban = 15;

/** ISO 13616: the first four characters go last, letters become 10 to 35, and the number modulo 97 is 1. */
export function isValidIban(iban: string): boolean {
  if (!/^[A-Z]{2}\d{2}[A-Z0-9]{11,30}$/.test(iban)) return false;
  if (iban.length !== (ibanLengths[iban.slice(0, 2)] ?? iban.length)) return false;
  let remainder = 0;
  for (const character of iban.slice(4) + iban.slice(0, 4))
    for (const digit of String(Number.parseInt(character, 36))) remainder = (remainder * 10 + Number(digit)) % 97;
  return remainder === 1;
}

/** Account numbers on a line: with spaces, by country's length; valid ones, and those that stand after the word IBAN. */
export function findIbans(line: TextLine): Identifier[] {
  const found: Identifier[] = [];
  for (const match of line.text.matchAll(/(?<![A-Za-z0-9])[A-Za-z]{2} ?[0-9OISB]{2}(?: ?[A-Za-z0-9]){11,32}/g)) {
    const exact = exactIban(match[0]);
    const labelled = /iban[\s:.-]*$/i.test(line.text.slice(0, match.index));
    if (exact === null || (!exact.valid && !labelled)) continue;
    found.push({ line, start: match.index, end: match.index + exact.length, value: exact.value, valid: exact.valid });
  }
  return found;
}

/** Cuts what follows the account number: the country says how long it is. */
function exactIban(text: string): { value: string; length: number; valid: boolean } | null {
  const country = text.slice(0, 2).toUpperCase();
  const wanted = ibanLengths[country];
  let value = "";
  for (let at = 0; at < text.length; at += 1) {
    const character = text.charAt(at).toUpperCase();
    if (character === " ") continue;
    value += character;
    if (wanted === undefined ? isValidIban(value) : value.length === wanted)
      return { value, length: at + 1, valid: isValidIban(value) };
  }
  return value.length >= shortestIban && wanted !== undefined ? { value, length: text.length, valid: false } : null;
}

/** Letters and digits that readers take for each other. */
const confusions: Record<string, string> = {
  O: "0",
  "0": "O",
  I: "1",
  "1": "I",
  S: "5",
  "5": "S",
  B: "8",
  "8": "B",
  Z: "2",
  "2": "Z",
};

/** The one account number with a right check that differs by a swapped pair or one misread character; null when none or several do. */
export function repairedIban(iban: string): string | null {
  const repairs = new Set<string>();
  for (let at = 0; at < iban.length; at += 1) {
    const character = iban.charAt(at);
    const misread = confusions[character];
    if (misread !== undefined) repairs.add(iban.slice(0, at) + misread + iban.slice(at + 1));
    if (at + 1 < iban.length) repairs.add(iban.slice(0, at) + iban.charAt(at + 1) + character + iban.slice(at + 2));
  }
  const right = [...repairs].filter((repair) => repair !== iban && isValidIban(repair));
  return right.length === 1 ? (right[0] ?? null) : null;
}

/** VAT numbers as the countries write them (European Commission, VIES FAQ Q11), and Switzerland's and Norway's. */
const vatNumber =
  /(?<![A-Z0-9])(?:ATU\d{8}|BE[01]\d{9}|BG\d{9,10}|CY\d{8}[A-Z]|CZ\d{8,10}|DE\d{9}|DK\d{8}|EE\d{9}|EL\d{9}|ES[A-Z0-9]\d{7}[A-Z0-9]|FI\d{8}|FR[A-Z0-9]{2}\d{9}|GB(?:\d{12}|\d{9})|HR\d{11}|HU\d{8}|IE\d[A-Z0-9+*]\d{5}[A-Z]{1,2}|IT\d{11}|LT(?:\d{12}|\d{9})|LU\d{8}|LV\d{11}|MT\d{8}|NL\d{9}B\d{2}|PL\d{10}|PT\d{9}|RO\d{2,10}|SE\d{12}|SI\d{8}|SK\d{10}|CHE\d{9}|NO\d{9}MVA)(?![A-Z0-9])/g;

/** VAT numbers on a line, also written with spaces, points or dashes. */
export function findVatNumbers(line: TextLine): Identifier[] {
  const { compact, positions } = withoutGaps(line.text);
  return [...compact.matchAll(vatNumber)].map((match) => {
    const start = positions[match.index] ?? 0;
    const end = (positions[match.index + match[0].length - 1] ?? start) + 1;
    return { line, start, end, value: match[0], valid: true };
  });
}

/** Drops the gaps inside numbers only ("DE 232 446 240" is one word, "UStId DE" are two). */
function withoutGaps(text: string): { compact: string; positions: number[] } {
  let compact = "";
  const positions: number[] = [];
  for (let at = 0; at < text.length; at += 1) {
    const rest = text.slice(at);
    const gap =
      /^[ .-]/.test(rest) && /^[ .-]\d/.test(rest) && /(?:\d|(?<![A-Z])(?:[A-Z]{2}|ATU|CHE))$/.test(text.slice(0, at));
    if (gap) continue;
    compact += text.charAt(at);
    positions.push(at);
  }
  return { compact, positions };
}

/** Least certain word of an identifier; a right check digit is worth more than the reader's doubt. */
export const identifierConfidence = (identifier: Identifier): number =>
  identifier.valid && wordsIn(identifier).length > 0
    ? Math.max(0.9, readingConfidence(identifier))
    : readingConfidence(identifier) * 0.4;
