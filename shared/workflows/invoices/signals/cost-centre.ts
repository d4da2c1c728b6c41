import { quoted } from "../../../values/plain-text.ts";
import { costCentreKey } from "../lists/cost-centres.ts";
import type { JudgedInvoice } from "./judged-invoice.ts";
import { cannotJudge, clears, fires, type Judgement } from "./judgement.ts";
import { ownValue } from "./supplier-profile.ts";

/** Below this share of a supplier's invoices a cost centre is unusual. */
const minUsualShare = 0.2;
/** Fewer decided invoices than this make no habit. */
const minInvoices = 3;

/** A missing cost centre is no obstacle where the supplier has a usual one: that is suggested, and its department asked. */
export function costCentreUnknown(invoice: JudgedInvoice): Judgement {
  const { lists, text } = invoice;
  const costCentre = text("costCentre");
  if (lists.costCentres === null)
    return cannotJudge(
      "No cost-centre list was uploaded.",
      "a cost-centre list were uploaded and held the cost centre",
      ["costCentre"],
    );
  if (costCentre === null) {
    const usual = usualCostCentre(invoice);
    return usual === null
      ? fires(
          "The invoice names no cost centre, and none is usual for this supplier.",
          "the invoice named a cost centre on the list",
          ["costCentre"],
        )
      : clears(`The invoice names no cost centre; usual for this supplier is ${quoted(usual)}.`);
  }
  const listed = lists.costCentres.find(({ key }) => key === costCentreKey(costCentre));
  return listed === undefined
    ? fires(
        `${quoted(costCentre)} is not among the ${lists.costCentres.length} cost centres on the list.`,
        `${quoted(costCentre)} were on the cost-centre list`,
        ["costCentre"],
      )
    : clears(`${quoted(listed.code)} is ${quoted(listed.name)}.`);
}

export function costCentreUnusual(invoice: JudgedInvoice): Judgement {
  const { text, vendor, profile } = invoice;
  const costCentre = text("costCentre");
  if (costCentre === null) return clears("The invoice names no cost centre.");
  const key = costCentreKey(costCentre);
  const counts = profile?.costCentres ?? {};
  const total = Object.values(counts).reduce((sum, count) => sum + count, 0);
  const count = ownValue(counts, key) ?? 0;
  const usual = usualCostCentre(invoice);
  if (usual === null)
    return cannotJudge(
      "No cost centre is usual for this supplier yet.",
      "the cost centre were this supplier's usual one",
      ["costCentre"],
    );
  if (costCentreKey(usual) === key || (total >= minInvoices && count / total >= minUsualShare))
    return clears(`${quoted(costCentre)} is usual for this supplier.`);
  const listed = vendor?.usualCostCentre == null ? "" : `the vendor list says ${quoted(vendor.usualCostCentre)}`;
  const seen = total === 0 ? "" : `${count} of ${total} earlier invoices went to ${quoted(costCentre)}`;
  return fires(
    `The invoice is for ${quoted(costCentre)}; ${[listed, seen].filter((part) => part !== "").join(", ")}.`,
    `the cost centre were ${quoted(usual)}`,
    ["costCentre"],
  );
}

/** The vendor list's, else the one that most decided invoices of this supplier went to; null before there is a habit. */
export function usualCostCentre({ vendor, profile }: JudgedInvoice): string | null {
  if (vendor?.usualCostCentre != null) return vendor.usualCostCentre;
  const counts = Object.entries(profile?.costCentres ?? {}).sort(([, a], [, b]) => b - a);
  const total = counts.reduce((sum, [, count]) => sum + count, 0);
  return total >= minInvoices ? (counts[0]?.[0] ?? null) : null;
}

/** Queue of the department that the invoice is for, by its cost centre or else the supplier's usual one; null when the list tells none. */
export function departmentOf(invoice: JudgedInvoice): string | null {
  const code = invoice.text("costCentre") ?? usualCostCentre(invoice);
  if (code === null) return null;
  return invoice.lists.costCentres?.find(({ key }) => key === costCentreKey(code))?.queue ?? null;
}
