import { daysBetween } from "../../../values/date.ts";
import { numberKey, numberTwin } from "../../../values/invoice-number.ts";
import { quoted } from "../../../values/plain-text.ts";
import type { EarlierInvoice } from "./history.ts";
import type { JudgedInvoice } from "./judged-invoice.ts";
import { cannotJudge, clears, fires, type Judgement } from "./judgement.ts";

/** A month and a half: a second copy comes with a reminder, and quarterly invoices stay apart. */
const twinDays = 45;

export function duplicateSuspected(invoice: JudgedInvoice): Judgement {
  const number = invoice.text("number");
  if (number === null || invoice.earlier === null)
    return cannotJudge(
      `No ${number === null ? "number" : "supplier"} was read, so earlier invoices could not be looked up.`,
      "supplier and number were readable",
      [number === null ? "number" : "supplier"],
    );
  const same = sameNumber(invoice, number);
  return same === undefined
    ? clears(`No earlier invoice ${quoted(number)} of this supplier.`)
    : fires(
        `${quoted(number)} was seen in case ${same.caseId}${about(invoice, same)}.`,
        "this supplier's number were not seen before",
        ["number", "supplier"],
      );
}

export function nearTwinSuspected(invoice: JudgedInvoice): Judgement {
  const { earlier, text } = invoice;
  if (earlier === null)
    return cannotJudge(
      "No supplier was read, so earlier invoices could not be looked up.",
      "the supplier were readable",
      ["supplier"],
    );
  const number = text("number");
  const others = earlier.filter(
    (other) => number === null || other.number === null || numberKey(other.number) !== numberKey(number),
  );
  const sameAmount = others.find(
    (other) => isSameAmount(invoice, other) && isWithinTwinDays(text("issueDate"), other.issueDate),
  );
  if (sameAmount !== undefined)
    return fires(
      `Invoice ${quoted(sameAmount.number ?? "without number")} in case ${sameAmount.caseId} has the same amount${about(invoice, sameAmount)}.`,
      `no invoice of this supplier within ${twinDays} days had the same amount`,
      ["gross", "issueDate", "number"],
    );
  const nearNumber = others.find((other) => isTwinNumber(invoice, other));
  if (nearNumber !== undefined)
    return fires(
      `Number ${quoted(number ?? "")} is one character away from ${quoted(nearNumber.number ?? "")} in case ${nearNumber.caseId}${about(invoice, nearNumber)}.`,
      "the number were not one character away from an earlier one",
      ["number", "gross"],
    );
  return clears(`No earlier invoice of this supplier resembles it (${others.length} compared).`);
}

const sameNumber = ({ earlier }: JudgedInvoice, number: string) =>
  numberKey(number) === ""
    ? undefined
    : earlier?.find((other) => other.number !== null && numberKey(other.number) === numberKey(number));

const isSameAmount = ({ minor, currency }: JudgedInvoice, other: EarlierInvoice) => {
  const gross = minor("gross");
  return gross !== null && gross !== 0 && gross === other.grossMinor && currency === other.currency;
};

/** A missing date does not clear: then the amount alone must do. */
function isWithinTwinDays(date: string | null, other: string | null): boolean {
  const days = date === null || other === null ? null : daysBetween(other, date);
  return days === null || Math.abs(days) <= twinDays;
}

/** The next number of a series is one character away too: such a number counts only with the same amount, however long ago. */
function isTwinNumber(invoice: JudgedInvoice, other: EarlierInvoice): boolean {
  const twin = numberTwin(invoice.text("number") ?? "", other.number ?? "");
  return twin === "alike" || (twin === "near" && isSameAmount(invoice, other));
}

function about({ say, currency }: JudgedInvoice, { issueDate, grossMinor, currency: theirs }: EarlierInvoice): string {
  const amount = grossMinor === null || theirs === null || theirs !== currency ? "" : ` over ${say(grossMinor)}`;
  return `${issueDate === null ? "" : `, issued ${issueDate}`}${amount}`;
}
