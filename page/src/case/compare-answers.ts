import type { GetCaseResponse } from "../../../shared/contracts/api.ts";
import type { ReviewSummary } from "../../../shared/contracts/case.ts";
import type { Decision, DecisionRecord } from "../../../shared/contracts/decision.ts";
import { proposedValue } from "./draft.ts";
import { showValue } from "./format.ts";

/** A value that the answers, or an answer and the software, see differently; as shown, null where it is empty or not stated. */
interface Difference {
  readonly label: string;
  readonly software: string | null;
  readonly answers: readonly (string | null)[];
}

export interface Comparison {
  readonly differences: readonly Difference[];
  /** How many values are the same in all. */
  readonly same: number;
}

/** Answers beside the proposal, reduced to what differs. An answer that rejects states no values. */
export function compareAnswers(subject: GetCaseResponse, answers: readonly Decision[]): Comparison {
  const rows = [...fieldRows(subject, answers), ...lineRows(subject, answers)];
  const differs = ({ software, answers: given }: Difference) =>
    given.some((value, at) => lets(answers[at]) && value !== software);
  const differences = rows.filter(differs);
  return { differences, same: rows.length - differences.length };
}

const lets = (decision: Decision | undefined) => decision?.action === "approve" || decision?.action === "correct";

const fieldRows = (subject: GetCaseResponse, answers: readonly Decision[]): Difference[] =>
  subject.fields.map(({ field, label, format }) => {
    const proposed = proposedValue(subject, field);
    const shown = (value: string | null) => (value === null ? null : showValue(format, value));
    return {
      label,
      software: shown(proposed),
      answers: answers.map((decision) =>
        lets(decision)
          ? shown(
              decision.action === "correct" ? (decision.fields[field] ?? stated(decision, field, proposed)) : proposed,
            )
          : null,
      ),
    };
  });

/** A field that an answer leaves out stands as proposed; one that it empties is empty. */
const stated = (decision: Extract<Decision, { action: "correct" }>, field: string, proposed: string | null) =>
  field in decision.fields ? null : proposed;

function lineRows(subject: GetCaseResponse, answers: readonly Decision[]): Difference[] {
  const proposed = (subject.proposal?.lines ?? []).map(({ cells }) => cells);
  const count = (lines: readonly unknown[]) => `${lines.length} ${lines.length === 1 ? "line" : "lines"}`;
  const text = (lines: readonly Readonly<Record<string, string | null>>[]) =>
    JSON.stringify(lines.map((cells) => subject.lineCells.map(({ field }) => cells[field] ?? null)));
  if (!answers.some((decision) => decision.action === "correct" && decision.lines !== undefined)) return [];
  return [
    {
      label: "Lines",
      software: count(proposed),
      answers: answers.map((decision) => {
        if (!lets(decision)) return null;
        if (decision.action !== "correct" || decision.lines === undefined) return count(proposed);
        return text(decision.lines) === text(proposed) ? count(proposed) : `${count(decision.lines)}, changed`;
      }),
    },
  ];
}

/** The two verdicts that an adjudication decides between, in the order they were given. */
export const disputed = (subject: GetCaseResponse, reviewId: string): readonly DecisionRecord[] =>
  subject.reviews
    .filter((review) => review.reviewId !== reviewId)
    .flatMap(({ decision }: ReviewSummary) => (decision !== null && isVerdict(decision.decision) ? [decision] : []))
    .sort((one, other) => Date.parse(one.decidedAt) - Date.parse(other.decidedAt))
    .slice(-2);

const isVerdict = ({ action }: Decision) => action === "approve" || action === "correct" || action === "reject";
