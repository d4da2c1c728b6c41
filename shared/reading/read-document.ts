import type { CaseRecord } from "../case/case-record.ts";
import { type CaseStore, requireCase } from "../case/case-store.ts";
import { maxDocumentBytes } from "../contracts/limits.ts";
import { DocumentEmptyError, DocumentTooLargeError } from "../documents/document-errors.ts";
import { readEmbeddedInvoice } from "../documents/embedded-invoice/read-embedded-invoice.ts";
import { XmlNotAnInvoiceError } from "../documents/embedded-invoice/xml-errors.ts";
import { inspectDocument } from "../documents/inspect-document.ts";
import type { Documents, Reading, Readings } from "./reading.ts";

export interface ReadDocumentPorts {
  readonly cases: Pick<CaseStore, "find">;
  readonly documents: Documents;
  readonly readings: Pick<Readings, "save">;
}

/** Reads what needs no text detection, and says which pages do. @throws a DocumentError, which the gate tells people in plain words */
export async function readDocument(caseId: string, ports: ReadDocumentPorts): Promise<{ pagesToDetect: number[] }> {
  const record = await requireCase(ports.cases, caseId);
  const bytes = await readableBytes(record, ports.documents);
  const { documentHash, pages, embedded, texts, hiddenWords, pagesToDetect } = await inspectDocument(bytes);
  const stated = embedded && statedBy(embedded.bytes);
  await ports.readings.save(caseId, {
    fileName: record.fileName,
    documentHash,
    pages,
    embedded: stated,
    texts: [...texts],
    hiddenWords,
  });
  return { pagesToDetect: [...pagesToDetect] };
}

/** An attachment that is no invoice is none of ours; one that is broken or hostile ends the first pass with its reason. */
function statedBy(xml: Uint8Array): Reading["embedded"] {
  try {
    const { findings, lines, ...invoice } = readEmbeddedInvoice(xml);
    return { ...invoice, findings: [...findings], lines: [...lines] };
  } catch (error) {
    if (error instanceof XmlNotAnInvoiceError) return null;
    throw error;
  }
}

/** Size is judged before a byte is fetched. */
export async function readableBytes({ source }: CaseRecord, documents: Documents): Promise<Uint8Array> {
  if (source.sizeBytes === 0) throw new DocumentEmptyError("The file has 0 bytes. Ask the sender to send it again.");
  if (source.sizeBytes > maxDocumentBytes) {
    throw new DocumentTooLargeError(
      `The file has ${source.sizeBytes} bytes, the limit is ${maxDocumentBytes}. Ask the sender for a smaller one.`,
    );
  }
  return documents.read(source);
}
