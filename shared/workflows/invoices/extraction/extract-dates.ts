import { valuesBeside } from "./beside-label.ts";
import { bestReading, type Candidate, type FieldReading, rankValues } from "./candidate.ts";
import { addDays, type DateSpan } from "./dates.ts";
import type { Label } from "./find-labels.ts";
import type { LabelKind } from "./label-vocabulary.ts";
import { labelsOf, type PageReading } from "./page-reading.ts";

const dateKinds: readonly LabelKind[] = ["issueDate", "dueDate", "otherDate"];
const isDateLabel = ({ kind }: Label) => dateKinds.includes(kind);
/** A date without a label, near the top, is the invoice's own more often than not; on receipts it mostly is. */
const unlabelledSupport = 0.6;
const ambiguityFactor = 0.7;
const termsPattern =
  /(?:net(?:to)?|within|innerhalb(?: von)?|binnen|sous|dentro de|entro|payment terms?:?(?: net)?|zahlbar)\s*(?:in\s*)?(\d{1,3})\s*(?:days?|tage?n?|jours?|dias|giorni|dagen)|(\d{1,3})\s*(?:days?|tage?n?|jours?|dias|giorni|dagen)\s*(?:net|netto|fin de mois)/;

export function extractDates(reading: PageReading): { issueDate: FieldReading; dueDate: FieldReading } {
  const issued = rankValues([...labelledDates(reading, "issueDate"), ...unlabelledDates(reading)]);
  const issueDate = bestReading(issued);
  const due = rankValues(labelledDates(reading, "dueDate"));
  const dueDate = bestReading(
    due,
    (value) =>
      issueDate.value !== null && termsOf(reading).some((days) => addDays(issueDate.value ?? value, days) === value),
  );
  return { issueDate, dueDate: withTerms(plausibleDue(dueDate, issueDate), issueDate, reading) };
}

function labelledDates(reading: PageReading, kind: LabelKind): Candidate[] {
  return labelsOf(reading, kind).flatMap((label) =>
    valuesBeside(label, reading.dates, reading.lines, isDateLabel, reading.labels).map(({ value, support }) =>
      candidate(value, support),
    ),
  );
}

const candidate = (value: DateSpan, support: number): Candidate => ({
  value: value.date,
  span: value,
  support: support * (value.ambiguous ? ambiguityFactor : 1),
});

/** Dates of the first page that no other label has claimed; the further down the page, the less they count. */
function unlabelledDates(reading: PageReading): Candidate[] {
  const claimed = new Set(
    (["dueDate", "otherDate"] as const).flatMap((kind) =>
      labelsOf(reading, kind).flatMap((label) =>
        valuesBeside(label, reading.dates, reading.lines, isDateLabel, reading.labels)
          .slice(0, 1)
          .map(({ value }) => value),
      ),
    ),
  );
  const firstPage = reading.pages[0]?.page ?? 1;
  return [...reading.dates.values()]
    .flat()
    .filter((date) => date.line.page === firstPage && !claimed.has(date))
    .map((date, rank) => candidate(date, unlabelledSupport * (1 - 0.3 * date.line.box.top) * (rank === 0 ? 1 : 0.8)));
}

/** Days of the payment terms ("30 days net"). */
function termsOf({ lines }: PageReading): number[] {
  return lines.flatMap(({ plain }) => {
    const match = termsPattern.exec(plain);
    const days = Number(match?.[1] ?? match?.[2]);
    return match === null || Number.isNaN(days) ? [] : [days];
  });
}

function plausibleDue(due: FieldReading, issue: FieldReading): FieldReading {
  if (due.value === null || issue.value === null || due.value >= issue.value) return due;
  return { ...due, confidence: Math.min(due.confidence, 0.3) };
}

/** No due date, but terms: a person may accept what follows from them; it does not stand on the page. */
function withTerms(due: FieldReading, issue: FieldReading, reading: PageReading): FieldReading {
  const [days] = termsOf(reading);
  if (due.value !== null || issue.value === null || days === undefined) return due;
  return {
    ...due,
    suggestion: {
      value: addDays(issue.value, days),
      because: `${days} days after the issue date ${issue.value}, by the payment terms`,
    },
  };
}
