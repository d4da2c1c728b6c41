import type { Company } from "./company.ts";

export interface SampleLine {
  readonly description: string;
  readonly quantity: number;
  /** Hundredths of the currency. */
  readonly unitPriceMinor: number;
}

/** What one sample invoice says. Dates ISO 8601, amounts in hundredths of the supplier's currency. */
export interface SampleInvoice {
  readonly supplier: Company;
  readonly number: string;
  readonly issueDate: string;
  readonly dueDate: string;
  readonly orderReference: string | null;
  readonly costCentre: string | null;
  readonly lines: readonly SampleLine[];
  /** The account that is printed: the supplier's, unless somebody wants it elsewhere. */
  readonly iban: string;
  /** A gross amount that is printed in place of the right one; null prints the right one. */
  readonly misprintedGrossMinor: number | null;
  /** What the embedded e-invoice says where it differs from the page; null embeds none. */
  readonly embedded: { readonly grossMinor?: number; readonly iban?: string } | null;
}

export const lineAmount = ({ quantity, unitPriceMinor }: SampleLine): number => Math.round(quantity * unitPriceMinor);

/** Net, tax and gross as they should be. */
export function totalsOf({ lines, supplier }: SampleInvoice): { net: number; tax: number; gross: number } {
  const net = lines.reduce((sum, line) => sum + lineAmount(line), 0);
  const tax = Math.round((net * supplier.taxPercent) / 100);
  return { net, tax, gross: net + tax };
}

/** As they are printed. */
export function printedTotals(invoice: SampleInvoice): { net: number; tax: number; gross: number } {
  const totals = totalsOf(invoice);
  return { ...totals, gross: invoice.misprintedGrossMinor ?? totals.gross };
}
