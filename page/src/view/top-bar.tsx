import { useState } from "preact/hooks";
import { forgetWork } from "../kept-work.ts";
import { YouDialog } from "../me/you-dialog.tsx";
import { isOwner, ownedWorkflows } from "../part.ts";
import { waitingOrder } from "../queue/order.ts";
import type { Session } from "../sign-in/session.ts";
import { useStore } from "../store.ts";
import type { Workspace } from "../workspace.ts";
import { Mark } from "./mark.tsx";
import { SessionNote } from "./session-note.tsx";
import { Text } from "./text.tsx";

interface Props {
  readonly workspace: Workspace;
  readonly session: Session;
  showKeys(): void;
}

/** Where one is, how much waits, whether the connection stands, and who one is. */
export function TopBar({ workspace, session, showKeys }: Props) {
  const place = useStore(workspace.place);
  const { failure, loaded } = useStore(workspace.waiting.listing);
  const sitting = useStore(workspace.sitting);
  const [isYouOpen, setYouOpen] = useState(false);
  const isEnded = useStore(session.state).kind === "ended";
  useStore(workspace.outbox.entries);
  const link = (view: "queue" | "decided" | "lists", name: string, count: number | null) => (
    <a href={`#/${view}`} aria-current={place.view === view ? "page" : undefined}>
      {name}
      {count !== null && <b>{count}</b>}
    </a>
  );
  const leave = () => {
    workspace.outbox.flush(true);
    workspace.claims.leave(true);
    workspace.drafts.set({});
    forgetWork(sessionStorage);
    session.signOut();
  };
  return (
    <header>
      <span class="brand">
        <Mark />
        Signoff
      </span>
      <nav aria-label="Views">
        {link("queue", "Invoices", loaded ? waitingOrder(workspace).length : null)}
        {link("decided", "Decided", null)}
        {isOwner(workspace.me) && link("lists", "Lists", null)}
        {ownedWorkflows(workspace.me).map((workflow) => (
          <a
            key={workflow}
            href={`#/workflow/${workflow}`}
            aria-current={place.view === "workflow" && place.workflow === workflow ? "page" : undefined}
          >
            Workflow
          </a>
        ))}
      </nav>
      <div class="push">
        <SessionNote session={session} />
        {failure !== null && !isEnded && (
          <span class="offline" role="status">
            {failure}{" "}
            <button type="button" onClick={() => void workspace.waiting.refresh()}>
              Retry
            </button>
          </span>
        )}
        {failure === null && sitting > 0 && <span class="sitting">{sitting} decided in this sitting</span>}
        <button type="button" class="quiet keys" onClick={showKeys}>
          <kbd>?</kbd> keys
        </button>
        <button type="button" class="quiet who" aria-haspopup="dialog" onClick={() => setYouOpen(true)}>
          <Text>{workspace.me.name}</Text>
        </button>
        <button type="button" class="quiet" onClick={leave}>
          Sign out
        </button>
      </div>
      <YouDialog workspace={workspace} isOpen={isYouOpen} close={() => setYouOpen(false)} />
    </header>
  );
}
