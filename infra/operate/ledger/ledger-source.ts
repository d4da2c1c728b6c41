/** A case's row as it says where the case's chain ends. Read before the events (pass 1) and after them (pass 2). */
export interface HeadRecord {
  readonly kind: "head";
  readonly pass: 1 | 2;
  readonly caseId: string;
  readonly sequence: number;
  readonly hash: string;
}

/** Something that stands in the ledger, as it was found. */
export interface EventRecord {
  readonly kind: "event";
  readonly event: Readonly<Record<string, unknown>>;
}
export type LedgerRecord = HeadRecord | EventRecord;

/** Where a ledger is read from: tables, or files that were made of them. */
export interface LedgerSource {
  /** Events and heads, in any order. */
  records(): AsyncIterable<LedgerRecord>;
  /** Anchors as they were found, by day; `name` says where. */
  anchors(): AsyncIterable<{ readonly name: string; readonly content: unknown }>;
}
