import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { explain } from "../api/problem.ts";
import { readEdits } from "../decision/changes.ts";
import { DecisionBar } from "../decision/decision-bar.tsx";
import { evidenceOf } from "../decision/evidence.ts";
import { serverFaults } from "../decision/server-faults.ts";
import { assigns } from "../part.ts";
import { useStore } from "../store.ts";
import { showTime } from "../view/clock.ts";
import { Text } from "../view/text.tsx";
import { useNow } from "../view/use-now.ts";
import { openReview, type Workspace } from "../workspace.ts";
import { Afterwards } from "./afterwards.tsx";
import { Assign } from "./assign.tsx";
import { AttachedFiles } from "./attached-files.tsx";
import { type Bench, standing } from "./bench.ts";
import { Briefing } from "./briefing.tsx";
import { decidedDraft } from "./decided-draft.ts";
import type { Desk } from "./desk.ts";
import { settleField } from "./draft.ts";
import { Fields } from "./fields.tsx";
import { Guidance } from "./guidance.tsx";
import { Lines } from "./lines.tsx";
import { isBlind } from "./masking.ts";
import { Notice } from "./notice.tsx";
import { OutcomeLine } from "./outcome-line.tsx";
import { Signals } from "./signals.tsx";
import { startingDraft, takeAnswer } from "./starting-draft.ts";
import { Thread } from "./thread.tsx";
import { Timeline } from "./timeline.tsx";
import { counterfactual, Why } from "./why.tsx";

interface Props {
  readonly workspace: Workspace;
  readonly bench: Bench;
  readonly reviewId: string;
  /** Moves the focus here when it is shown: somebody asked for it, it did not come by itself. */
  readonly takesFocus: boolean;
}

