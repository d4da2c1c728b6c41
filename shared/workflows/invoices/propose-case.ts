import type { PageText } from "../../contracts/document.ts";
import type { Proposals } from "../../proposal/proposals.ts";
import type { PageTexts, Reading, Readings } from "../../reading/reading.ts";
import { toMinor } from "../../values/amount.ts";
import { extractInvoice } from "./extraction/extract-invoice.ts";
import { type ListStore, referenceLists } from "./reference-list.ts";
import type { Fingerprints } from "./signals/fingerprints.ts";
import { fingerprints } from "./signals/fingerprints.ts";
import type { EarlierInvoice, InvoiceHistory } from "./signals/history.ts";
import { proposeInvoice } from "./signals/propose-invoice.ts";

/** Invoices seen and what decided ones taught, by supplier. */
export interface InvoiceHistoryStore {
  /** Notes this invoice and answers what is known of its like; noted first, so that of two at once at least one sees the other. */
  noteAndFind(prints: Fingerprints, invoice: EarlierInvoice, now: Date): Promise<InvoiceHistory>;
}

export interface ProposeCasePorts {
  readonly readings: Pick<Readings, "find">;
  readonly texts: Pick<PageTexts, "find">;
  readonly proposals: Pick<Proposals, "save">;
  readonly lists: Pick<ListStore, "find">;
  readonly history: InvoiceHistoryStore;
  readonly now: () => Date;
}

/** Happens when a step finds nothing of the step before it. The case goes to a person. */
export class ReadingMissingError extends Error {
  override readonly name = "ReadingMissingError";

  constructor(caseId: string, what: string) {
    super(`Case ${caseId} has no ${what}, though the step before reported it. Redrive the execution.`);
  }
}

/** Makes and stores the proposal of an invoice. Safe to repeat: the case never counts as its own duplicate. */
export async function proposeCase(caseId: string, ports: ProposeCasePorts): Promise<void> {
  const reading = await ports.readings.find(caseId);
  if (!reading) throw new ReadingMissingError(caseId, "reading");
  const [pages, lists] = await Promise.all([pagesOf(caseId, reading, ports.texts), referenceLists(ports.lists)]);
  const extraction = extractInvoice({ pages, embedded: reading.embedded });
  const now = ports.now();
  const fields = Object.fromEntries(extraction.findings.map(({ field, value }) => [field, value]));
  const prints = fingerprints(fields, lists.vendors);
  const history = prints && (await ports.history.noteAndFind(prints, earlierInvoiceOf(caseId, fields), now));
  const { proposal, headline, department } = proposeInvoice({
    extraction,
    pages,
    lists,
    history,
    today: now.toISOString().slice(0, 10),
    caseId,
    fileName: reading.fileName,
    documentHash: reading.documentHash,
  });
  await ports.proposals.save(caseId, { ...proposal, headline, departmentQueue: department, layout: extraction.layout });
}

function pagesOf(
  caseId: string,
  { texts, documentHash }: Reading,
  detected: Pick<PageTexts, "find">,
): Promise<PageText[]> {
  return Promise.all(
    texts.map(async (text, index) => {
      const page = text ?? (await detected.find(caseId, index + 1, documentHash));
      if (!page) throw new ReadingMissingError(caseId, `text of page ${index + 1}`);
      return page;
    }),
  );
}

const earlierInvoiceOf = (caseId: string, fields: Readonly<Record<string, string | null>>): EarlierInvoice => ({
  caseId,
  number: fields.number ?? null,
  grossMinor: toMinor(fields.gross ?? "", fields.currency ?? ""),
  currency: fields.currency ?? null,
  issueDate: fields.issueDate ?? null,
});
