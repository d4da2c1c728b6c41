import { useLayoutEffect, useRef } from "preact/hooks";
import type { GetCaseResponse } from "../../../shared/contracts/api.ts";
import type { ReviewSummary } from "../../../shared/contracts/case.ts";
import { maxNoteCharacters } from "../../../shared/contracts/limits.ts";
import type { Bench } from "../case/bench.ts";
import type { Draft } from "../case/draft.ts";
import { isBlind } from "../case/masking.ts";
import { useStore } from "../store.ts";
import type { Workspace } from "../workspace.ts";
import { letsThroughBy, type Verdict } from "./answer.ts";
import { explained, offered } from "./asks.ts";
import { Attach } from "./attach.tsx";
import type { Change } from "./changes.ts";
import { Changes } from "./changes-strip.tsx";
import type { EvidenceItem } from "./evidence.ts";
import { EvidenceList } from "./evidence-list.tsx";
import { giveVerdict } from "./give-verdict.ts";
import { Marks } from "./marks.tsx";

interface Props {
  readonly workspace: Workspace;
  readonly bench: Bench;
  readonly review: ReviewSummary;
  readonly subject: GetCaseResponse;
  readonly draft: Draft;
  readonly changes: readonly Change[];
  readonly evidence: readonly EvidenceItem[];
}

/** The answers that are offered here with their keys; above them what would be changed, what is needed first, and the note. */
export function DecisionBar({ workspace, bench, review, subject, draft, changes, evidence }: Props) {
  const { composing } = useStore(bench.doing);
  const field = useRef<HTMLTextAreaElement>(null);
  // Before the next key arrives: what is typed right after R belongs to the note.
  useLayoutEffect(() => {
    if (composing !== null) field.current?.focus();
  }, [composing]);
  const give = (verdict: Verdict) => giveVerdict(bench, verdict);
  const asked = explained.find(({ verdict }) => verdict === composing) ?? null;
  const { reviewId } = review;
  const { note } = draft;
  const blind = isBlind(review);

  return (
    <section class="decision" aria-label="Your answer" tabIndex={-1}>
      {asked === null && changes.length > 0 && !blind && <Changes changes={changes} />}
      {asked === null && <EvidenceList items={evidence} bench={bench} />}
      {(composing !== null || note !== "") && (
        <label class="note">
          <span>{asked?.ask ?? "Note"}</span>
          <textarea
            ref={field}
            id="note"
            rows={composing === null ? 1 : 3}
            value={note}
            maxLength={maxNoteCharacters}
            aria-required={asked !== null}
            dir="auto"
            onInput={(event) => {
              const text = event.currentTarget.value;
              workspace.editDraft(reviewId, (now) => ({ ...now, note: text }));
            }}
          />
        </label>
      )}
      {(evidence.some(({ kind }) => kind === "attach") || composing !== null || draft.attachments.length > 0) && (
        <Attach workspace={workspace} reviewId={reviewId} attachments={draft.attachments} />
      )}
      {asked === null ? (
        <div class="answers">
          <LetThrough
            by={letsThroughBy(review, changes.length)}
            blind={blind}
            actions={subject.guidance.actions}
            give={() => give("approve")}
          />
          {offered(subject.guidance.actions).map(({ verdict, label, key }) => (
            <button key={verdict} type="button" onClick={() => give(verdict)} aria-keyshortcuts={key}>
              {label}
              <kbd>{key}</kbd>
            </button>
          ))}
        </div>
      ) : (
        <div class="answers">
          <button
            type="button"
            class={asked.verdict === "reject" ? "stop" : "go"}
            onClick={() => give(asked.verdict)}
            disabled={note.trim() === ""}
          >
            {asked.label}
            <kbd>{keyName}</kbd>
          </button>
          <button type="button" class="quiet" onClick={() => bench.compose(null)}>
            Back<kbd>Esc</kbd>
          </button>
          {note.trim() === "" && <span class="soft">A note is needed</span>}
        </div>
      )}
      <div class="besides">
        <Marks workspace={workspace} reviewId={reviewId} marks={draft.marks} />
        {asked === null && (
          <button type="button" class="quiet" onClick={() => bench.compose("note")} aria-keyshortcuts="N">
            Note<kbd>N</kbd>
          </button>
        )}
      </div>
    </section>
  );
}

interface LetThroughProps {
  readonly by: "approve" | "correct";
  readonly blind: boolean;
  readonly actions: GetCaseResponse["guidance"]["actions"];
  give(): void;
}

/** The main answer: approve, correct, or state what one sees; or in a sentence that it is for somebody else. */
function LetThrough({ by, blind, actions, give }: LetThroughProps) {
  if (!actions.includes(by)) return <span class="soft">You may not {by} this one.</span>;
  return (
    <button type="button" class="go" onClick={give} aria-keyshortcuts="Control+Enter Meta+Enter">
      {blind ? "Send what I see" : by === "approve" ? "Approve" : "Correct"}
      <kbd>{keyName}</kbd>
    </button>
  );
}

const keyName = /mac|iphone|ipad/i.test(navigator.userAgent) ? "⌘↵" : "Ctrl↵";
