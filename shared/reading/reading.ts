import * as z from "zod";
import type { CaseSource } from "../contracts/case.ts";
import { type PageText, pageText } from "../contracts/document.ts";
import { finding, line } from "../contracts/proposal.ts";

/** What an attached e-invoice states; its fields are findings without evidence. */
const embeddedInvoice = z.object({
  syntax: z.enum(["cii", "ubl"]),
  profile: z.string().nullable(),
  typeCode: z.string().nullable(),
  findings: z.array(finding),
  lines: z.array(line),
  dueAmount: z.string().nullable(),
});

/** What a document says of itself, as the first step of a workflow leaves it for the next. */
export const reading = z.object({
  /** As people may see it. */
  fileName: z.string(),
  documentHash: z.string(),
  pages: z.int().nonnegative(),
  /** An attached e-invoice as data; null when there is none, or the attachment is no invoice. */
  embedded: embeddedInvoice.nullable(),
  /** By page; null where the text is detected from the page's picture. */
  texts: z.array(pageText.nullable()),
  hiddenWords: z.int().nonnegative(),
});
export type Reading = z.infer<typeof reading>;

export interface Readings {
  find(caseId: string): Promise<Reading | null>;
  save(caseId: string, reading: Reading): Promise<void>;
}

/** Texts of pages that were detected one by one, each of one document: what the sender sends again is read anew. */
export interface PageTexts {
  /** @param documentHash - SHA-256, hex. Null where the page was detected of another document. */
  find(caseId: string, page: number, documentHash: string): Promise<PageText | null>;
  save(caseId: string, page: PageText, documentHash: string): Promise<void>;
}

/** Bytes of one version of a drop. */
export interface Documents {
  read(source: CaseSource): Promise<Uint8Array>;
}
