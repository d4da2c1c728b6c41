import { formatAmount, oneCent, sameAmount } from "../../../documents/decimal.ts";
import { confidenceOf, type FieldReading, nothingFound } from "./candidate.ts";
import type { PageReading } from "./page-reading.ts";
import { type AmountValue, amountOf, type TotalCandidates, totalCandidates } from "./total-candidates.ts";

export interface Totals {
  readonly net: FieldReading;
  readonly tax: FieldReading;
  readonly gross: FieldReading;
}

interface Choice {
  readonly net: AmountValue | null;
  readonly tax: AmountValue | null;
  readonly gross: AmountValue | null;
}

const highestTaxRate = 0.3;
/** What agreement is worth beside labels of strength up to 1 each. */
const addsUpBonus = 1.2;
const impossiblePenalty = 0.8;
/** Less than a good label is worth, so that three well labelled amounts that do not add up are shown as such. */
const noSumPenalty = 0.5;
const linesBonus = 0.5;
const paidBonus = 0.6;
const roundedBonus = 0.6;

/**
 * Net, tax and gross, chosen together: what adds up beats what is only well labelled.
 *
 * @param linesSum - of the line items, in ten-thousandths; null without any.
 */
export function extractTotals(reading: PageReading, linesSum: number | null): Totals {
  const candidates = totalCandidates(reading);
  return readingsOf(choose(candidates, linesSum), candidates, linesSum);
}

function choose(candidates: TotalCandidates, linesSum: number | null): Choice {
  let best: Choice = { net: null, tax: null, gross: null };
  let bestScore = Number.NEGATIVE_INFINITY;
  for (const gross of [null, ...candidates.gross])
    for (const net of [null, ...candidates.net, ...candidates.totalsAsNet])
      for (const tax of [null, ...candidates.tax]) {
        const choice = { net, tax, gross };
        if (net !== null && !candidates.net.includes(net) && !addsUp(choice, candidates.roundings)) continue;
        const score = scoreOf(choice, candidates, linesSum);
        if (score > bestScore) [best, bestScore] = [choice, score];
      }
  return best;
}

const weight = (value: AmountValue | null) => (value === null ? 0 : value.support * (0.5 + 0.5 * value.reading));

function scoreOf(choice: Choice, { paid, roundings, rounded }: TotalCandidates, linesSum: number | null): number {
  const { gross, net, tax } = choice;
  let score = 1.5 * weight(gross) + weight(net) + weight(tax);
  if (addsUp(choice, roundings)) score += addsUpBonus;
  else if (isImpossible(choice)) score -= impossiblePenalty;
  else if (gross !== null && net !== null && tax !== null) score -= noSumPenalty;
  if (isLinesSum(net, linesSum) || isLinesSum(gross, linesSum)) score += linesBonus;
  if (gross !== null && paid.includes(gross.amount)) score += paidBonus;
  if (gross !== null && rounded.includes(gross.amount)) score += roundedBonus;
  return score;
}

const isLinesSum = (value: AmountValue | null, linesSum: number | null): boolean =>
  value !== null && linesSum !== null && sameAmount(value.amount, linesSum);

/** Net and tax make the gross amount, or do before it is rounded. */
function addsUp({ net, tax, gross }: Choice, roundings: readonly number[]): boolean {
  if (net === null || tax === null || gross === null) return false;
  const rateIsPlausible = Math.abs(tax.amount) <= highestTaxRate * Math.abs(net.amount) + oneCent;
  return (
    rateIsPlausible &&
    [0, ...roundings].some((rounding) => sameAmount(net.amount + tax.amount + rounding, gross.amount))
  );
}

/** A net above the gross amount, or more tax than any country takes. */
function isImpossible({ net, tax, gross }: Choice): boolean {
  if (gross === null) return false;
  const most = Math.abs(gross.amount) + oneCent;
  if (net !== null && Math.abs(net.amount) > most) return true;
  return tax !== null && Math.abs(tax.amount) > highestTaxRate * most;
}

function readingsOf(choice: Choice, candidates: TotalCandidates, linesSum: number | null): Totals {
  const { net, tax, gross } = choice;
  const sums = addsUp(choice, candidates.roundings);
  const disagree = net !== null && tax !== null && gross !== null && !sums;
  const isPaid = gross !== null && candidates.paid.includes(gross.amount);
  const field = (name: keyof Choice, agrees: boolean) => fieldReading(choice[name], candidates[name], agrees, disagree);
  const grossWanted = net !== null && tax !== null && !sums ? net.amount + tax.amount : null;
  const taxWanted = net !== null && gross !== null && tax === null ? gross.amount - net.amount : null;
  return {
    net: field("net", sums || isLinesSum(net, linesSum)),
    tax: withSuggestion(field("tax", sums), taxWanted, "gross less net"),
    gross: withSuggestion(field("gross", sums || isLinesSum(gross, linesSum) || isPaid), grossWanted, "net plus tax"),
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
  const lead = Math.max(0, chosen.support - (rival?.support ?? 0));
  const confidence = confidenceOf({ support: chosen.support, reading: chosen.reading, lead, agrees });
  return { value: chosen.value, confidence: disagree ? confidence * 0.5 : confidence, evidence: chosen.evidence };
}

function withSuggestion(reading: FieldReading, amount: number | null, because: string): FieldReading {
  if (amount === null || (reading.value !== null && sameAmount(amountOf(reading.value), amount))) return reading;
  return { ...reading, suggestion: { value: formatAmount(amount), because: `${because} is ${formatAmount(amount)}` } };
}
