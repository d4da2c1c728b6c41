import type { GetCaseResponse } from "../../../shared/contracts/api.ts";
import type { ReviewSummary } from "../../../shared/contracts/case.ts";
import type { DecisionAction } from "../../../shared/contracts/decision.ts";
import { type Answer, answerFrom, done, letsThroughBy, type Verdict } from "../decision/answer.ts";
import { readEdits } from "../decision/changes.ts";
import type { Viewing } from "../document/evidence-view.ts";
import { reviewAt } from "../place.ts";
import { nextToDecide } from "../queue/neighbour.ts";
import { waitingOrder } from "../queue/order.ts";
import { createStore, type Store } from "../store.ts";
import { openReview, type Workspace } from "../workspace.ts";
import { fieldsToLookAt, orderFields } from "./attention.ts";
import { toggleSuggestion } from "./draft.ts";
import { isBlind } from "./masking.ts";
import { type Standing, standingOf } from "./standing.ts";
import { startingDraft } from "./starting-draft.ts";

/** What a person is doing with the open case, apart from what they typed. */
interface Doing {
  /** Field or line whose evidence is lit. */
  readonly active: string | null;
  /** The note is open; with a verdict, it is asked for before that verdict can be given. */
  readonly composing: Verdict | "note" | null;
  /** A decision was tried: from then on everything that is wrong is shown, not only what was touched. */
  readonly attempted: boolean;
  /** Page images looked at since the review was opened here; the server counts them by itself. */
  readonly opened: readonly number[];
}

/** The open case and what can be done with it. */
export interface Bench {
  readonly doing: Store<Doing>;
  readonly viewing: Store<Viewing>;
  look(target: string): void;
  /** A page image is in sight. */
  sawPage(page: number): void;
  compose(what: Doing["composing"]): void;
  takeSuggestion(): void;
  /** Gives a verdict on the open case. @returns what came of it; null when there is nothing to decide here. */
  decide(verdict: Verdict): Answer | null;
  undo(): void;
}

const untouched: Doing = { active: null, composing: null, attempted: false, opened: [] };
const firstPage: Viewing = { page: 1, zoom: 1 };

export function createBench(workspace: Workspace, newKey: () => string, now: () => number): Bench {
  const doing = createStore<Doing>(untouched);
  const viewing = createStore<Viewing>(firstPage);
  const { place, reader, claims, outbox, drafts } = workspace;

  const here = () => {
    const at = place.get();
    const { subject } = reader.state.get();
    if (at.view !== "queue" || at.reviewId === null || subject === null) return null;
    const review = openReview(workspace, at.reviewId, subject);
    if (review === null) return null;
    return { review, subject, draft: drafts.get()[review.reviewId] ?? startingDraft(subject, review) };
  };

  let shown: string | null = null;
  /** A case that was just opened starts at its first page, with the first field to look at lit. */
  const start = () => {
    const at = place.get();
    const reviewId = reviewAt(at);
    const { subject } = reader.state.get();
    if (reviewId !== shown) {
      shown = reviewId;
      doing.set(untouched);
      viewing.update((before) => ({ ...firstPage, zoom: before.zoom }));
    }
    if (reviewId === null || subject === null || doing.get().active !== null) return;
    const review = openReview(workspace, reviewId, subject);
    const active = review === null ? null : firstToLookAt(subject, review);
    if (active !== null) doing.update((before) => ({ ...before, active }));
  };
  place.subscribe(start);
  reader.state.subscribe(start);
  start();

  return {
    doing,
    viewing,
    look: (target) => doing.update((before) => ({ ...before, active: target })),
    sawPage: (page) =>
      doing.update((before) =>
        before.opened.includes(page) ? before : { ...before, opened: [...before.opened, page] },
      ),
    compose: (composing) => doing.update((before) => ({ ...before, composing })),
    takeSuggestion() {
      const at = here();
      const { active } = doing.get();
      if (at === null || active === null || standing(workspace, at.review, now()).readOnly) return;
      if (at.subject.proposal?.findings.some(({ field, suggestion }) => field === active && suggestion !== undefined)) {
        workspace.editDraft(at.review.reviewId, (draft) => toggleSuggestion(at.subject, draft, active));
      } else workspace.announce("There is no suggestion for this field.");
    },
    decide(verdict) {
      const at = here();
      if (at === null) return null;
      const { review, subject, draft } = at;
      const { readOnly, notice } = standing(workspace, review, now());
      if (readOnly) {
        workspace.announce(notice ?? "This case cannot be decided here.");
        return null;
      }
      const action = verdict === "approve" ? letsThroughBy(review, readEdits(subject, draft).changes.length) : verdict;
      if (!subject.guidance.actions.includes(action)) {
        workspace.announce(`You may not ${inWords[action]} this case. ${choiceOf(subject.guidance.actions)}`);
        return null;
      }
      const answer = answerFrom(verdict, subject, draft, review);
      if (answer.kind === "unexplained") doing.update((before) => ({ ...before, composing: verdict }));
      if (answer.kind === "faulty") {
        doing.update((before) => ({ ...before, attempted: true }));
        workspace.announce(answer.faults.map((fault) => fault.message).join(" "));
      }
      if (answer.kind !== "ready") return answer;
      const next = nextToDecide(waitingOrder(workspace), review.reviewId, workspace.me.personId);
      const intent = {
        reviewId: review.reviewId,
        title: review.headline.title,
        decision: answer.decision,
        changes: answer.changes.length,
        key: newKey(),
      };
      doing.update((before) => ({ ...before, composing: null }));
      if (isBlind(review) && (action === "correct" || action === "reject")) {
        outbox.post({ ...intent, blind: true });
        return answer;
      }
      outbox.hold(intent);
      workspace.announce(`${done[answer.decision.action]} ${review.headline.title}. Z takes it back.`);
      workspace.go({ view: "queue", reviewId: next });
      return answer;
    },
    undo() {
      const intent = outbox.undo();
      if (intent === null) return workspace.announce("There is nothing to undo: the last answer has been sent.");
      workspace.go({ view: "queue", reviewId: intent.reviewId });
      workspace.announce(`Taken back. ${intent.title} is open again.`);
      claims.active();
    },
  };
}

/** Whether the open review can be worked on by this person now. */
export const standing = (workspace: Workspace, review: ReviewSummary, now: number): Standing => {
  const { subject } = workspace.reader.state.get();
  const entry = workspace.outbox.entries.get().find(({ reviewId }) => reviewId === review.reviewId);
  return standingOf(review, workspace.claims.claim.get(), now, {
    answer: entry?.phase.kind ?? null,
    actions: subject?.guidance.actions ?? null,
  });
};

const inWords: Record<DecisionAction, string> = {
  approve: "approve",
  correct: "correct",
  reject: "reject",
  escalate: "escalate",
  ask: "ask the sender about",
  answer: "answer and hand back",
};

const choiceOf = (actions: readonly DecisionAction[]): string =>
  `You may ${actions.map((action) => inWords[action]).join(", ")} it.`;

function firstToLookAt(subject: GetCaseResponse, review: ReviewSummary): string | null {
  return orderFields(subject.fields, fieldsToLookAt(subject, review.reasons))[0]?.field ?? null;
}
