import type { PageText } from "../../../contracts/document.ts";
import { type Amount, decimalMark, findAmounts } from "./amounts.ts";
import { byLine, type SpansByLine } from "./beside-label.ts";
import { type CurrencyReading, currenciesOn } from "./currency.ts";
import { type DateSpan, dayMonthOrder, findDates } from "./dates.ts";
import { findLabels, type Label } from "./find-labels.ts";
import { languageOf } from "./language.ts";
import { documentLines, type TextLine } from "./text-line.ts";

/** The document's text with everything in it that may be a value or name one. */
export interface PageReading {
  readonly pages: readonly PageText[];
  readonly lines: readonly TextLine[];
  readonly labels: SpansByLine<Label>;
  readonly amounts: SpansByLine<Amount>;
  readonly dates: SpansByLine<DateSpan>;
  readonly currencies: CurrencyReading;
  readonly language: string | null;
}

export function readPages(pages: readonly PageText[]): PageReading {
  const lines = documentLines(pages);
  const language = languageOf(lines);
  const currencies = currenciesOn(lines);
  const mark = decimalMark(lines);
  const order = dayMonthOrder(lines, language, currencies.best?.code === "USD");
  const dates = byLine(lines.flatMap((line) => findDates(line, order)));
  const amounts = lines.flatMap((line) => {
    const taken = dates.get(line.index) ?? [];
    return findAmounts(line, mark).filter((amount) =>
      taken.every((date) => date.end <= amount.start || date.start >= amount.end),
    );
  });
  return {
    pages,
    lines,
    labels: byLine(lines.flatMap(findLabels)),
    amounts: byLine(amounts),
    dates,
    currencies,
    language,
  };
}

export const labelsOf = ({ labels }: PageReading, kind: Label["kind"]): Label[] =>
  [...labels.values()].flatMap((onLine) => onLine.filter((label) => label.kind === kind));
