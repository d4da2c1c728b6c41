import { formatAmount, oneCent, sameAmount } from "../../../documents/decimal.ts";
import type { Amount } from "./amounts.ts";
import { valuesBeside } from "./beside-label.ts";
import {
  type Candidate,
  confidenceOf,
  type FieldReading,
  nothingFound,
  type RankedValue,
  rankValues,
} from "./candidate.ts";
import type { Label } from "./find-labels.ts";
import type { LabelKind } from "./label-vocabulary.ts";
import { labelsOf, type PageReading } from "./page-reading.ts";

/** Net, tax and gross, chosen together: what adds up beats what is only well labelled. */
export interface Totals {
  readonly net: FieldReading;
  readonly tax: FieldReading;
  readonly gross: FieldReading;
}

interface AmountValue extends RankedValue {
  readonly amount: number;
}

const amountKinds: readonly LabelKind[] = [
  "net",
  "tax",
  "gross",
  "amountDue",
  "tendered",
  "change",
  "rounding",
  "otherAmount",
];
const isAmountLabel = ({ kind }: Label) => amountKinds.includes(kind);
const mostCandidates = 7;
const highestTaxRate = 0.3;

/** What agreement is worth beside labels of strength up to 1 each. */
const addsUpBonus = 1.2;
const contradictsPenalty = 0.8;
const linesBonus = 0.5;
const paidBonus = 0.6;

export function extractTotals(reading: PageReading, linesSum: number | null): Totals {
  const beside = (...kinds: readonly LabelKind[]) => labelledAmounts(reading, kinds);
  const paid = paidAmounts(beside("tendered"), beside("change"));
  const rounded = roundedAmounts(beside("gross", "amountDue"), beside("rounding"));
  const gross = ranked([
    ...beside("gross", "amountDue"),
    ...unlabelledGross(reading),
    ...known(reading, [...paid, ...rounded]),
  ]);
  const choice = choose({ gross, net: ranked(beside("net")), tax: ranked(beside("tax")) }, linesSum, paid, rounded);
  return readingsOf(choice, { gross, net: ranked(beside("net")), tax: ranked(beside("tax")) }, linesSum, paid);
}

interface Choice {
  readonly net: AmountValue | null;
  readonly tax: AmountValue | null;
  readonly gross: AmountValue | null;
}
type Ranking = { readonly [K in keyof Choice]: readonly AmountValue[] };

function labelledAmounts(reading: PageReading, kinds: readonly LabelKind[]): Candidate[] {
  return kinds.flatMap((kind) =>
    labelsOf(reading, kind).flatMap((label) =>
      valuesBeside(label, reading.amounts, reading.lines, isAmountLabel, reading.labels).map(({ value, support }) =>
        candidate(value, support),
      ),
    ),
  );
}

/** Money has two decimals or a currency; a bare whole number beside "total" is a count as often as not. */
function candidate(value: Amount, support: number): Candidate {
  const factor = value.decimals === 2 ? 1 : value.withCurrency ? 0.85 : value.decimals === 0 ? 0.4 : 0.5;
  return { value: formatAmount(value.value), span: value, support: support * factor };
}

/** The largest amount in money form is the total when nothing is labelled. */
function unlabelledGross(reading: PageReading): Candidate[] {
  const money = [...reading.amounts.values()].flat().filter(({ decimals, value }) => decimals === 2 && value > 0);
  const largest = Math.max(0, ...money.map(({ value }) => value));
  return money
    .filter(({ value }) => value === largest)
    .slice(0, 1)
    .map((amount) => candidate(amount, 0.25));
}

/** What was handed over less the change: an independent statement of the total, on receipts. */
const paidAmounts = (tendered: readonly Candidate[], change: readonly Candidate[]): number[] =>
  tendered
    .flatMap(({ value: given }) => change.map(({ value: back }) => amountOf(given) - amountOf(back)))
    .filter((amount) => amount > 0);

const roundedAmounts = (totals: readonly Candidate[], rounding: readonly Candidate[]): number[] =>
  totals.flatMap(({ value: total }) =>
    rounding
      .filter(({ value }) => amountOf(value) !== 0 && Math.abs(amountOf(value)) <= 5 * oneCent)
      .map(({ value }) => amountOf(total) + amountOf(value)),
  );

/** Amounts that follow from others count only where they also stand on the page. */
const known = (reading: PageReading, values: readonly number[]): Candidate[] =>
  [...reading.amounts.values()]
    .flat()
    .filter(({ value }) => values.includes(value))
    .map((amount) => candidate(amount, 0.5));

