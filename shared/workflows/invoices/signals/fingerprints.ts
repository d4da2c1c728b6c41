import { toMinor } from "../../../values/amount.ts";
import { isCurrency } from "../../../values/currency.ts";
import { numberKey } from "../../../values/invoice-number.ts";
import type { Vendor } from "../lists/list-rows.ts";
import { historyKey } from "./vendor-match.ts";

/**
 * Keys under which the store keeps an invoice and finds its like. `numberKey` and `grossKey` contain the supplier's; null where
 * the invoice lacks the value.
 */
export interface Fingerprints {
  readonly supplierKey: string;
  readonly numberKey: string | null;
  readonly grossKey: string | null;
}

/**
 * Fingerprints of an invoice's fields (canonical values). Null without a supplier's name: then there is no history.
 *
 * @param vendors - the uploaded vendor list, so that all spellings of a vendor meet; null without one.
 */
export function fingerprints(
  fields: Readonly<Record<string, string | null>>,
  vendors: readonly Vendor[] | null,
): Fingerprints | null {
  const supplier = historyKey(fields.supplier ?? null, fields.taxId ?? null, vendors);
  if (supplier === null) return null;
  const number = numberKey(fields.number ?? "");
  const currency = fields.currency ?? "";
  const grossMinor = isCurrency(currency) ? toMinor(fields.gross ?? "", currency) : null;
  return {
    supplierKey: supplier,
    numberKey: number === "" ? null : `${supplier}#${number}`,
    grossKey: grossMinor === null ? null : `${supplier}#${currency}#${grossMinor}`,
  };
}
