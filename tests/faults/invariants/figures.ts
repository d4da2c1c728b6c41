import { isVerdict } from "./decisions.ts";
import type { Settled } from "./settled.ts";

/** Figures are made of one row for each answer and each outcome: none is missing, none counts twice. */
export function everyStepIsCountedOnce({ state }: Settled): string[] {
  const answered = state.tally.filter((row) => row.type === "answered");
  const delivered = state.tally.filter((row) => row.type === "delivered");
  const events = state.cases.flatMap(({ caseId }) => state.historyOf(caseId));
  const answers = events.filter(({ type }) => type === "ReviewDecided" || type === "BlindAnswerGiven");
  const outcomes = events.filter(({ type }) => type === "OutcomeDelivered");
  return [
    ...answers.flatMap(({ details, type }) => {
      const rows = answered.filter((row) => row.reviewId === details.reviewId && row.blind === details.blind);
      const [row] = rows;
      if (!row || rows.length > 1) return [`the answer to ${details.reviewId} is counted ${rows.length} times`];
      const final = type === "ReviewDecided" && details.next === null;
      const labelled = row.labels.length > 0 === isVerdict(row.action);
      return row.final === final && labelled ? [] : [`the answer to ${details.reviewId} is counted as something else`];
    }),
    ...(answered.length > answers.length ? [`${answered.length} answers are counted of ${answers.length}`] : []),
    ...outcomes.flatMap(({ details }) => {
      const rows = delivered.filter((row) => row.outcomeId === details.outcomeId);
      return rows.length === 1 ? [] : [`the outcome ${details.outcomeId} is counted ${rows.length} times`];
    }),
  ];
}
