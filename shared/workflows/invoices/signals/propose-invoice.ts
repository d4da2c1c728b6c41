import type { Headline } from "../../../contracts/case.ts";
import { type InvoiceField, invoiceFields } from "../../../contracts/invoice.ts";
import type { Finding, Proposal } from "../../../contracts/proposal.ts";
import { toMinor } from "../../../values/amount.ts";
import { plainText } from "../../../values/plain-text.ts";
import { departmentOf, usualCostCentre } from "./cost-centre.ts";
import { signalsOf } from "./judge-signals.ts";
import { type JudgedInvoice, type JudgeInput, judgedInvoice } from "./judged-invoice.ts";
import { isConfirmed, likelyVendor } from "./supplier.ts";

export interface ProposeInput extends JudgeInput {
  readonly fileName: string;
  /** SHA-256 of the document, hex. */
  readonly documentHash: string | null;
}

/** The version that the ledger names for these rules; raised when a rule changes what it answers. */
const ruleSet = { name: "invoice-signals", version: "1" };

/** What the software would do with an invoice, what a queue shows of it, and whose department's queue it belongs in. Pure. */
export function proposeInvoice(input: ProposeInput): {
  proposal: Proposal;
  headline: Headline;
  department: string | null;
} {
  const invoice = judgedInvoice(input);
  const { extraction, pages, fileName, documentHash } = input;
  const proposal: Proposal = {
    schemaVersion: 1,
    workflow: "invoices",
    action: "pay",
    failure: null,
    findings: invoiceFields.map((field) => withSuggestion(confirmed(findingOf(field, invoice), invoice), invoice)),
    lines: [...extraction.lines],
    signals: signalsOf(invoice),
    pages: pages.length,
    documentHash,
    producers: [...extraction.producers, ruleSet],
  };
  return { proposal, headline: headlineOf(invoice, fileName), department: departmentOf(invoice) };
}

/** Every field has a finding: one that nothing was found for is where a reviewer types. */
function findingOf(field: InvoiceField, { extraction, pages }: JudgedInvoice): Finding {
  const source = pages[0]?.source ?? "text-layer";
  return (
    extraction.findings.find((finding) => finding.field === field) ?? {
      field,
      value: null,
      confidence: null,
      source,
      evidence: [],
    }
  );
}

/**
 * A name that the vendor list knows together with the tax id or account beside it is read right: four fifths of the doubt go,
 * as for amounts that add up. The name alone is no proof, a wrong name may be listed too.
 */
function confirmed(finding: Finding, invoice: JudgedInvoice): Finding {
  if (finding.field !== "supplier" || finding.confidence === null || !isConfirmed(invoice)) return finding;
  return { ...finding, confidence: 1 - (1 - finding.confidence) * 0.2 };
}

function withSuggestion(finding: Finding, invoice: JudgedInvoice): Finding {
  if (finding.suggestion !== undefined) return finding;
  const suggestion = suggestionFor(finding, invoice);
  return suggestion === null ? finding : { ...finding, suggestion };
}

function suggestionFor({ field, value }: Finding, invoice: JudgedInvoice): Finding["suggestion"] | null {
  if (field === "supplier" && value !== null && invoice.vendor === null && invoice.lists.vendors !== null) {
    const likely = likelyVendor(invoice);
    return likely && { value: likely.vendor.name, because: capital(likely.because) };
  }
  if (field === "costCentre" && value === null) {
    const usual = usualCostCentre(invoice);
    return usual === null ? null : { value: usual, because: "This supplier's invoices usually go there" };
  }
  return null;
}

const capital = (text: string) => `${text.charAt(0).toUpperCase()}${text.slice(1)}`;

/** Words of the document are cut and cleaned: a queue shows many senders' texts beside one another. */
function headlineOf({ text, currency }: JudgedInvoice, fileName: string): Headline {
  const supplier = plainText(text("supplier") ?? "");
  const number = plainText(text("number") ?? "", 40);
  return {
    title: supplier === "" ? plainText(fileName) : supplier,
    subtitle: number === "" ? "Invoice, number not read" : `Invoice ${number}`,
    amountMinor: currency === null ? null : toMinor(text("gross") ?? "", currency),
    currency,
  };
}
