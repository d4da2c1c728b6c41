import type { CaseSource } from "../contracts/case.ts";
import { software } from "../ledger/event.ts";
import { caseIdOfDrop } from "./case-id.ts";
import { newExecution } from "./case-input.ts";
import { type CaseRecord, unreadHeadline } from "./case-record.ts";
import { type CaseStore, retryOnChange } from "./case-store.ts";
import { announcedUnder } from "./drop.ts";
import { lapse, wakeUpOf } from "./sender.ts";

export interface TakeAnswerPorts {
  readonly cases: Pick<CaseStore, "find" | "commit" | "awaiting" | "reviewsOf">;
  readonly now: () => Date;
}

/**
 * The next version of a key whose sender was asked: the case goes on with it, from the first pass on, in an execution of its own.
 * Null where nobody waits for this key. The old execution is woken and ends; a repeated event finds the case by its alias.
 */
export function takeAnswer(source: CaseSource, ports: TakeAnswerPorts): Promise<CaseRecord | null> {
  return retryOnChange(async () => {
    const caseId = await ports.cases.awaiting(source);
    const record = caseId === null ? null : await ports.cases.find(caseId);
    // A version that is a case already, announced once more: the one that the question is about, or one of its own.
    if (!record?.senderAsked || isIts(record, source) || (await isCase(source, ports))) return null;
    const at = ports.now();
    const reviews = await ports.cases.reviewsOf(record.caseId);
    const outbox = wakeUpOf(reviews, { action: "reject", next: null }, at);
    const after: CaseRecord = {
      ...record,
      status: "opened",
      source: { ...source, fileName: record.source.fileName },
      earlierVersions: [...record.earlierVersions, record.source.versionId],
      disposition: null,
      decision: null,
      documentHash: null,
      headline: unreadHeadline(record.fileName),
      pages: 0,
      missingFields: [],
      next: null,
      step: null,
      question: null,
      senderAsked: false,
      firstRound: record.rounds + 1,
      recoveries: 0,
      recoveredAt: null,
      ...newExecution(record, at),
    };
    const entry = {
      type: "DocumentReplaced" as const,
      actor: software,
      summary: `The sender sent it again, ${source.sizeBytes} bytes`,
      details: { versionId: source.versionId, earlier: record.source.versionId, documentHash: record.documentHash },
    };
    return ports.cases.commit(
      {
        before: record,
        after,
        entry,
        reviews: lapse(reviews),
        ...(outbox && { outbox }),
        awaitedKey: null,
        alias: caseIdOfDrop(source.bucket, source.key, source.versionId),
      },
      at,
    );
  });
}

/** Under the id that its bucket, key and version give, or under the one that was announced. */
async function isCase(source: CaseSource, { cases }: TakeAnswerPorts): Promise<boolean> {
  const { bucket, key, versionId } = source;
  const announced = announcedUnder(key);
  const ids = [caseIdOfDrop(bucket, key, versionId), ...(announced === null ? [] : [announced])];
  const found = await Promise.all(ids.map((id) => cases.find(id)));
  return found.some((one) => one !== null && isIts(one, source));
}

const isIts = ({ source, earlierVersions }: CaseRecord, { versionId }: CaseSource): boolean =>
  [source.versionId, ...earlierVersions].includes(versionId);
