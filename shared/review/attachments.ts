/** Files that reviewers attach to an answer, beside the other evidence of a case. */
export interface Attachments {
  /** Null where nothing was kept under this id. `etag` pins the content for the ledger. */
  inspect(caseId: string, attachmentId: string): Promise<{ sizeBytes: number; etag: string } | null>;
  keep(caseId: string, attachmentId: string, file: AttachedFile): Promise<void>;
  /** Where it is downloaded from, for minutes: never shown in a page, whatever it is. */
  address(caseId: string, attachmentId: string): Promise<string>;
}

export interface AttachedFile {
  readonly fileName: string;
  readonly contentType: string;
  readonly bytes: Uint8Array;
}