function amountOf(value: string): number {
  return Math.round(Number(value) * 10_000);
}

const ranked = (candidates: readonly Candidate[]): AmountValue[] =>
  rankValues(candidates)
    .slice(0, mostCandidates)
    .map((value) => ({ ...value, amount: amountOf(value.value) }));

function choose(
  { gross, net, tax }: Ranking,
  linesSum: number | null,
  paid: readonly number[],
  rounded: readonly number[],
): Choice {
  let best: Choice = { net: null, tax: null, gross: null };
  let bestScore = Number.NEGATIVE_INFINITY;
  for (const g of [null, ...gross])
    for (const n of [null, ...net])
      for (const t of [null, ...tax]) {
        const choice = { net: n, tax: t, gross: g };
        const score = scoreOf(choice, linesSum, paid, rounded);
        if (score > bestScore) [best, bestScore] = [choice, score];
      }
  return best;
}

const weight = (value: AmountValue | null) => (value === null ? 0 : value.support * (0.5 + 0.5 * value.reading));

function scoreOf(choice: Choice, linesSum: number | null, paid: readonly number[], rounded: readonly number[]): number {
  const { gross, net, tax } = choice;
  let score = 1.5 * weight(gross) + weight(net) + weight(tax);
  if (addsUp(choice)) score += addsUpBonus;
  else if (gross !== null && net !== null && tax !== null) score -= contradictsPenalty;
  else if (gross !== null && net !== null && Math.abs(net.amount) > Math.abs(gross.amount) + oneCent)
    score -= contradictsPenalty;
  if (gross !== null && tax !== null && Math.abs(tax.amount) > highestTaxRate * Math.abs(gross.amount) + oneCent)
    score -= contradictsPenalty;
  if (linesSum !== null && [net, gross].some((value) => value !== null && sameAmount(value.amount, linesSum)))
    score += linesBonus;
  if (gross !== null && paid.includes(gross.amount)) score += paidBonus;
  if (gross !== null && rounded.includes(gross.amount)) score += 0.3;
  return score;
}

export const addsUp = ({ net, tax, gross }: Choice): boolean =>
  net !== null &&
  tax !== null &&
  gross !== null &&
  sameAmount(net.amount + tax.amount, gross.amount) &&
  Math.abs(tax.amount) <= highestTaxRate * Math.abs(net.amount) + oneCent;

function readingsOf(choice: Choice, all: Ranking, linesSum: number | null, paid: readonly number[]): Totals {
  const { net, tax, gross } = choice;
  const sums = addsUp(choice);
  const linesAgree = (value: AmountValue | null) =>
    linesSum !== null && value !== null && sameAmount(value.amount, linesSum);
  const disagree = net !== null && tax !== null && gross !== null && !sums;
  const field = (name: keyof Choice, agrees: boolean): FieldReading =>
    fieldReading(choice[name], all[name], agrees, disagree);
  return {
    net: field("net", sums || linesAgree(net)),
    tax: withSuggestion(
      field("tax", sums),
      tax === null && net !== null && gross !== null ? gross.amount - net.amount : null,
      "gross less net",
    ),
    gross: withSuggestion(
      field("gross", sums || linesAgree(gross) || (gross !== null && paid.includes(gross.amount))),
      disagree || (gross === null && net !== null && tax !== null) ? (net?.amount ?? 0) + (tax?.amount ?? 0) : null,
      "net plus tax",
    ),
  };
}

function fieldReading(
  chosen: AmountValue | null,
  all: readonly AmountValue[],
  agrees: boolean,
  disagree: boolean,
): FieldReading {
  if (chosen === null) return nothingFound;
  const rival = all.find(({ value }) => value !== chosen.value);
  const lead = chosen.support - (rival?.support ?? 0);
  const confidence = confidenceOf({
    support: chosen.support,
    reading: chosen.reading,
    lead: Math.max(0, lead),
    agrees,
  });
  return { value: chosen.value, confidence: disagree ? confidence * 0.5 : confidence, evidence: chosen.evidence };
}

function withSuggestion(reading: FieldReading, amount: number | null, because: string): FieldReading {
  if (amount === null || (reading.value !== null && sameAmount(amountOf(reading.value), amount))) return reading;
  return { ...reading, suggestion: { value: formatAmount(amount), because: `${because} is ${formatAmount(amount)}` } };
}
