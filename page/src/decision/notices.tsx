import type { Bench } from "../case/bench.ts";
import { useStore } from "../store.ts";
import { Text } from "../view/text.tsx";
import { useNow } from "../view/use-now.ts";
import type { Workspace } from "../workspace.ts";
import { done } from "./answer.ts";
import { type Entry, holdMilliseconds } from "./outbox.ts";

interface Props {
  readonly workspace: Workspace;
  readonly bench: Bench;
}

/** Answers on their way: the one that can be taken back with its countdown, those that wait for the network, those that were refused. */
export function Notices({ workspace, bench }: Props) {
  const place = useStore(workspace.place);
  // Of the open case, a refusal stands at its head already.
  const isShown = ({ phase, reviewId }: Entry) =>
    phase.kind !== "recorded" && !(phase.kind === "refused" && place.view === "queue" && place.reviewId === reviewId);
  const entries = useStore(workspace.outbox.entries).filter(isShown);
  return (
    <section class="notices" aria-label="Answers on their way">
      {entries.map((entry) => (
        <div key={entry.key} class={`notice-card ${entry.phase.kind}`}>
          <Line entry={entry} workspace={workspace} bench={bench} />
        </div>
      ))}
    </section>
  );
}

const summary = (entry: Entry) =>
  `${done[entry.decision.action]}${entry.changes > 0 ? `, ${entry.changes} ${entry.changes === 1 ? "change" : "changes"}` : ""}`;

function Line({ entry, workspace, bench }: { entry: Entry } & Props) {
  const now = useNow(250);
  const { phase } = entry;
  const title = (
    <b>
      <Text>{entry.title}</Text>
    </b>
  );
  const open = () => {
    workspace.go({ view: "queue", reviewId: entry.reviewId });
  };
  switch (phase.kind) {
    case "held":
      return (
        <>
          <span>
            {summary(entry)} · {title}
          </span>
          <span class="soft" role="timer">
            sent in {Math.max(1, Math.ceil((phase.until - now) / 1000))} s
          </span>
          <button type="button" onClick={() => bench.undo()} aria-keyshortcuts="Z">
            Undo<kbd>Z</kbd>
          </button>
          <i class="countdown" aria-hidden="true" style={{ animationDuration: `${holdMilliseconds}ms` }} />
        </>
      );
    case "sending":
      return <span>Sending · {title}</span>;
    case "delayed":
      return (
        <>
          <span>
            Not sent yet · {title} <span class="soft">{phase.because} Trying again.</span>
          </span>
          <button type="button" onClick={() => workspace.outbox.flush()}>
            Retry now
          </button>
        </>
      );
    case "refused":
      return (
        <>
          <span role="alert">
            Not recorded · {title}{" "}
            <span class="soft">
              <Text>{phase.problem.detail}</Text>
            </span>
          </span>
          <button type="button" onClick={open}>
            Open
          </button>
          <button
            type="button"
            class="quiet"
            aria-label="Dismiss"
            onClick={() => workspace.outbox.dismiss(entry.reviewId)}
          >
            ×
          </button>
        </>
      );
    default:
      return null;
  }
}
