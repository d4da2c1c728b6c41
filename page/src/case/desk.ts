import type { ReviewSummary } from "../../../shared/contracts/case.ts";
import type { Draft } from "./draft.ts";

/** What the parts of an open case share: the review, whether it may be changed, and the ways to change it. */
export interface Desk {
  readonly review: ReviewSummary;
  readonly readOnly: boolean;
  /** Nothing of the software's answer is shown. */
  readonly blind: boolean;
  edit(change: (draft: Draft) => Draft): void;
  /** Lights the evidence of a field or line. */
  look(target: string): void;
  /** A field was left: its text takes its canonical look and is judged. */
  settle(field: string): void;
}
