import type { GetCaseResponse } from "../../shared/contracts/api.ts";
import type { ReviewCause } from "../../shared/contracts/decision.ts";
import type { TestStack } from "./test-stack.ts";

/** The case, once somebody is asked for this cause. */
export const waitingFor = (test: TestStack, caseId: string, cause: ReviewCause): Promise<GetCaseResponse> =>
  test.caseWhen(caseId, ({ reviews }) =>
    reviews.some((review) => review.status === "waiting" && review.cause === cause),
  );

/** The case, once its outcome is delivered and nothing more is to come. */
export const closed = (test: TestStack, caseId: string): Promise<GetCaseResponse> =>
  test.caseWhen(caseId, (answer) => answer.case.status === "closed");
