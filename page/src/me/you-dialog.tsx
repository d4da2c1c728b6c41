import { useEffect, useRef, useState } from "preact/hooks";
import type { Answer } from "../api/client.ts";
import { useAct } from "../api/use-act.ts";
import { assigns } from "../part.ts";
import { Failure } from "../view/failure.tsx";
import { Text, visible } from "../view/text.tsx";
import type { Workspace } from "../workspace.ts";
import { endOfDay } from "./absence.ts";

interface Props {
  readonly workspace: Workspace;
  readonly isOpen: boolean;
  close(): void;
}

/** Who one is and what one may do, and who acts in one's place while one is away. */
export function YouDialog({ workspace, isOpen, close }: Props) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    if (isOpen) dialog.current?.showModal();
    else dialog.current?.close();
  }, [isOpen]);
  const { me } = workspace;
  return (
    <dialog ref={dialog} aria-labelledby="you" onClose={close}>
      <h2 id="you">
        <Text>{me.name}</Text>
      </h2>
      <ul>
        {me.memberships.map(({ workflow, role }) => (
          <li key={workflow}>
            {role} in {workflow}
          </li>
        ))}
      </ul>
      <p class="soft">
        Your id, for a colleague who wants you to cover: <code>{me.personId}</code>
      </p>
      {isOpen && <Absence workspace={workspace} />}
      <button type="button" onClick={close}>
        Close<kbd>Esc</kbd>
      </button>
    </dialog>
  );
}

function Absence({ workspace }: { workspace: Workspace }) {
  const [colleague, setColleague] = useState("");
  const [day, setDay] = useState("");
  const [done, setDone] = useState<string | null>(null);
  const act = useAct(workspace.client);
  const { me } = workspace;
  const people = useColleagues(workspace);

  async function set(coveredBy: string, until: string | null, says: string) {
    setDone(null);
    if ((await act.send("setAbsence", { body: { coveredBy, until } })) === null) return;
    setDone(says);
    workspace.announce(says);
  }
  const leave = () => {
    const until = endOfDay(day, Date.now());
    if (until === null) return act.fail("Choose a day that is still to come.");
    return void set(colleague.trim(), until, `It is kept: somebody covers for you until the end of ${day}.`);
  };
  return (
    <section aria-labelledby="away">
      <h3 id="away">When you are away</h3>
      <form
        class="stack"
        onSubmit={(event) => {
          event.preventDefault();
          leave();
        }}
      >
        <label for="covered-by">
          {people === null ? "Your colleague's id (it stands in their own menu)" : "Who covers for you"}
        </label>
        {people === null ? (
          <input
            id="covered-by"
            value={colleague}
            required
            maxLength={200}
            onInput={(event) => setColleague(event.currentTarget.value)}
          />
        ) : (
          <select
            id="covered-by"
            value={colleague}
            required
            onChange={(event) => setColleague(event.currentTarget.value)}
          >
            <option value="">Choose a colleague</option>
            {people.map(({ personId, name, membership }) => (
              <option key={personId} value={personId}>
                {`${visible(name)}, ${membership.role}`}
              </option>
            ))}
          </select>
        )}
        <label>
          Until the end of
          <input type="date" value={day} required onInput={(event) => setDay(event.currentTarget.value)} />
        </label>
        <span class="row">
          <button type="submit" disabled={act.isBusy}>
            Cover for me
          </button>
          <button
            type="button"
            disabled={act.isBusy}
            onClick={() => void set(me.personId, null, "It is kept: you are back.")}
          >
            I am back
          </button>
        </span>
      </form>
      {done !== null && (
        <p class="stored" role="status">
          ✓ {done}
        </p>
      )}
      <Failure act={act} />
    </section>
  );
}

/** People of the workflows this person may list, without themselves; null where there is no such list. */
function useColleagues(workspace: Workspace): Answer<"listPeople">["people"] | null {
  const [people, setPeople] = useState<Answer<"listPeople">["people"] | null>(null);
  const { me, client } = workspace;
  useEffect(() => {
    const listed = me.memberships.filter(({ workflow }) => assigns(me, workflow));
    if (listed.length === 0) return;
    Promise.all(listed.map(({ workflow }) => client.call("listPeople", { path: { workflow } }))).then(
      (answers) => {
        const all = answers.flatMap((answer) => answer.people);
        const others = all.filter(
          ({ personId, membership }) => personId !== me.personId && membership.role !== "submitter",
        );
        setPeople([...new Map(others.map((one) => [one.personId, one])).values()]);
      },
      () => setPeople(null), // the id can still be typed
    );
  }, [me, client]);
  return people;
}
