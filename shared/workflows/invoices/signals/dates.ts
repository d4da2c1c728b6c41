import { daysBetween } from "../../../values/date.ts";
import { quoted } from "../../../values/plain-text.ts";
import type { JudgedInvoice } from "./judged-invoice.ts";
import { cannotJudge, clears, fires, type Judgement } from "./judgement.ts";

const maxAgeDays = 366;
/** `today` is UTC's; east of it tomorrow has begun. */
const maxDaysAhead = 1;

export function datesImplausible({ text, today }: JudgedInvoice): Judgement {
  const [issued, due] = [text("issueDate"), text("dueDate")];
  const age = issued === null ? null : daysBetween(issued, today);
  if (issued === null || age === null)
    return cannotJudge(
      issued === null ? "No issue date was read." : `The issue date reads ${quoted(issued)}, which is no date.`,
      "the issue date were readable",
      ["issueDate"],
    );
  if (age < -maxDaysAhead)
    return fires(
      `Issued ${issued}, which is ${-age} days after today, ${today}.`,
      `the issue date were ${today} or earlier`,
      ["issueDate"],
    );
  if (age > maxAgeDays)
    return fires(
      `Issued ${issued}, ${age} days before today, ${today}.`,
      `the invoice were at most ${maxAgeDays} days old`,
      ["issueDate"],
    );
  const term = due === null ? null : daysBetween(issued, due);
  if (due === null || term === null) return clears(`Issued ${issued}, no due date.`);
  if (term < 0)
    return fires(`Due ${due}, ${-term} days before it was issued, ${issued}.`, `the due date were ${issued} or later`, [
      "dueDate",
      "issueDate",
    ]);
  return clears(`Issued ${issued}, due ${due}.`);
}