/** The right column: what the case is, why it needs a person, its values, and the answer. */
export function CasePanel({ workspace, bench, reviewId, takesFocus }: Props) {
  const { subject, failure } = useStore(workspace.reader.state);
  const claim = useStore(workspace.claims.claim);
  const drafts = useStore(workspace.drafts);
  const entries = useStore(workspace.outbox.entries);
  const { active, attempted, opened } = useStore(bench.doing);
  useStore(workspace.waiting.listing);
  const [typingAt, setTypingAt] = useState<string | null>(null);
  const now = useNow(15_000);
  const title = useRef<HTMLHeadingElement>(null);
  useLayoutEffect(() => {
    if (takesFocus) title.current?.focus();
  }, [takesFocus]);

  const review = openReview(workspace, reviewId, subject);
  if (review === null) {
    if (failure !== null) return <Unread because={failure} retry={() => workspace.reader.reload()} />;
    if (subject !== null)
      return <p class="hint">This case has no such review any more. Choose another from the queue.</p>;
    return <div class="case" aria-busy="true" />;
  }

  const { readOnly, notice, retry } = standing(workspace, review, now);
  const entry = entries.find((candidate) => candidate.reviewId === reviewId);
  // An answer on its way stays in sight as it was given.
  const typed = drafts[reviewId] ?? startingDraft(subject, review);
  const draft = readOnly && subject !== null && review.decision !== null ? decidedDraft(subject, review) : typed;
  const blind = isBlind(review);
  const edits = subject === null ? null : readEdits(subject, draft);
  const refused = entry?.phase.kind === "refused" ? entry.phase.problem : null;
  const faults = readOnly
    ? []
    : [
        ...(edits?.faults ?? []).filter(
          ({ at }) => attempted || (at !== typingAt && (at.includes("/") || at in draft.fields)),
        ),
        ...(refused !== null && subject !== null ? serverFaults(refused, subject, draft) : []),
      ];
  const desk: Desk = {
    review,
    readOnly: readOnly || subject === null,
    edit: (change) => workspace.editDraft(reviewId, change),
    look: bench.look,
    blind,
    settle: (field) => subject !== null && workspace.editDraft(reviewId, (now) => settleField(subject, now, field)),
  };
  const gate = subject?.case.disposition;
  const passesIf =
    gate?.kind === "review" && gate.reasons.length === review.reasons.length
      ? gate.passesIf
      : counterfactual(review.reasons);

  return (
    <>
      <section
        class="case"
        aria-label="Case"
        onFocusIn={(event) =>
          setTypingAt(event.target instanceof HTMLElement ? (event.target.dataset.value ?? null) : null)
        }
        onFocusOut={() => setTypingAt(null)}
      >
        <h1 ref={title} tabIndex={-1}>
          <Text>{review.headline.title}</Text>
        </h1>
        <p class="meta">
          <Text>{review.headline.subtitle}</Text>
          {` · ${showTime(review.openedAt, now)}`}
          {claim.kind === "mine" && !readOnly && ` · yours for ${minutesLeft(claim.until, now)}`}
          {review.claim?.assignedBy != null && ` · given to ${review.claim.byName} by ${review.claim.assignedBy}`}
          {gate != null && ` · policy v${gate.policyVersion}`}
          {review.queue.includes("/") && ` · ${review.queue.split("/")[1]}`}
        </p>
        {notice !== null && <Notice text={notice} retry={retry ? workspace.claims.retry : null} />}
        {refused !== null && <Notice text={`Your answer was not recorded. ${explain(refused)}`} retry={null} />}
        {failure !== null && <Notice text={failure} retry={() => workspace.reader.reload()} />}
        {subject?.proposal?.failure != null && (
          <Notice text={`The first pass failed: ${subject.proposal.failure.message}`} retry={null} />
        )}
        <Briefing
          me={workspace.me.personId}
          review={review}
          subject={subject}
          isTheirs={!readOnly}
          take={
            readOnly || subject === null
              ? null
              : ({ decision }) => workspace.editDraft(reviewId, (now) => takeAnswer(subject, now, decision))
          }
        />
        {!blind && <Why reasons={review.reasons} passesIf={passesIf} isPast={review.status !== "waiting"} />}
        {subject !== null && <Thread messages={subject.case.messages} now={now} />}
        {subject !== null && <OutcomeLine subject={subject} />}
        {subject === null ? (
          failure === null && <FieldsOutline />
        ) : (
          <>
            <Fields desk={desk} subject={subject} draft={draft} active={active} faults={faults} />
            <Lines desk={desk} subject={subject} draft={draft} active={active} faults={faults} />
            <AttachedFiles workspace={workspace} caseId={review.caseId} record={review.decision} />
            <Signals signals={subject.proposal?.signals ?? []} />
            <Guidance guidance={subject.guidance} />
            {review.status === "waiting" && assigns(workspace.me, review.workflow) && (
              <Assign workspace={workspace} review={review} />
            )}
            <Afterwards workspace={workspace} subject={subject} />
            <Timeline events={subject.timeline} now={now} open={readOnly} />
          </>
        )}
      </section>
      {!readOnly && subject !== null && edits !== null && (
        <DecisionBar
          workspace={workspace}
          bench={bench}
          review={review}
          subject={subject}
          draft={draft}
          changes={edits.changes}
          evidence={evidenceOf(subject, draft, opened, refused)}
        />
      )}
    </>
  );
}

function minutesLeft(until: string, now: number): string {
  const minutes = Math.max(0, Math.floor((Date.parse(until) - now) / 60_000));
  return minutes === 0 ? "less than a minute; type to keep it" : `${minutes} min`;
}

const Unread = ({ because, retry }: { because: string; retry: () => void }) => (
  <section class="case" aria-label="Case">
    <h1 tabIndex={-1}>This case could not be read</h1>
    <Notice text={because} retry={retry} />
  </section>
);

const FieldsOutline = () => (
  <div class="outline fields" aria-hidden="true">
    {Array.from({ length: 8 }, (_, at) => (
      <i key={at} />
    ))}
  </div>
);
