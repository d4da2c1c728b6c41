import { canonicalNumber, toMinor } from "../../../values/amount.ts";
import { isCurrency } from "../../../values/currency.ts";
import { numberKey } from "../../../values/invoice-number.ts";
import { quoted } from "../../../values/plain-text.ts";
import { supplierKey } from "../../../values/supplier-key.ts";
import { readTable } from "./csv-table.ts";
import type { PurchaseOrder } from "./list-rows.ts";

/**
 * Columns of purchase-orders.csv. `vendor` is a name or an alias of the vendor list, `amount` is gross:
 *
 *     number;vendor;currency;amount;status
 *     PO-20418;Nordlicht Druck GmbH;EUR;1500.00;open
 */
const columns = {
  number: { required: true },
  vendor: { required: true },
  currency: { required: true },
  amount: { required: false },
  status: { required: true },
};

/** @throws {ListInvalidError} */
export function parsePurchaseOrders(csv: string): PurchaseOrder[] {
  const seen = new Map<string, number>();
  return readTable("purchase-orders", csv, columns, ({ line, cells }, report) => {
    const key = numberKey(cells.number);
    const earlier = seen.get(key);
    if (earlier !== undefined) report("number", `${quoted(cells.number)} is the same number as on line ${earlier}`);
    else seen.set(key, line);
    if (key === "") report("number", `${quoted(cells.number)} holds no letter or digit`);

    const currency = cells.currency.toUpperCase();
    if (!isCurrency(currency)) report("currency", `${quoted(cells.currency)} is not an ISO 4217 code such as EUR`);
    const amount = canonicalNumber(cells.amount);
    const amountMinor = amount === null ? null : toMinor(amount, currency);
    if (cells.amount !== "" && (amountMinor === null || amountMinor < 0))
      report("amount", `${quoted(cells.amount)} is not an amount such as 1500.00`);
    const status = cells.status.toLowerCase();
    if (status !== "open" && status !== "closed")
      report("status", `${quoted(cells.status)} is neither open nor closed`);
    return {
      number: cells.number,
      vendor: cells.vendor,
      currency,
      amountMinor,
      open: status === "open",
      key,
      vendorKey: supplierKey(cells.vendor),
    };
  });
}
