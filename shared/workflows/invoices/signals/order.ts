import { numberKey } from "../../../values/invoice-number.ts";
import { quoted } from "../../../values/plain-text.ts";
import { supplierKey } from "../../../values/supplier-key.ts";
import type { PurchaseOrder } from "../lists/list-rows.ts";
import type { JudgedInvoice } from "./judged-invoice.ts";
import { cannotJudge, clears, fires, type Judgement } from "./judgement.ts";

/** An invoice that names no order passes; one that does must name an open order of its supplier, large enough for it. */
export function orderUnknown(invoice: JudgedInvoice): Judgement {
  const { lists, text } = invoice;
  const reference = text("orderReference");
  if (reference === null) return clears("The invoice names no order.");
  if (lists.orders === null)
    return cannotJudge(
      "No purchase-order list was uploaded.",
      "a purchase-order list were uploaded and held the order",
      ["orderReference"],
    );
  const order = lists.orders.find(({ key }) => key === numberKey(reference));
  if (order === undefined)
    return fires(
      `${quoted(reference)} is not among the ${lists.orders.length} orders on the list.`,
      `${quoted(reference)} were on the order list`,
      ["orderReference"],
    );
  if (!isTheirs(order, invoice))
    return fires(
      `Order ${quoted(order.number)} was placed with ${quoted(order.vendor)}, not with ${quoted(text("supplier") ?? "an unread supplier")}.`,
      `the order were placed with this supplier`,
      ["orderReference", "supplier"],
    );
  if (!order.open) return fires(`Order ${quoted(order.number)} is closed.`, "the order were open", ["orderReference"]);
  return judgeAmount(order, invoice);
}

function isTheirs({ vendorKey }: PurchaseOrder, { vendor, text }: JudgedInvoice): boolean {
  return vendor === null ? vendorKey === supplierKey(text("supplier") ?? "") : vendor.keys.includes(vendorKey);
}

function judgeAmount(order: PurchaseOrder, { currency, minor, say }: JudgedInvoice): Judgement {
  if (currency !== null && currency !== order.currency)
    return fires(
      `Order ${quoted(order.number)} is in ${order.currency}, the invoice in ${currency}.`,
      `the invoice were in ${order.currency}`,
      ["orderReference", "currency"],
    );
  const gross = minor("gross");
  if (order.amountMinor !== null && gross !== null && gross > order.amountMinor)
    return fires(
      `The invoice is over ${say(gross)}, order ${quoted(order.number)} over ${say(order.amountMinor)}.`,
      `the total were at most ${say(order.amountMinor)}`,
      ["orderReference", "gross"],
    );
  return clears(`Order ${quoted(order.number)} is open and placed with this supplier.`);
}
