import { useState } from "preact/hooks";
import type { PolicyChange } from "../../../shared/contracts/policy.ts";
import { useAct } from "../api/use-act.ts";
import { showTime } from "../view/clock.ts";
import { Failure } from "../view/failure.tsx";
import { Text } from "../view/text.tsx";
import { useNow } from "../view/use-now.ts";
import type { Workspace } from "../workspace.ts";
import { changeSays } from "./change-says.ts";
import { Differences } from "./differences.tsx";

interface Props {
  readonly workspace: Workspace;
  readonly changes: readonly PolicyChange[];
  /** Reads the policy again. */
  reload(): Promise<void>;
}

/** Changes that wait for a second owner, then what became of earlier ones. */
export function Changes({ workspace, changes, reload }: Props) {
  const now = useNow(60_000);
  const waiting = changes.filter(({ status }) => status === "waiting");
  const past = changes.filter(({ status }) => status !== "waiting");
  return (
    <section aria-labelledby="changes">
      <h2 id="changes">Changes of the policy</h2>
      {waiting.length === 0 && <p class="soft">No change waits for a signature.</p>}
      {waiting.map((change) => (
        <Waiting key={change.changeId} workspace={workspace} change={change} reload={reload} />
      ))}
      {past.length > 0 && (
        <details>
          <summary>
            History{" "}
            <span class="soft">
              {past.length} {past.length === 1 ? "change" : "changes"}
            </span>
          </summary>
          <ol class="history">
            {past.map((change) => (
              <li key={change.changeId}>
                <p>
                  <b>{changeSays(change, now)}</b> <Proposed change={change} now={now} />
                </p>
                <Differences differences={change.differences} />
              </li>
            ))}
          </ol>
        </details>
      )}
    </section>
  );
}

const Proposed = ({ change, now }: { change: PolicyChange; now: number }) => (
  <span class="soft">
    Proposed by <Text>{change.proposedByName}</Text>, {showTime(change.proposedAt, now)}: “<Text>{change.because}</Text>
    ”
  </span>
);

function Waiting({ workspace, change, reload }: Pick<Props, "workspace" | "reload"> & { change: PolicyChange }) {
  const [note, setNote] = useState("");
  const act = useAct(workspace.client);
  const now = useNow(60_000);
  const { changeId, workflow, proposedBy } = change;
  const isOwn = proposedBy === workspace.me.personId;
  async function answer(kind: "sign" | "refuse") {
    const body = { answer: kind, ...(note.trim() !== "" && { note: note.trim() }) };
    const done = await act.send("answerPolicyChange", { path: { workflow, changeId }, body });
    if (done !== null) workspace.announce(changeSays(done.answer, Date.now()));
    await reload();
  }
  return (
    <article class="card waiting-change" aria-label={`Change ${changeId}`}>
      <p>
        <b>{changeSays(change, now)}</b> <Proposed change={change} now={now} />
      </p>
      <Differences differences={change.differences} />
      <form
        class="stack"
        onSubmit={(event) => {
          event.preventDefault();
        }}
      >
        <label>
          Note (may be left empty)
          <input value={note} maxLength={1_000} onInput={(event) => setNote(event.currentTarget.value)} />
        </label>
        <span class="row">
          {!isOwn && (
            <button type="button" class="go" disabled={act.isBusy} onClick={() => void answer("sign")}>
              Sign
            </button>
          )}
          <button type="button" class="stop" disabled={act.isBusy} onClick={() => void answer("refuse")}>
            {isOwn ? "Take it back" : "Refuse"}
          </button>
          {isOwn && <span class="soft">You proposed it, so another owner signs.</span>}
        </span>
      </form>
      <Failure act={act} />
    </article>
  );
}
