import type { JudgedInvoice } from "./judged-invoice.ts";
import { cannotJudge, clears, fires, type Judgement } from "./judgement.ts";

export function layoutNew({ extraction: { layout }, profile }: JudgedInvoice): Judgement {
  const passesIf = "an earlier invoice of this supplier had looked like this one";
  if (layout === "") return cannotJudge("The page offers nothing to tell a layout by.", passesIf);
  if (profile === null || profile.layouts.length === 0)
    return cannotJudge("No invoice of this supplier was decided yet, so there is no layout to compare with.", passesIf);
  if (profile.layouts.includes(layout)) return clears("An earlier invoice of this supplier looked the same.");
  const count = profile.layouts.length;
  return fires(
    `None of the ${count === 1 ? "one layout" : `${count} layouts`} seen on ${profile.invoices} earlier invoice(s) of this supplier.`,
    passesIf,
    ["supplier", "iban"],
  );
}
