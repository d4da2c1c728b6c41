import type { Person } from "../../../shared/contracts/people.ts";
import type { Session } from "../sign-in/session.ts";
import { Mark } from "./mark.tsx";
import { Text } from "./text.tsx";

/** Somebody is signed in, and they have no part in anything: said plainly, with what to do. */
export function NoPart({ person, session }: { person: Person | null; session: Session }) {
  return (
    <main class="door">
      <h1>
        <Mark />
        Signoff
      </h1>
      <p>
        {person === null ? "You are signed in" : <>You are signed in as {<Text>{person.name}</Text>}</>}, but you have
        no part in any workflow yet. Ask an owner to add you, then sign in again.
      </p>
      <button type="button" onClick={() => session.signOut()}>
        Sign out
      </button>
    </main>
  );
}
