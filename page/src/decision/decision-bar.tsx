import { useLayoutEffect, useRef } from "preact/hooks";
import { maxNoteCharacters } from "../../../shared/contracts/limits.ts";
import type { Bench } from "../case/bench.ts";
import { useStore } from "../store.ts";
import type { Workspace } from "../workspace.ts";
import type { Verdict } from "./answer.ts";
import type { Change } from "./changes.ts";
import { Changes } from "./changes-strip.tsx";
import { giveVerdict } from "./give-verdict.ts";

interface Props {
  readonly workspace: Workspace;
  readonly bench: Bench;
  readonly reviewId: string;
  readonly note: string;
  readonly changes: readonly Change[];
}

const asks: Record<Verdict | "note", string> = {
  approve: "Note",
  note: "Note",
  reject: "Why do you reject it?",
  escalate: "What should the next person look at?",
};

/** The row of answers with their keys; above it what would be changed, and the note when it is open. */
export function DecisionBar({ workspace, bench, reviewId, note, changes }: Props) {
  const { composing } = useStore(bench.doing);
  const field = useRef<HTMLTextAreaElement>(null);
  // Before the next key arrives: what is typed right after R belongs to the note.
  useLayoutEffect(() => {
    if (composing !== null) field.current?.focus();
  }, [composing]);
  const give = (verdict: Verdict) => giveVerdict(bench, verdict);
  const asked = composing === "reject" || composing === "escalate" ? composing : null;

  return (
    <section class="decision" aria-label="Your answer" tabIndex={-1}>
      {asked === null && changes.length > 0 && <Changes changes={changes} />}
      {(composing !== null || note !== "") && (
        <label class="note">
          <span>{asks[composing ?? "note"]}</span>
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
              workspace.editDraft(reviewId, (draft) => ({ ...draft, note: text }));
            }}
          />
        </label>
      )}
      {asked === null ? (
        <div class="answers">
          <button type="button" class="go" onClick={() => give("approve")} aria-keyshortcuts="Control+Enter Meta+Enter">
            {changes.length === 0 ? "Approve" : "Correct"}
            <kbd>{keyName}</kbd>
          </button>
          <button type="button" onClick={() => give("reject")} aria-keyshortcuts="R">
            Reject<kbd>R</kbd>
          </button>
          <button type="button" onClick={() => give("escalate")} aria-keyshortcuts="E">
            Escalate<kbd>E</kbd>
          </button>
          <button type="button" class="quiet" onClick={() => bench.compose("note")} aria-keyshortcuts="N">
            Note<kbd>N</kbd>
          </button>
        </div>
      ) : (
        <div class="answers">
          <button
            type="button"
            class={asked === "reject" ? "stop" : "go"}
            onClick={() => give(asked)}
            disabled={note.trim() === ""}
          >
            {asked === "reject" ? "Reject" : "Escalate"}
            <kbd>{keyName}</kbd>
          </button>
          <button type="button" class="quiet" onClick={() => bench.compose(null)}>
            Back<kbd>Esc</kbd>
          </button>
          {note.trim() === "" && <span class="soft">A note is needed</span>}
        </div>
      )}
    </section>
  );
}

const keyName = /mac|iphone|ipad/i.test(navigator.userAgent) ? "⌘↵" : "Ctrl↵";
