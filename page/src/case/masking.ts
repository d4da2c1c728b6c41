import type { GetCaseResponse } from "../../../shared/contracts/api.ts";
import type { ReviewSummary } from "../../../shared/contracts/case.ts";

/** Whether this review waits for what its reviewer sees, with nothing of the software's answer shown. */
export const isBlind = ({
  status,
  blind,
  blindAnswer,
}: Pick<ReviewSummary, "status" | "blind" | "blindAnswer">): boolean =>
  status === "waiting" && blind && blindAnswer === null;

/**
 * A masked case without anything that says what the software found, why it asked, or what became of it. The server leaves it out
 * already; this keeps a slip there from reaching the eyes of somebody who is to judge by the document alone.
 */
export function hideAnswer(subject: GetCaseResponse): GetCaseResponse {
  if (!subject.masked) return subject;
  return {
    ...subject,
    proposal: null,
    confidenceLimits: {},
    timeline: [],
    case: { ...subject.case, disposition: null, decision: null, outcomeId: null },
    reviews: subject.reviews.map((review) => ({ ...review, reasons: [] })),
  };
}
