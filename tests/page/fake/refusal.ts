import { type Problem, type ProblemType, problems, problemTypePrefix } from "../../../shared/contracts/problem.ts";

/** A refusal that the fake answers as a problem document. */
export class Refusal extends Error {
  override readonly name = "Refusal";
  readonly problem: Problem;
  constructor(kind: ProblemType, more: Partial<Problem> = {}) {
    super(kind);
    const { status, title } = problems[kind];
    this.problem = { type: problemTypePrefix + kind, title, status, detail: `${title}.`, ...more };
  }
}
