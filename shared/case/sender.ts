import type { Person } from "../contracts/people.ts";
import { isSubmitter } from "../people/authority.ts";
import type { People } from "../people/people.ts";
import type { CaseRecord, OutboxRow, ReviewRecord } from "./case-record.ts";
import { CaseNotFoundError, type CaseStore } from "./case-store.ts";

export interface SenderPorts {
  readonly cases: Pick<CaseStore, "find" | "reviewsOf" | "commit">;
  readonly people: People;
  readonly now: () => Date;
}

/** A case as whoever submitted it finds it; to everybody else it is not there. @throws {CaseNotFoundError} */
export async function ownCase(
  caseId: string,
  personId: string,
  { cases, people }: SenderPorts,
): Promise<{ record: CaseRecord; reviews: ReviewRecord[]; person: Person }> {
  const [record, person] = await Promise.all([cases.find(caseId), people.find(personId)]);
  if (!record || !person || !isSubmitter(person, record.submitter)) throw new CaseNotFoundError(caseId);
  // Its own id: the one asked for may be that of a later version, which leads here.
  return { record, reviews: await cases.reviewsOf(record.caseId), person };
}

export const senderActor = ({ personId, name }: Person) => ({ kind: "person" as const, id: personId, name });

/** Reviews that wait no more, since the case goes on without their answer. */
export const lapse = (reviews: readonly ReviewRecord[]) =>
  reviews
    .filter(({ status }) => status === "waiting")
    .map((before) => ({ before, after: { ...before, status: "expired" as const, claim: null } }));

/** Wakes whoever waits for the latest of these reviews; undefined where nobody does. */
export function wakeUpOf(
  reviews: readonly ReviewRecord[],
  wakeUp: Pick<OutboxRow["wakeUp"], "action" | "next">,
  at: Date,
): OutboxRow | undefined {
  const waiting = reviews.findLast(({ status }) => status === "waiting");
  if (!waiting) return undefined;
  const { caseId, reviewId, taskToken } = waiting;
  return { caseId, reviewId, taskToken, wakeUp: { caseId, reviewId, ...wakeUp }, since: at.toISOString() };
}
