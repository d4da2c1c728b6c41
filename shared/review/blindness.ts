import type { CaseRecord, ReviewRecord } from "../case/case-record.ts";
import { firstAnswer } from "./next-step.ts";

type Case = Pick<CaseRecord, "disposition" | "audit" | "firstRound" | "outcomes">;

const since = ({ firstRound }: Case, reviews: readonly ReviewRecord[]) =>
  reviews.filter(({ round }) => round >= firstRound);

const adjudicated = (record: Case, reviews: readonly ReviewRecord[]): boolean =>
  since(record, reviews).some(({ cause }) => cause === "adjudication");

/**
 * Is the next review of this case shown without the machine's answer and reasons? An audit is, until two people disagree. A case
 * that was drawn to be blind is, until somebody has stated what they see.
 */
export function opensBlind(record: Case, reviews: readonly ReviewRecord[]): boolean {
  if (adjudicated(record, reviews)) return false;
  if (record.audit === "due") return true;
  if (record.outcomes > 0 || record.disposition?.kind !== "review" || !record.disposition.blind) return false;
  return !since(record, reviews).some(({ blindAnswer }) => blindAnswer !== null) && !firstAnswer(record, reviews);
}

/** Is this review still answered blind? Its blind answer, once given, unmasks it. */
export const isBlind = ({ blind, blindAnswer }: Pick<ReviewRecord, "blind" | "blindAnswer">): boolean =>
  blind && blindAnswer === null;

/**
 * Does the blind answer settle the review? Where a rule fired, it is kept, and the same review is decided knowing the reasons:
 * a warning that nobody saw would otherwise be decided away. An audit has none.
 */
export const settlesBlind = ({ disposition, audit }: Case): boolean =>
  audit === "due" || (disposition?.kind === "review" && disposition.sampled !== "triggered");
