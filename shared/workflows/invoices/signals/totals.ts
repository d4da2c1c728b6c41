import { toMinor } from "../../../values/amount.ts";
import { quoted } from "../../../values/plain-text.ts";
import { type Adjustment, adjustmentsShown, explain } from "./adjustments.ts";
import type { JudgedInvoice } from "./judged-invoice.ts";
import { cannotJudge, clears, fires, type Judgement } from "./judgement.ts";

/**
 * Half the smallest coin where totals are rounded to it, in minor units; one unit elsewhere. Net, tax and gross are each
 * rounded by at most half a unit, so that EN 16931's BR-CO-15 (gross = net + tax) holds within one unit on pages that round late.
 */
const cashRounding: Readonly<Record<string, number>> = {
  CHF: 5,
  MYR: 5,
  SEK: 100,
  NOK: 100,
  DKK: 50,
  CZK: 100,
  HUF: 500,
};
const totalTolerance = (currency: string | null) => Math.max(1, Math.floor((cashRounding[currency ?? ""] ?? 0) / 2));

/** Each of n lines and the net amount are rounded by at most half a unit: BR-CO-10 holds within (n + 1) / 2. */
const linesTolerance = (lines: number, currency: string | null) =>
  Math.max(totalTolerance(currency), Math.floor((lines + 1) / 2));

/**
 * Net plus tax is the gross amount (BR-CO-15), and the lines sum to the net amount (BR-CO-10, BR-CO-13), or to the gross amount
 * where prices include tax. A difference that a discount, freight or deposit on the page makes up is none.
 */
export function totalsDoNotAddUp(invoice: JudgedInvoice): Judgement {
  const adjustments = adjustmentsShown(invoice.pages, invoice.currency ?? "");
  const header = judgeHeader(invoice, adjustments);
  const lines = judgeLines(invoice, adjustments);
  const wrong = [header, lines].find(({ fired }) => fired === true);
  if (wrong !== undefined) return wrong;
  const right = [header, lines].filter(({ fired }) => fired === false);
  return right.length === 0 ? header : clears(right.map(({ observed }) => observed).join(" "));
}

function judgeHeader(invoice: JudgedInvoice, adjustments: readonly Adjustment[]): Judgement {
  const { minor, say } = invoice;
  const [net, tax, gross] = [minor("net"), minor("tax"), minor("gross")];
  if (gross === null) return cannotJudge("No gross amount was read.", "the gross amount were readable", ["gross"]);
  if (net === null)
    return cannotJudge(
      `No net amount was read beside the gross amount of ${say(gross)}.`,
      `net and tax were given and made ${say(gross)}`,
      ["net", "tax"],
    );
  if (tax === null && net !== gross) return judgeImpliedTax(net, gross, invoice, adjustments);
  const sum = net + (tax ?? 0);
  const equation = `Net ${say(net)} + tax ${say(tax ?? 0)} = ${say(sum)}`;
  if (Math.abs(sum - gross) <= totalTolerance(invoice.currency)) return clears(`${equation}.`);
  const reasons = explain(sum - gross, totalTolerance(invoice.currency), adjustments);
  if (reasons !== null)
    return clears(`${equation}, the gross amount of ${say(gross)} follows with ${sayAdjustments(reasons)}.`);
  return fires(`${equation}, the page says ${say(gross)}.`, `the total were ${say(sum)}`, ["gross", "net", "tax"]);
}

/** Above every standard rate of value added tax (Hungary's 27 % is the highest). */
const highestTaxRate = 0.3;

/** Without a tax amount the difference is taken for it, as long as it could be one: a total that was tampered with often could not. */
function judgeImpliedTax(
  net: number,
  gross: number,
  { say, currency }: JudgedInvoice,
  adjustments: readonly Adjustment[],
): Judgement {
  const difference = gross - net;
  const rate = difference / net;
  const observed = `Net ${say(net)} and gross ${say(gross)} were read, but no tax`;
  if (rate >= 0 && rate <= highestTaxRate)
    return cannotJudge(`${observed}.`, `the tax were given as ${say(difference)}`, ["tax"]);
  if (explain(difference, totalTolerance(currency), adjustments) !== null)
    return cannotJudge(`${observed}; the page shows further amounts.`, `the tax were given`, ["tax"]);
  const share = Number.isFinite(rate) ? `, ${Math.round(rate * 100)} % of the net amount` : "";
  return fires(
    `${observed}; the difference is ${say(difference)}${share}, which is no tax.`,
    `net and tax made ${say(gross)}`,
    ["gross", "net", "tax"],
  );
}

/** Rows that say what is contained in the row above them, and are summed there already. */
const contained = /^\s*(?:incl|inkl|inclusief|compris|dont|davon|darin|enthalten|di cui|waarvan|of which|included)\b/i;

function judgeLines(invoice: JudgedInvoice, adjustments: readonly Adjustment[]): Judgement {
  const { minor, say, currency, extraction } = invoice;
  const counted = extraction.lines.filter(({ cells }) => !contained.test(cells.description ?? ""));
  const amounts = counted.map(({ cells }) => toMinor(cells.amount ?? "", currency ?? ""));
  const read = amounts.filter((amount) => amount !== null);
  if (read.length === 0 || read.length < amounts.length)
    return cannotJudge(
      read.length === 0 ? "No line amounts were read." : "Some line amounts could not be read.",
      "all line amounts were readable",
    );
  const sum = read.reduce((total, amount) => total + amount, 0);
  const [net, gross] = [minor("net"), minor("gross")];
  const targets = [net, gross].filter((target) => target !== null);
  const [wanted] = targets;
  if (wanted === undefined)
    return cannotJudge("No total was read.", "net or gross amount were readable", ["net", "gross"]);

  const tolerance = linesTolerance(read.length, currency);
  const count = read.length === 1 ? "1 line sums" : `${read.length} lines sum`;
  if (targets.some((target) => Math.abs(sum - target) <= tolerance)) return clears(`The ${count} to ${say(sum)}.`);
  for (const target of targets) {
    const reasons = explain(sum - target, tolerance, adjustments);
    if (reasons !== null)
      return clears(`The ${count} to ${say(sum)}; ${say(target)} follows with ${sayAdjustments(reasons)}.`);
  }
  const observed = `The ${count} to ${say(sum)}, the ${net === null ? "gross" : "net"} amount is ${say(wanted)}`;
  const passes = `the lines summed to ${say(wanted)}`;
  const field = net === null ? "gross" : "net";
  return adjustments.length > 0
    ? cannotJudge(`${observed}; the page also shows ${sayAdjustments(adjustments.slice(0, 3))}.`, passes, [field])
    : fires(`${observed}.`, passes, [field]);
}

const sayAdjustments = (adjustments: readonly Adjustment[]) => adjustments.map(({ label }) => quoted(label)).join(", ");
