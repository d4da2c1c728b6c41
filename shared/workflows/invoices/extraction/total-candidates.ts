import { formatAmount, oneCent } from "../../../documents/decimal.ts";
import type { Amount } from "./amounts.ts";
import { valuesBeside } from "./beside-label.ts";
import { type Candidate, type RankedValue, rankValues } from "./candidate.ts";
import type { Label } from "./find-labels.ts";
import type { LabelKind } from "./label-vocabulary.ts";
import { labelsOf, type PageReading } from "./page-reading.ts";

export interface AmountValue extends RankedValue {
  /** Ten-thousandths. */
  readonly amount: number;
}

/** What the pages offer as net, tax and gross, and what else they say of the total. */
export interface TotalCandidates {
  readonly net: readonly AmountValue[];
  readonly tax: readonly AmountValue[];
  readonly gross: readonly AmountValue[];
  /** "Total" before the tax is added: a net amount when the sum says so, and only then. */
  readonly totalsAsNet: readonly AmountValue[];
  /** Handed over less change: an independent statement of the total, on receipts. Ten-thousandths. */
  readonly paid: readonly number[];
  /** What a total is rounded by, and totals with it. Ten-thousandths. */
  readonly roundings: readonly number[];
  readonly rounded: readonly number[];
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
/** "Net total" is the gross amount on receipts that know no tax. */
const netAsGross = 0.5;
const totalAsNet = 0.4;
const largestSupport = 0.25;
const paidSupport = 0.5;
const roundedSupport = 0.85;
/** Cash is rounded to five cents, seldom to more. */
const mostRounding = 5 * oneCent;

export function totalCandidates(reading: PageReading): TotalCandidates {
  const beside = (...kinds: readonly LabelKind[]) => labelledAmounts(reading, kinds);
  const [net, total] = [beside("net"), beside("gross", "amountDue")];
  const payments = paymentsOf(beside("tendered"), beside("change"));
  const roundings = beside("rounding")
    .map(({ value }) => amountOf(value))
    .filter((rounding) => rounding !== 0 && Math.abs(rounding) <= mostRounding);
  const rounded = total.flatMap(({ value }) => roundings.map((rounding) => amountOf(value) + rounding));
  const withChange = payments.filter(({ change }) => change > 0).map((payment) => payment.total);
  return {
    net: ranked(net),
    tax: ranked(beside("tax")),
    gross: ranked([
      ...total,
      ...(total.length > 0 ? [] : net.map((found) => ({ ...found, support: found.support * netAsGross }))),
      ...largestAmount(reading),
      ...standing(reading, withChange, paidSupport),
      ...standing(reading, rounded, roundedSupport),
    ]),
    totalsAsNet: ranked(total.map((found) => ({ ...found, support: found.support * totalAsNet }))),
    paid: payments.map((payment) => payment.total),
    roundings,
    rounded,
  };
}

export const amountOf = (value: string): number => Math.round(Number(value) * 10_000);

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
  const factor = value.decimals === 2 ? 1 : value.withCurrency ? 0.7 : value.decimals === 0 ? 0.4 : 0.5;
  return { value: formatAmount(value.value), span: value, support: support * factor };
}

/** The largest amount in money form is the total when nothing is labelled. */
function largestAmount(reading: PageReading): Candidate[] {
  const money = [...reading.amounts.values()].flat().filter(({ decimals, value }) => decimals === 2 && value > 0);
  const largest = Math.max(0, ...money.map(({ value }) => value));
  return money
    .filter(({ value }) => value === largest)
    .slice(0, 1)
    .map((amount) => candidate(amount, largestSupport));
}

const paymentsOf = (tendered: readonly Candidate[], changes: readonly Candidate[]) =>
  tendered
    .flatMap(({ value }) => changes.map((back) => ({ given: amountOf(value), change: amountOf(back.value) })))
    .map(({ given, change }) => ({ change, total: given - change }))
    .filter(({ total }) => total > 0);

/** Amounts that follow from others count only where they also stand on the page. */
const standing = (reading: PageReading, values: readonly number[], support: number): Candidate[] =>
  [...reading.amounts.values()]
    .flat()
    .filter(({ value }) => values.includes(value))
    .map((amount) => candidate(amount, support));

const ranked = (candidates: readonly Candidate[]): AmountValue[] =>
  rankValues(candidates)
    .slice(0, mostCandidates)
    .map((value) => ({ ...value, amount: amountOf(value.value) }));
