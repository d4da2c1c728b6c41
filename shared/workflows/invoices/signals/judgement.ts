import type { InvoiceField } from "../../../contracts/invoice.ts";
import type { JudgedInvoice } from "./judged-invoice.ts";

/** A signal without its name. `fired` null: it could not be judged, `observed` says why. */
export interface Judgement {
  readonly fired: boolean | null;
  readonly observed: string;
  readonly passesIf: string | null;
  readonly fields: readonly InvoiceField[];
}

export type JudgeSignal = (invoice: JudgedInvoice) => Judgement;

/** @param passesIf - completes "It would have passed if …". */
export const fires = (observed: string, passesIf: string, fields: readonly InvoiceField[]): Judgement => ({
  fired: true,
  observed,
  passesIf,
  fields,
});

export const clears = (observed: string): Judgement => ({ fired: false, observed, passesIf: null, fields: [] });

/** @param passesIf - what would make it judgeable and clear; a policy may hold what could not be judged. */
export const cannotJudge = (observed: string, passesIf: string, fields: readonly InvoiceField[] = []): Judgement => ({
  fired: null,
  observed,
  passesIf,
  fields,
});
