import { useEffect, useState } from "preact/hooks";
import { readPlace } from "../place.ts";
import type { Session } from "../sign-in/session.ts";
import { useStore } from "../store.ts";
import { LiveRegion } from "../view/live-region.tsx";
import { Mark } from "../view/mark.tsx";
import { SessionNote } from "../view/session-note.tsx";
import { Text } from "../view/text.tsx";
import type { Workspace } from "../workspace.ts";
import { SenderView } from "./sender-view.tsx";

/** The page of somebody who sends documents and reviews none: one case at a time, by its link. */
export function SenderDesk({ workspace, session }: { workspace: Workspace; session: Session }) {
  const place = useStore(workspace.place);
  useEffect(() => {
    const onHash = () => workspace.go(readPlace(location.hash));
    window.addEventListener("hashchange", onHash);
    return () => window.removeEventListener("hashchange", onHash);
  }, [workspace]);
  return (
    <div class="frame wide">
      <header>
        <span class="brand">
          <Mark />
          Signoff
        </span>
        <div class="push">
          <SessionNote session={session} />
          <span class="who">
            <Text>{workspace.me.name}</Text>
          </span>
          <button type="button" class="quiet" onClick={() => session.signOut()}>
            Sign out
          </button>
        </div>
      </header>
      {place.view === "case" ? (
        <SenderView key={place.caseId} workspace={workspace} />
      ) : (
        <Follow workspace={workspace} />
      )}
      <LiveRegion announcement={workspace.announcement} />
    </div>
  );
}

function Follow({ workspace }: { workspace: Workspace }) {
  const [typed, setTyped] = useState("");
  const [isWrong, setWrong] = useState(false);
  const follow = () => {
    const place = readPlace(`#/case/${typed.trim()}`);
    setWrong(place.view !== "case");
    if (place.view === "case") workspace.go(place);
  };
  return (
    <main class="welcome">
      <h1>Follow a document you sent</h1>
      <p>
        You submit documents; reviewing them is for others. A link to your case opens it here, and so does its number.
      </p>
      <form
        class="inline"
        onSubmit={(event) => {
          event.preventDefault();
          follow();
        }}
      >
        <label>
          <span class="unseen">Number of the case</span>
          <input
            value={typed}
            aria-invalid={isWrong}
            placeholder="26 letters and digits"
            onInput={(event) => setTyped(event.currentTarget.value)}
          />
        </label>
        <button type="submit" class="go">
          Open it
        </button>
      </form>
      {isWrong && (
        <p class="fault" role="alert">
          That is not a case's number: 26 small letters and digits from 2 to 7.
        </p>
      )}
    </main>
  );
}
