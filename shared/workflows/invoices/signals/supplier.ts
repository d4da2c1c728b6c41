import { parseIban } from "../../../values/iban.ts";
import { quoted } from "../../../values/plain-text.ts";
import type { Vendor } from "../lists/list-rows.ts";
import type { JudgedInvoice } from "./judged-invoice.ts";
import { cannotJudge, clears, fires, type Judgement } from "./judgement.ts";
import { taxIdKey, vendorByLikeness, vendorByTaxId } from "./vendor-match.ts";

/** Known is who is on the list by name or alias, with no other tax id than the list's. A tax id alone proves nothing: it is printed on every invoice. */
export function supplierUnknown(invoice: JudgedInvoice): Judgement {
  const { lists, text, vendor } = invoice;
  if (lists.vendors === null)
    return cannotJudge("No vendor list was uploaded.", "a vendor list were uploaded and named the supplier", [
      "supplier",
    ]);
  const [supplier, taxId] = [text("supplier"), text("taxId")];
  if (supplier === null)
    return cannotJudge("No supplier was read.", "the supplier were readable and on the vendor list", ["supplier"]);
  if (vendor === null) {
    const likely = likelyVendor(invoice);
    const hint = likely === null ? "" : `; ${likely.because}`;
    return fires(
      `${quoted(supplier)} is not among the ${lists.vendors.length} vendors on the list${hint}.`,
      `${quoted(supplier)} were on the vendor list`,
      ["supplier", "taxId"],
    );
  }
  if (taxId !== null && vendor.taxId !== null && isOtherTaxId(taxId, vendor.taxId))
    return fires(
      `${quoted(supplier)} is on the vendor list with tax id ${quoted(vendor.taxId)}, the page says ${quoted(taxId)}.`,
      `the tax id were ${quoted(vendor.taxId)}`,
      ["supplier", "taxId"],
    );
  return clears(`${quoted(supplier)} is on the vendor list.`);
}

/** Only ids of one kind are compared: a German company prints its tax number and its VAT id. */
function isOtherTaxId(read: string, listed: string): boolean {
  const [a, b] = [taxIdKey(read), taxIdKey(listed)];
  const kind = (key: string) => `${/^[A-Z]{2}/.exec(key)?.[0] ?? ""}${key.length}`;
  return a !== b && kind(a) === kind(b);
}

/** The vendor that is probably meant, and by what it is told; null when nothing tells it. */
export function likelyVendor({
  lists,
  text,
}: JudgedInvoice): { readonly vendor: Vendor; readonly because: string } | null {
  const vendors = lists.vendors ?? [];
  const [supplier, taxId, iban] = [text("supplier"), text("taxId"), parseIban(text("iban") ?? "")];
  const byTaxId = taxId === null ? null : vendorByTaxId(taxId, vendors);
  if (byTaxId !== null)
    return { vendor: byTaxId, because: `its tax id ${quoted(taxId ?? "")} is that of ${quoted(byTaxId.name)}` };
  const byIban = iban === null ? undefined : vendors.find(({ ibans }) => ibans.includes(iban));
  if (byIban !== undefined) return { vendor: byIban, because: `its bank account is that of ${quoted(byIban.name)}` };
  const alike = supplier === null ? null : vendorByLikeness(supplier, vendors);
  return alike && { vendor: alike, because: `${quoted(alike.name)} on the list is spelled almost the same` };
}

/** Whether list and document agree on more than the name: the tax id or the account is the vendor's too. */
export function isConfirmed({ vendor, text }: JudgedInvoice): boolean {
  if (vendor === null) return false;
  const [taxId, iban] = [text("taxId"), parseIban(text("iban") ?? "")];
  const sameTaxId = taxId !== null && vendor.taxId !== null && taxIdKey(taxId) === taxIdKey(vendor.taxId);
  return sameTaxId || (iban !== null && vendor.ibans.includes(iban));
}
