import type * as z from "zod";
import type { PageText } from "../../../contracts/document.ts";
import { type InvoiceField, invoiceFields } from "../../../contracts/invoice.ts";
import type { Finding, Line, producer } from "../../../contracts/proposal.ts";
import type { EmbeddedInvoice } from "../../../documents/embedded-invoice/read-embedded-invoice.ts";
import { type FieldReading, nothingFound } from "./candidate.ts";
import { type Contradiction, compareWithEmbedded } from "./compare-with-embedded.ts";
import { extractDates } from "./extract-dates.ts";
import { extractIban, extractTaxId } from "./extract-identifiers.ts";
import { extractLines, sumOfLines } from "./extract-lines.ts";
import { extractParties } from "./extract-parties.ts";
import { extractReferences } from "./extract-references.ts";
import { extractTotals } from "./extract-totals.ts";
import { layoutFingerprint } from "./layout-fingerprint.ts";
import { type PageReading, readPages } from "./page-reading.ts";
import { partySections } from "./party-sections.ts";
import { seemsSeveral } from "./several-documents.ts";
import { evidenceOf } from "./text-line.ts";

export interface InvoiceReading {
  readonly pages: readonly PageText[];
  readonly embedded: EmbeddedInvoice | null;
}

export interface ExtractedInvoice {
  /** One for each of `invoiceFields`, in that order. */
  readonly findings: Finding[];
  readonly lines: Line[];
  /** The same for invoices of one template. */
  readonly layout: string;
  /** ISO 639-1, among en, de, fr, es, it, nl, pt. */
  readonly language: string | null;
  /** ISO 4217 codes of the currencies whose sign, code or name stands on the pages, most frequent first. */
  readonly currencySymbols: string[];
  readonly contradictions: Contradiction[];
  readonly severalDocuments: boolean;
  readonly producers: z.infer<typeof producer>[];
}

/** Raised when a rule here changes what is found: proposals name it. */
const extractionVersion = "1.0.0";

/**
 * Finds an invoice's fields. An e-invoice's data wins and the page confirms or contradicts it; without one, values are
 * picked from words and their places by labels in seven languages, and what adds up beats what is only labelled.
 * Pure: the same reading gives the same answer.
 */
export function extractInvoice({ pages, embedded }: InvoiceReading): ExtractedInvoice {
  const reading = readPages(pages);
  const { fields, lines, strongNumbers } = fieldsOnPages(reading);
  const onPage = invoiceFields.map((field) => asFinding(field, fields[field], pages));
  const compared =
    embedded === null ? { findings: onPage, contradictions: [] } : compareWithEmbedded(embedded, onPage, reading);
  return {
    findings: compared.findings,
    lines: embedded !== null && embedded.lines.length > 0 ? [...embedded.lines] : lines,
    layout: layoutFingerprint(reading),
    language: reading.language,
    currencySymbols: [...reading.currencies.seen],
    contradictions: compared.contradictions,
    severalDocuments: seemsSeveral(reading, strongNumbers),
    producers: [
      { name: "invoice-extraction", version: extractionVersion },
      ...(embedded === null ? [] : [{ name: `embedded-${embedded.syntax}`, version: embedded.profile ?? "unstated" }]),
    ],
  };
}

function fieldsOnPages(reading: PageReading) {
  const sectionOf = partySections(reading);
  const references = extractReferences(reading);
  const lines = extractLines(reading);
  const totals = extractTotals(reading, sumOfLines(lines));
  const { best } = reading.currencies;
  const fields: Record<InvoiceField, FieldReading> = {
    ...extractParties(reading, sectionOf),
    number: references.number,
    ...extractDates(reading),
    currency:
      best === null
        ? nothingFound
        : { value: best.code, confidence: best.confidence, evidence: [evidenceOf(best.span)] },
    ...totals,
    taxId: extractTaxId(reading, sectionOf, references.taxIdCodes),
    iban: extractIban(reading),
    orderReference: references.orderReference,
    costCentre: references.costCentre,
  };
  return { fields, lines, strongNumbers: references.strongNumbers };
}

function asFinding(
  field: InvoiceField,
  { value, confidence, evidence, suggestion }: FieldReading,
  pages: readonly PageText[],
): Finding {
  const page = evidence[0]?.page ?? pages[0]?.page;
  const source = pages.find((candidate) => candidate.page === page)?.source ?? "text-layer";
  return {
    field,
    value,
    confidence,
    source,
    evidence: [...evidence],
    ...(suggestion === undefined ? {} : { suggestion }),
  };
}
