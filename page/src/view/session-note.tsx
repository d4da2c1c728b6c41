import type { Session } from "../sign-in/session.ts";
import { useStore } from "../store.ts";
import { showTime } from "./clock.ts";

/** The sign-in is over, or ends soon and cannot renew itself: said in time, with the way back. */
export function SessionNote({ session }: { session: Session }) {
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
