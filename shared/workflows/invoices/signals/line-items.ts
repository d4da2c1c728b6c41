import { toNearestMinor } from "../../../values/amount.ts";
import { quoted } from "../../../values/plain-text.ts";
import type { SupplierProfile } from "./history.ts";
import type { JudgedInvoice } from "./judged-invoice.ts";
import { cannotJudge, clears, fires, type Judgement } from "./judgement.ts";
import { itemKey, ownValue } from "./supplier-profile.ts";

/** Fewer decided invoices than this make no habit. */
const minInvoices = 3;
/** A unit price is unusual outside the range seen, widened by a quarter up and by half down: dearer costs money, cheaper hides a switch. */
const dearer = 1.25;
const cheaper = 0.5;
/** A new item is unusual only where items come back: on average at least twice. A shop's never do. */
const minMeanCount = 2;

export function lineItemsUnusual({ extraction, profile, currency, say }: JudgedInvoice): Judgement {
  const passesIf = "items and unit prices were those of earlier invoices";
  if (profile === null || profile.invoices < minInvoices)
    return cannotJudge(
      `Only ${profile?.invoices ?? 0} earlier invoice(s) of this supplier, ${minInvoices} are needed to know what is usual.`,
      passesIf,
    );
  if (extraction.lines.length === 0 || currency === null) return cannotJudge("No line items were read.", passesIf);
  if (Object.keys(profile.items).length === 0)
    return cannotJudge("Earlier invoices of this supplier held no line items.", passesIf);

  const unusual = extraction.lines.flatMap(({ cells }) => {
    const description = cells.description ?? "";
    const key = itemKey(description, currency);
    const item = key === null ? undefined : ownValue(profile.items, key);
    if (item === undefined)
      return key !== null && itemsComeBack(profile) ? [`${quoted(description)} was never bought here`] : [];
    const price = toNearestMinor(cells.unitPrice ?? "", currency);
    const { minUnitPriceMinor: min, maxUnitPriceMinor: max } = item;
    if (price === null || min === null || max === null || (price <= max * dearer && price >= min * cheaper)) return [];
    return [
      `${quoted(description)} costs ${say(price)} each, before ${min === max ? say(min) : `${say(min)} to ${say(max)}`}`,
    ];
  });
  if (unusual.length === 0) return clears(`Items and prices are as on ${profile.invoices} earlier invoices.`);
  const more = unusual.length > 3 ? `; ${unusual.length - 3} more` : "";
  return fires(`${unusual.slice(0, 3).join("; ")}${more}.`, passesIf, []);
}

function itemsComeBack({ items }: SupplierProfile): boolean {
  const counts = Object.values(items).map(({ count }) => count);
  return counts.reduce((sum, count) => sum + count, 0) >= minMeanCount * counts.length;
}
