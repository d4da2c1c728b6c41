import type { Span, TextLine } from "./text-line.ts";

/** A date on a page. */
export interface DateSpan extends Span {
  /** ISO 8601. */
  readonly date: string;
  /** Day and month could be exchanged, and nothing else in the document says which is which. */
  readonly ambiguous: boolean;
}

/** Which comes first in "03/04/2018"; null when the document does not tell. */
export type DayMonthOrder = "day-first" | "month-first" | null;

/** First letters of the months' names, in en, de, fr, es, it, nl, pt, without accents; longer ones first where they collide. */
const monthPrefixes: readonly (readonly [string, number])[] = [
  ["juin", 6],
  ["juil", 7],
  ["jun", 6],
  ["jul", 7],
  ["giu", 6],
  ["lug", 7],
  ["jan", 1],
  ["janv", 1],
  ["ene", 1],
  ["gen", 1],
  ["feb", 2],
  ["fev", 2],
  ["mar", 3],
  ["mrz", 3],
  ["maa", 3],
  ["mrt", 3],
  ["apr", 4],
  ["avr", 4],
  ["abr", 4],
  ["may", 5],
  ["mai", 5],
  ["mei", 5],
  ["mag", 5],
  ["aug", 8],
  ["aou", 8],
  ["ago", 8],
  ["sep", 9],
  ["set", 9],
  ["oct", 10],
  ["okt", 10],
  ["out", 10],
  ["ott", 10],
  ["nov", 11],
  ["dec", 12],
  ["dez", 12],
  ["dic", 12],
];
const monthName = "(?<name>[a-z]{3,10})";
const numeric =
  /(?<![\d.,/-])(?<a>\d{1,2})\s?(?<separator>[./-])\s?(?<b>\d{1,2})\s?\k<separator>\s?(?<year>\d{4}|\d{2})(?![\d/]|[.,-]\d)/g;
const yearFirst =
  /(?<![\d.,/-])(?<year>(?:19|20)\d{2})(?<separator>[./-])(?<month>\d{1,2})\k<separator>(?<day>\d{1,2})(?!\d)/g;
const dayName = new RegExp(
  String.raw`(?<![\d.,/-])(?<day>\d{1,2})(?:st|nd|rd|th|er|\.|º)?[\s/-]{0,3}(?:de |di )?${monthName}\.?,?[\s/-]{0,3}(?:de |del )?'?(?<year>\d{4}|\d{2})(?![\d.,/]\d|\d)`,
  "g",
);
const nameDay = new RegExp(
  String.raw`(?<![a-z])${monthName}\.?\s?(?<day>\d{1,2})(?:st|nd|rd|th)?\s?,?\s?(?<year>\d{4})(?!\d)`,
  "g",
);
const compact = /(?<!\d)(?<year>20\d{2})(?<month>0[1-9]|1[0-2])(?<day>0[1-9]|[12]\d|3[01])(?!\d)/g;

export function findDates(line: TextLine, order: DayMonthOrder): DateSpan[] {
  const found: DateSpan[] = [];
  const add = (match: RegExpMatchArray, date: string | null, ambiguous = false) => {
    if (date === null || match.index === undefined) return;
    const [start, end] = [match.index, match.index + match[0].length];
    if (found.every((other) => other.end <= start || other.start >= end))
      found.push({ line, start, end, date, ambiguous });
  };
  for (const match of line.plain.matchAll(yearFirst))
    add(match, isoDate(match.groups?.year, match.groups?.month, match.groups?.day));
  for (const match of line.plain.matchAll(numeric)) {
    const { a = "", b = "", separator, year } = match.groups ?? {};
    const monthFirst = separator !== "." && (order === "month-first" || Number(b) > 12) && Number(a) <= 12;
    const ambiguous = order === null && separator !== "." && Number(a) <= 12 && Number(b) <= 12 && a !== b;
    add(match, monthFirst ? isoDate(year, a, b) : isoDate(year, b, a), ambiguous);
  }
  for (const pattern of [dayName, nameDay])
    for (const match of line.plain.matchAll(pattern)) {
      const { name = "", day, year } = match.groups ?? {};
      const month = monthNumber(name);
      if (month !== null) add(match, isoDate(year, String(month), day));
    }
  for (const match of line.plain.matchAll(compact))
    add(match, isoDate(match.groups?.year, match.groups?.month, match.groups?.day));
  return found.sort((one, other) => one.start - other.start);
}

const monthNumber = (name: string): number | null =>
  monthPrefixes.find(([prefix]) => name.startsWith(prefix))?.[1] ?? null;

/** Null for a day that does not exist. Two-digit years are of this century. */
function isoDate(year = "", month = "", day = ""): string | null {
  const full = year.length === 2 ? `20${year}` : year;
  const iso = `${full}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`;
  const time = Date.parse(`${iso}T00:00:00Z`);
  if (Number.isNaN(time) || Number(full) < 1990 || Number(full) > 2079) return null;
  return new Date(time).toISOString().slice(0, 10) === iso ? iso : null;
}

/**
 * Settles day and month from the dates themselves (a 25 can only be a day), else from the language: only American English
 * writes the month first, and American invoices are in dollars.
 */
export function dayMonthOrder(lines: readonly TextLine[], language: string | null, inDollars: boolean): DayMonthOrder {
  let [dayFirst, monthFirst] = [0, 0];
  for (const { plain } of lines)
    for (const match of plain.matchAll(numeric)) {
      const { a = "", b = "", separator } = match.groups ?? {};
      if (separator === ".") continue;
      if (Number(a) > 12 && Number(b) <= 12) dayFirst += 1;
      if (Number(b) > 12 && Number(a) <= 12) monthFirst += 1;
    }
  if (dayFirst !== monthFirst) return dayFirst > monthFirst ? "day-first" : "month-first";
  if (language !== null && language !== "en") return "day-first";
  return language === "en" && inDollars ? "month-first" : null;
}

export const addDays = (iso: string, days: number): string =>
  new Date(Date.parse(`${iso}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
