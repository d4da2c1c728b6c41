import type { Decision } from "../../../shared/contracts/decision.ts";
import type { OpenReviewInput } from "../../../shared/contracts/payloads.ts";
import { openReview } from "../../../shared/review/open-review.ts";
import { recordDecision } from "../../../shared/review/record-decision.ts";
import { anOpening, aPerson, caseId, later, noon } from "../case/builders.ts";
import { aDesk, staff } from "./desk.ts";

/** Enough people of each role for two of them to disagree. */
export const house = [...staff, aPerson("emil", { role: "expert" }), aPerson("rolf")];

/** A case that goes from round to round as the review machine takes it: whenever it is woken with a next step, that is opened. */
export async function aHandoff(given: Parameters<typeof aDesk>[0] = {}) {
  const desk = aDesk({ people: house, ...given, reviews: [], record: { rounds: 0, ...given.record } });
  let round = (given.record?.rounds ?? 0) + 1;
  let state: Pick<OpenReviewInput, "routing" | "rung" | "cause"> = anOpening();
  const open = async (changes: Partial<OpenReviewInput> = {}) => {
    const taskToken = `token-of-round-${round}`;
    desk.tokens.open.add(taskToken);
    await openReview(anOpening({ ...state, round, taskToken, ...changes }), desk);
  };
  /** What the machine does once it is woken. */
  const goOn = async () => {
    const { output } = desk.tokens.woken.at(-1) ?? {};
    const next = output && typeof output === "object" && "next" in output ? (output.next as typeof state | null) : null;
    if (!next) return;
    round += 1;
    state = next;
    await open();
  };
  await open();
  return {
    ...desk,
    open,
    goOn,
    /** The review that waits now. */
    review: async () => {
      const reviews = await desk.cases.reviewsOf(caseId);
      const waiting = reviews.findLast(({ status }) => status === "waiting");
      if (!waiting) throw new Error("No review waits.");
      return waiting;
    },
    record: async () => {
      const record = await desk.cases.find(caseId);
      if (!record) throw new Error("There is no such case.");
      return record;
    },
    answer: async (personId: string, decision: Decision) => {
      const recorded = await recordDecision(`${caseId}-${round}`, personId, decision, desk);
      if (!recorded.unmasked) await goOn();
      return recorded;
    },
    /** Nobody answers: the machine's time runs out, and it asks the next rung. */
    timeOut: async () => {
      const { ladder } = state.routing;
      round += 1;
      state = { ...state, rung: Math.min(state.rung + 1, ladder.length - 1), cause: "time-out" };
      await open();
    },
    later: (seconds: number) => {
      desk.clock.now = later(seconds, desk.clock.now);
    },
    startedAt: noon,
  };
}
