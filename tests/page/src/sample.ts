import { type SampleOptions, sampleCase } from "../fake/sample-cases.ts";
import { elbe } from "../fake/sample-queue.ts";

/** An arbitrary but fixed moment: noon, so that "today" has hours on both sides. */
export const noon = new Date(2026, 10, 24, 12, 0).getTime();

/** The invoice whose total was misread, with what differs. */
export const aSubject = (options: Partial<SampleOptions> = {}) => sampleCase({ ...elbe, ...options }, noon).subject;

export function aReview(options: Partial<SampleOptions> = {}) {
  const [review] = aSubject(options).reviews;
  if (review === undefined) throw new Error("The sample has no review.");
  return review;
}
