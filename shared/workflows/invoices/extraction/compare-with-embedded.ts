import { fieldFormats, type InvoiceField, invoiceField } from "../../../contracts/invoice.ts";
import type { Finding } from "../../../contracts/proposal.ts";
import { type EmbeddedInvoice, statedConfidence } from "../../../documents/embedded-invoice/read-embedded-invoice.ts";
import { comparableName } from "./company-name.ts";
import { isValidIban } from "./identifiers.ts";
import type { PageReading } from "./page-reading.ts";
import { whereStated } from "./stated-on-page.ts";

/** The page says one thing, the e-invoice in the same file another. */
export interface Contradiction {
  readonly field: InvoiceField;
  readonly page: string;
  readonly xml: string;
}

const confirmedConfidence = 0.99;
const contradictedConfidence = 0.4;
/** An account number whose check digits are wrong is wrong, whoever states it. */
const invalidIbanConfidence = 0.6;
/** Page values less sure than this contradict nothing; an amount that does not stand on the page at all takes little to doubt. */
const pageMustBeSure = 0.5;
const pageAmountMustBeSure = 0.35;
/** A labelled amount this sure counts against the data even where the data's own amount stands elsewhere on the page. */
const pageIsVerySure = 0.85;

/** The e-invoice's values win; the page confirms them, with evidence, or contradicts them. */
export function compareWithEmbedded(embedded: EmbeddedInvoice, onPage: readonly Finding[], reading: PageReading) {
  const contradictions: Contradiction[] = [];
  const findings = embedded.findings.map((stated): Finding => {
    const field = onPage.find((finding) => finding.field === stated.field);
    if (stated.value === null) return fromPage(stated, field);
    const name = fieldName(stated.field);
    const agrees = field !== undefined && field.value !== null && sameText(field.value, stated.value);
    const stands = name === null ? [] : whereStated(name, stated.value, reading);
    const evidence = stands.length > 0 || !agrees ? stands : field.evidence;
    const against = name === null ? null : contradicting(name, stated.value, evidence.length > 0, field);
    if (name !== null && against !== null) contradictions.push({ field: name, page: against, xml: stated.value });
    return { ...stated, evidence, confidence: confidence(stated, evidence.length > 0, against !== null) };
  });
  return { findings, contradictions };
}

/** Names are compared by letters and digits: page and data break lines and set spaces differently. */
const sameText = (page: string, xml: string): boolean =>
  page === xml || (/\p{L}/u.test(xml) && comparableName(page) === comparableName(xml));

const fieldName = (field: string): InvoiceField | null => invoiceField.safeParse(field).data ?? null;

/** Where the data is silent, what the page says is still an answer; nothing in it confirms the other. */
const fromPage = (stated: Finding, field: Finding | undefined): Finding =>
  field === undefined || field.value === null ? stated : field;

function contradicting(
  field: InvoiceField,
  xmlValue: string,
  stands: boolean,
  page: Finding | undefined,
): string | null {
  if (page === undefined || page.value === null || sameText(page.value, xmlValue) || page.confidence === null)
    return null;
  const isAmount = fieldFormats[field] === "amount";
  if (isAmount && Math.abs(Number(page.value)) === Math.abs(Number(xmlValue))) return null;
  if (stands) return isAmount && page.confidence >= pageIsVerySure ? page.value : null;
  return page.confidence >= (isAmount ? pageAmountMustBeSure : pageMustBeSure) ? page.value : null;
}

function confidence({ field, value }: Finding, confirmed: boolean, contradicted: boolean): number {
  if (contradicted) return contradictedConfidence;
  if (field === "iban" && value !== null && !isValidIban(value)) return invalidIbanConfidence;
  return confirmed ? confirmedConfidence : statedConfidence;
}
