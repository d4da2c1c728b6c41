import { invoiceFields } from "../../contracts/invoice.ts";
import type { Finding, Line } from "../../contracts/proposal.ts";
import { documentLimits } from "../document-limits.ts";
import { readCii } from "./read-cii.ts";
import { readUbl } from "./read-ubl.ts";
import type { StatedInvoice } from "./stated-invoice.ts";
import type { XmlElement } from "./xml-element.ts";
import { parseXml } from "./xml-element.ts";
import { XmlNotAnInvoiceError } from "./xml-errors.ts";

/** An e-invoice as data: one finding for each invoice field, without evidence (there is no page), and its lines. */
export interface EmbeddedInvoice {
  readonly syntax: "cii" | "ubl";
  readonly profile: string | null;
  readonly typeCode: string | null;
  readonly findings: readonly Finding[];
  readonly lines: readonly Line[];
  readonly dueAmount: string | null;
}

/** Stated by the sender's own software, but not yet seen on the page. */
export const statedConfidence = 0.95;

/**
 * Reads the XML of a hybrid or plain e-invoice: CII (Factur-X, ZUGFeRD 1 and 2, XRechnung, every profile) or UBL.
 *
 * @throws {XmlHasEntitiesError} @throws {XmlTooLargeError} @throws {XmlUnreadableError} @throws {XmlNotAnInvoiceError}
 */
export function readEmbeddedInvoice(
  xml: Uint8Array,
  maxBytes: number = documentLimits.maxEmbeddedBytes,
): EmbeddedInvoice {
  const { syntax, stated } = stating(parseXml(xml, maxBytes));
  return {
    syntax,
    profile: stated.profile,
    typeCode: stated.typeCode,
    dueAmount: stated.dueAmount,
    findings: invoiceFields.map((field) => {
      const value = stated.fields[field];
      return { field, value, confidence: value === null ? 0 : statedConfidence, source: "embedded-xml", evidence: [] };
    }),
    lines: stated.lines.map((cells) => ({ cells: { ...cells }, confidence: statedConfidence, evidence: [] })),
  };
}

function stating(document: XmlElement): { syntax: "cii" | "ubl"; stated: StatedInvoice } {
  const [cii] = document.all("CrossIndustryInvoice", "CrossIndustryDocument");
  if (cii !== undefined) return { syntax: "cii", stated: readCii(cii) };
  const [ubl] = document.all("Invoice", "CreditNote");
  if (ubl !== undefined) return { syntax: "ubl", stated: readUbl(ubl) };
  throw new XmlNotAnInvoiceError("The XML's root is neither a Cross Industry Invoice nor a UBL Invoice or CreditNote.");
}
