import type { PageText } from "../../../contracts/document.ts";
import { textLines } from "../../../documents/reading-order.ts";
import { canonicalNumber, toNearestMinor } from "../../../values/amount.ts";
import { plainText } from "../../../values/plain-text.ts";

/** An amount that stands between the sums of an invoice: discount, freight, deposit, rounding. */
export interface Adjustment {
  /** The line it stands on, as printed. */
  readonly label: string;
  /** Minor units, without sign: pages print deductions either way. */
  readonly minor: number;
}

/**
 * Document-level allowances, charges, prepaid amounts and rounding (BT-107, BT-108, BT-113, BT-114) as pages call them.
 * Skonto is not among them: a discount for early payment leaves the totals as they are.
 */
const words =
  /discount|rebate|allowance|voucher|deposit|prepaid|pre-paid|advance|paid to date|already paid|shipping|freight|postage|delivery|handling|surcharge|round|rabatt|nachlass|nachlaß|gutschein|gutschrift|anzahlung|abschlag|vorauszahlung|bereits (?:bezahlt|gezahlt)|versand|fracht|porto|zuschlag|rundung|remise|rabais|ristourne|acompte|avance|deja (?:paye|regle)|frais|arrondi|descuento|anticipo|envio|transporte|recargo|redondeo|portes|sconto|abbuono|acconto|spedizione|trasporto|spese|arrotondamento|korting|voorschot|aanbetaling|verzend|toeslag|afronding/i;
const amounts = /[-−]?\d[\d.,'’]*\d|\d/g;
/** A terms line ("2 % discount if paid within 10 days") speaks of days, not of this sum. */
const terms = /\b(?:days?|tage?n?|jours?|dias|giorni|dagen)\b/i;
const maxAdjustments = 20;

const withoutAccents = (text: string) => text.normalize("NFKD").replace(/\p{M}/gu, "");

/** What the pages show of them, in reading order. */
export function adjustmentsShown(pages: readonly PageText[], currency: string): Adjustment[] {
  return pages
    .flatMap(({ words: pageWords }) => textLines(pageWords))
    .map((line) => line.map(({ text }) => text).join(" "))
    .filter((line) => words.test(withoutAccents(line)) && !terms.test(withoutAccents(line)))
    .slice(0, maxAdjustments)
    .flatMap((line) => {
      const minor = lastAmount(line, currency);
      return minor === null || minor === 0 ? [] : [{ label: plainText(line), minor }];
    });
}

/** The sum stands last on its line, after a rate or a quantity. */
function lastAmount(line: string, currency: string): number | null {
  const text = line.match(amounts)?.at(-1);
  const number = text === undefined ? null : canonicalNumber(text);
  const minor = number === null ? null : toNearestMinor(number, currency);
  return minor === null ? null : Math.abs(minor);
}

/** Most adjustments that are tried together: 3^6 combinations. */
const maxCombined = 6;

/** The adjustments that, each added, taken off or left, make up a difference within a tolerance; null when none do. */
export function explain(
  difference: number,
  toleranceMinor: number,
  adjustments: readonly Adjustment[],
): Adjustment[] | null {
  const search = (rest: number, left: readonly Adjustment[]): Adjustment[] | null => {
    if (Math.abs(rest) <= toleranceMinor) return [];
    const [next, ...others] = left;
    if (next === undefined) return null;
    const skipped = search(rest, others);
    if (skipped !== null) return skipped;
    for (const step of [next.minor, -next.minor]) {
      const found = search(rest - step, others);
      if (found !== null) return [next, ...found];
    }
    return null;
  };
  return search(difference, adjustments.slice(0, maxCombined));
}
