import { useEffect, useState } from "preact/hooks";
import type { Person } from "../../shared/contracts/people.ts";
import type { Client } from "./api/client.ts";
import { isRefusal, sentence } from "./api/problem.ts";
import { reviews, submits } from "./part.ts";
import { SenderDesk } from "./sender/sender-desk.tsx";
import type { Session } from "./sign-in/session.ts";
import { SignIn } from "./sign-in/sign-in.tsx";
import { useStore } from "./store.ts";
import { NoPart } from "./view/no-part.tsx";
import { Workbench } from "./workbench.tsx";
import { createWorkspace, type Workspace } from "./workspace.ts";

type Entrance =
  | { readonly kind: "asking" }
  | { readonly kind: "in"; readonly workspace: Workspace }
  | { readonly kind: "sender"; readonly workspace: Workspace }
  | { readonly kind: "no-part"; readonly person: Person | null }
  | { readonly kind: "failed"; readonly because: string };

/** The door while nobody is known, then the page of the person who came in. It stays when the sign-in ends, with all that was typed. */
export function App({ session, client }: { session: Session; client: Client }) {
  const state = useStore(session.state);
  const [entrance, setEntrance] = useState<Entrance>({ kind: "asking" });
  const [tries, setTries] = useState(0);
  const isIn = state.kind === "signed-in";

  useEffect(() => {
    if (!isIn || (entrance.kind !== "asking" && entrance.kind !== "failed") || tries < 0) return;
    client.call("getMe").then(
      (me) => setEntrance(entranceOf(client, me)),
      (error: unknown) =>
        setEntrance(
          isRefusal(error, "not-allowed", "not-found")
            ? { kind: "no-part", person: null }
            : { kind: "failed", because: sentence(error) },
        ),
    );
  }, [client, isIn, tries]);

  if (state.kind === "signed-out") return <SignIn session={session} message={state.message} />;
  switch (entrance.kind) {
    case "in":
      return <Workbench workspace={entrance.workspace} session={session} />;
    case "sender":
      return <SenderDesk workspace={entrance.workspace} session={session} />;
    case "no-part":
      return <NoPart person={entrance.person} session={session} />;
    case "failed":
      return (
        <main class="door">
          <h1>Not connected</h1>
          <p role="alert">{entrance.because}</p>
          <button type="button" class="go" onClick={() => setTries((count) => count + 1)}>
            Try again
          </button>
        </main>
      );
    case "asking":
      return state.kind === "ended" ? <SignIn session={session} message="Your sign-in has ended." /> : null;
  }
}

function entranceOf(client: Client, me: Person): Entrance {
  if (reviews(me)) return { kind: "in", workspace: open(client, me) };
  return submits(me) ? { kind: "sender", workspace: open(client, me) } : { kind: "no-part", person: me };
}

const open = (client: Client, me: Person): Workspace =>
  createWorkspace({
    client,
    me,
    storage: sessionStorage,
    location,
    newKey: () => crypto.randomUUID(),
    now: Date.now,
    after: (milliseconds, run) => void setTimeout(run, milliseconds),
  });
