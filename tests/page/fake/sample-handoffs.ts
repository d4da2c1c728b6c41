import { hideAnswer } from "../../../page/src/case/masking.ts";
import type { GetCaseResponse } from "../../../shared/contracts/api.ts";
import type { ReviewSummary } from "../../../shared/contracts/case.ts";
import type { Decision, DecisionRecord } from "../../../shared/contracts/decision.ts";
import { type SampleCase, type SampleOptions, sampleCase } from "./sample-cases.ts";
import { elbe } from "./sample-queue.ts";

/** A sample with its case and its one review changed. */
export function changed(
  sample: SampleCase,
  {
    of = {},
    review = {},
    guidance = {},
  }: {
    of?: Partial<GetCaseResponse["case"]>;
    review?: Partial<ReviewSummary>;
    guidance?: Partial<GetCaseResponse["guidance"]>;
  },
): SampleCase {
  const { subject } = sample;
  return {
    ...sample,
    subject: {
      ...subject,
      case: { ...subject.case, ...of },
      reviews: subject.reviews.map((one) => ({ ...one, ...review })),
      guidance: { ...subject.guidance, ...guidance },
    },
  };
}

export const anElbe = (options: Partial<SampleOptions> = {}): SampleCase =>
  sampleCase({ ...elbe, ...options }, Date.now());

/** Shown without the software's answer. `triggered`: after the blind answer the same review is decided knowing everything. */
export function aBlindCase({ triggered }: { triggered: boolean }): SampleCase {
  const plain = changed(anElbe(), { review: { blind: true } });
  const headline = { title: "Case without its answer", subtitle: "R-2026-1184.pdf", amountMinor: null, currency: null };
  const masked = hideAnswer({ ...plain.subject, masked: true });
  const subject: GetCaseResponse = {
    ...masked,
    case: { ...masked.case, headline },
    reviews: masked.reviews.map((review) => ({ ...review, headline })),
    guidance: { ...masked.guidance, actions: ["correct", "reject", "escalate", "ask"] },
  };
  return { ...plain, subject, ...(triggered && { unmasked: plain.subject }) };
}

const answerOf = (review: ReviewSummary, round: number, decision: Decision, decidedByName: string): DecisionRecord => ({
  reviewId: `${review.caseId}-${round}`,
  decision,
  decidedBy: decidedByName.toLowerCase(),
  decidedByName,
  role: "reviewer",
  decidedAt: new Date(Date.now() - (10 - round) * 60_000).toISOString(),
  onBehalfOf: null,
});

/** Rounds one and two are answered by two people who disagree; the third decides. */
export function aDisputedCase(first: Decision, second: Decision): SampleCase {
  const sample = anElbe();
  const [waiting] = sample.subject.reviews;
  if (waiting === undefined) throw new Error("The sample has no review.");
  const earlier = [answerOf(waiting, 1, first, "Sam Oakes"), answerOf(waiting, 2, second, "Ira Holm")];
  const reviews: ReviewSummary[] = [
    ...earlier.map((decision) => ({ ...waiting, reviewId: decision.reviewId, status: "decided" as const, decision })),
    { ...waiting, reviewId: `${waiting.caseId}-3`, cause: "adjudication", role: "expert" },
  ];
  return { ...sample, subject: { ...sample.subject, reviews } };
}

/** Something has to be opened, and something attached, before it is let through. */
export const aCaseThatNeedsEvidence = (): SampleCase =>
  changed(anElbe(), {
    guidance: {
      evidence: [
        { id: "all-pages", label: "Every page was looked at", kind: "open", reasons: "*" },
        { id: "call-back", label: "The call back to the supplier is attached", kind: "attach", reasons: "*" },
      ],
    },
  });

/** The sender, submitter-1, is asked and has until tomorrow. */
export function aCaseThatAsksItsSender(): SampleCase {
  const sample = anElbe();
  const [asked] = sample.subject.reviews;
  if (asked === undefined) throw new Error("The sample has no review.");
  const question = answerOf(asked, 1, { action: "ask", note: "Which order is this for?" }, "Robin Vale");
  const dueAt = new Date(Date.now() + 24 * 3_600_000).toISOString();
  return {
    ...sample,
    subject: {
      ...sample.subject,
      case: {
        ...sample.subject.case,
        submitter: "submitter-1",
        senderAsked: true,
        messages: [
          {
            at: question.decidedAt,
            from: "reviewer",
            by: "person-1",
            byName: "Robin Vale",
            text: "Which order is this for?",
          },
        ],
      },
      reviews: [
        { ...asked, status: "decided", decision: question },
        { ...asked, reviewId: `${asked.caseId}-2`, cause: "question", dueAt },
      ],
      guidance: { ...sample.subject.guidance, actions: [] },
    },
  };
}
