import { byLine, type Labelled, type SpansByLine, valuesBeside } from "./beside-label.ts";
import { bestReading, type Candidate, type FieldReading, rankValues } from "./candidate.ts";
import type { Label } from "./find-labels.ts";
import type { LabelKind } from "./label-vocabulary.ts";
import { labelsOf, type PageReading } from "./page-reading.ts";
import type { Span, TextLine } from "./text-line.ts";

/** A word that may be a number or reference: it has a digit, and is neither date nor amount. */
interface Code extends Span {
  readonly value: string;
}

const referenceKinds: readonly LabelKind[] = [
  "number",
  "otherNumber",
  "orderReference",
  "costCentre",
  "taxId",
  "iban",
  "issueDate",
  "dueDate",
  "otherDate",
];
const isReferenceLabel = ({ kind }: Label) => referenceKinds.includes(kind);

export interface References {
  readonly number: FieldReading;
  readonly orderReference: FieldReading;
  readonly costCentre: FieldReading;
  /** Codes that stand beside a tax-number label, for those that no country's pattern knows. */
  readonly taxIdCodes: readonly Candidate[];
  /** Numbers that strong labels name, with their pages. */
  readonly strongNumbers: readonly { readonly value: string; readonly page: number }[];
}

export function extractReferences(reading: PageReading): References {
  const codes = byLine(reading.lines.flatMap((line) => codesOn(line, reading)));
  const beside = (kind: LabelKind, among: SpansByLine<Code> = codes) =>
    labelsOf(reading, kind).flatMap((label) =>
      valuesBeside(label, among, reading.lines, isReferenceLabel, reading.labels).slice(0, 1),
    );
  const claims = new Map<string, number>();
  for (const kind of ["otherNumber", "orderReference", "taxId", "costCentre"] as const)
    for (const { value, support } of beside(kind))
      claims.set(place(value), Math.max(support, claims.get(place(value)) ?? 0));
  const numbers = beside("number").filter(({ value, support }) => (claims.get(place(value)) ?? 0) <= support);
  return {
    number: bestReading(rankValues(numbers.map(numberCandidate))),
    orderReference: bestReading(rankValues(beside("orderReference").map(asCandidate))),
    costCentre: bestReading(rankValues(beside("costCentre").map(asCandidate))),
    taxIdCodes: beside("taxId")
      .filter(({ value }) => value.value.replace(/\D/g, "").length >= 7)
      .map(asCandidate),
    strongNumbers: numbers
      .filter(({ support }) => support >= 0.8)
      .map(({ value }) => ({ value: value.value, page: value.line.page })),
  };
}

const place = ({ line, start }: Span) => `${line.index}:${start}`;
const asCandidate = ({ value, support }: Labelled<Code>): Candidate => ({ value: value.value, span: value, support });

/** Invoice numbers stand in the head, and are seldom shorter than three characters; short ones are page or table numbers. */
function numberCandidate(labelled: Labelled<Code>): Candidate {
  const { value, line } = labelled.value;
  const place = line.page === 1 ? 1 - 0.1 * line.box.top : 0.9;
  return { ...asCandidate(labelled), support: labelled.support * place * (value.length >= 3 ? 1 : 0.5) };
}

const codePattern = /(?<![\p{L}\d])[\p{L}\d][\p{L}\d/._\-*]{0,29}(?![\p{L}\d])/gu;

function codesOn(line: TextLine, reading: PageReading): Code[] {
  const dates = reading.dates.get(line.index) ?? [];
  const amounts = (reading.amounts.get(line.index) ?? []).filter(
    ({ decimals, withCurrency }) => decimals === 2 || withCurrency,
  );
  const labels = reading.labels.get(line.index) ?? [];
  return [...line.text.matchAll(codePattern)].flatMap((match) => {
    const value = match[0].replace(/[._\-/*]+$/, "");
    const [start, end] = [match.index, match.index + value.length];
    const taken = [...dates, ...amounts, ...labels].some((other) => other.start < end && start < other.end);
    return taken || !/\d/.test(value) || (/^\d{1,2}$/.test(value) && line.text.charAt(end) === "%")
      ? []
      : [{ line, start, end, value }];
  });
}
