import { parseIban, sayIban } from "../../../values/iban.ts";
import { quoted } from "../../../values/plain-text.ts";
import type { JudgedInvoice } from "./judged-invoice.ts";
import { cannotJudge, clears, fires, type Judgement } from "./judgement.ts";

/** Known are the accounts on the vendor list and those that decided invoices of this supplier were paid to. */
export function bankAccountNew({ lists, text, vendor, profile }: JudgedInvoice): Judgement {
  const written = text("iban");
  if (written === null)
    return cannotJudge("No bank account was read.", "the invoice named a known bank account", ["iban"]);
  const iban = parseIban(written);
  if (iban === null)
    return fires(
      `${quoted(written)} is not an IBAN: country, length or check digits are wrong.`,
      "the IBAN were correct and known",
      ["iban"],
    );
  const known = new Set([...(vendor?.ibans ?? []), ...(profile?.ibans ?? [])]);
  if (known.has(iban)) return clears(`${sayIban(iban)} is known for this supplier.`);
  if (known.size === 0 && lists.vendors === null)
    return cannotJudge(
      "No vendor list was uploaded, and no invoice of this supplier was paid yet.",
      "the account were known for this supplier",
      ["iban"],
    );
  const accounts = [...known].slice(0, 3).map(sayIban).join(", ");
  const observed =
    known.size === 0 ? "no account is known for this supplier" : `known ${known.size === 1 ? "is" : "are"} ${accounts}`;
  return fires(
    `The invoice asks for payment to ${sayIban(iban)}; ${observed}.`,
    known.size === 0 ? `${sayIban(iban)} were listed for this supplier` : `the account were ${accounts}`,
    ["iban"],
  );
}
