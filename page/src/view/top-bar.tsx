import { forgetWork } from "../kept-work.ts";
import { isOwner } from "../part.ts";
import { waitingOrder } from "../queue/order.ts";
import type { Session } from "../sign-in/session.ts";
import { useStore } from "../store.ts";
import type { Workspace } from "../workspace.ts";
import { showTime } from "./clock.ts";
import { Mark } from "./mark.tsx";
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
        <span class="who">
          <Text>{workspace.me.name}</Text>
        </span>
        <button type="button" class="quiet" onClick={leave}>
          Sign out
        </button>
      </div>
    </header>
  );
}

/** The sign-in is over, or ends soon and cannot renew itself: said in time, with the way back. */
function SessionNote({ session }: { session: Session }) {
  const state = useStore(session.state);
  const soon = 3 * 60_000;
  const again = (
    <button type="button" class="go" onClick={() => void session.signIn()}>
      Sign in again
    </button>
  );
  if (state.kind === "ended") {
    return (
      <span class="offline" role="alert">
        Your sign-in has ended; what you typed is kept. {again}
      </span>
    );
  }
  if (state.kind === "signed-in" && state.endsAt !== null && state.endsAt - Date.now() < soon) {
    return (
      <span class="offline" role="status">
        Your sign-in ends at {showTime(new Date(state.endsAt).toISOString(), Date.now())}. {again}
      </span>
    );
  }
  return null;
}
