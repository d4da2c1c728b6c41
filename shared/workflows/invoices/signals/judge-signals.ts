import { type InvoiceSignal, invoiceSignals } from "../../../contracts/invoice-signals.ts";
import type { Signal } from "../../../contracts/proposal.ts";
import { bankAccountNew } from "./bank-account.ts";
import { costCentreUnknown, costCentreUnusual, departmentOf } from "./cost-centre.ts";
import { currencyUnclear } from "./currency.ts";
import { datesImplausible } from "./dates.ts";
import { duplicateSuspected, nearTwinSuspected } from "./duplicates.ts";
import { type JudgedInvoice, type JudgeInput, judgedInvoice } from "./judged-invoice.ts";
import type { JudgeSignal } from "./judgement.ts";
import { layoutNew } from "./layout.ts";
import { lineItemsUnusual } from "./line-items.ts";
import { orderUnknown } from "./order.ts";
import { pageContradictsXml } from "./page-against-xml.ts";
import { severalDocuments } from "./several-documents.ts";
import { supplierUnknown } from "./supplier.ts";
import { totalsDoNotAddUp } from "./totals.ts";

const judges: Readonly<Record<InvoiceSignal, JudgeSignal>> = {
  totalsDoNotAddUp,
  datesImplausible,
  currencyUnclear,
  duplicateSuspected,
  nearTwinSuspected,
  pageContradictsXml,
  supplierUnknown,
  bankAccountNew,
  layoutNew,
  orderUnknown,
  lineItemsUnusual,
  costCentreUnknown,
  costCentreUnusual,
  severalDocuments,
};

const ids = invoiceSignalIds();

function invoiceSignalIds(): InvoiceSignal[] {
  const list: InvoiceSignal[] = [];
  for (const id in invoiceSignals) list.push(id as InvoiceSignal);
  return list;
}

/** Every signal of an invoice, fired or not, in the contract's order, and the department's queue (null when nothing tells it). */
export function judgeSignals(input: JudgeInput): { signals: Signal[]; department: string | null } {
  const invoice = judgedInvoice(input);
  return { signals: signalsOf(invoice), department: departmentOf(invoice) };
}

/** As `judgeSignals`, for an invoice whose look-ups are done. */
export const signalsOf = (invoice: JudgedInvoice): Signal[] =>
  ids.map((id) => {
    const { fields, ...judgement } = judges[id](invoice);
    return { id, ...judgement, fields: [...new Set(fields)] };
  });
