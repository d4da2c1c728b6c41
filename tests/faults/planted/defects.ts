/** A defect that the harness must find, by its name. */
export type Defect =
  | {
      readonly file: string;
      /** Stands once in the file. */
      readonly fragment: string;
      readonly instead: string;
      /** Whose bundles get it. */
      readonly functions: readonly string[];
    }
  | { readonly losesTimersBeyondMilliseconds: number };

export const defects: Readonly<Record<string, Defect>> = {
  "resume before decide": {
    file: "shared/review/decide.ts",
    fragment: "await ports.cases.commit(change, at);",
    instead: "await ports.resumer.wake(outbox); await ports.cases.commit(change, at);",
    functions: ["record-decision"],
  },
  "dropped outbox row": {
    file: "shared/aws/dynamodb/case-store.ts",
    fragment: "...(change.outbox ? [{ Put: { TableName: caseTable, Item: outboxItem(change.outbox) } }] : []),",
    instead: "",
    functions: ["record-decision"],
  },
  "duplicate open": {
    file: "shared/case/open-case.ts",
    fragment: "const dropCaseId = caseIdOfDrop(source.bucket, source.key, source.versionId);",
    instead: `const first = caseIdOfDrop(source.bucket, source.key, source.versionId);
      const dropCaseId = (await ports.cases.find(first)) ? caseIdOfDrop(source.bucket, source.key, source.versionId + "again") : first;`,
    functions: ["open-case"],
  },
  "skipped authority check": {
    file: "shared/review/decide.ts",
    fragment:
      "const { onBehalfOf } = requireAuthority(standings, { action, ...stake, edgeCases: edgeCasesOf(record) }, policy);",
    instead: "const onBehalfOf = null; void standings;",
    functions: ["record-decision"],
  },
  "lost timer": { losesTimersBeyondMilliseconds: 2 * 60 * 60 * 1_000 },
};
