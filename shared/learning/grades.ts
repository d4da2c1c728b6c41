import type { Workflow } from "../contracts/identifiers.ts";
import type { AutonomyStage } from "../contracts/policy.ts";

/** How the software did against people: cases that people settled without it having been triggered, and how many it had wrong. */
export interface Grades {
  /** Of the cases that grade this stage (shadow; pilot and audited; audited) since that moment. */
  of(workflow: Workflow, stage: AutonomyStage, since: Date): Promise<{ cases: number; wrong: number }>;
}
