import type { Person } from "../../../shared/contracts/people.ts";
import type { Session } from "../sign-in/session.ts";
import { Mark } from "./mark.tsx";
import { Text } from "./text.tsx";

/** Somebody is signed in, and no review can ever be theirs: said plainly, with what to do. */
export function NoPart({ person, session }: { person: Person | null; session: Session }) {
  const submits = person !== null && person.memberships.length > 0;
  return (
    <main class="door">
      <h1>
        <Mark />
        Signoff
      </h1>
      <p>
        {person === null ? "You are signed in" : <>You are signed in as {<Text>{person.name}</Text>}</>}
        {submits
          ? ", and you submit documents. Reviewing them is for others, so no case waits for you here."
          : ", but you have no part in any workflow yet. Ask an owner to add you, then sign in again."}
      </p>
      <button type="button" onClick={() => session.signOut()}>
        Sign out
      </button>
    </main>
  );
}
