import { useEffect, useRef, useState } from "preact/hooks";
import type { Role, Workflow } from "../../../shared/contracts/identifiers.ts";
import { useAct } from "../api/use-act.ts";
import { Failure } from "../view/failure.tsx";
import type { Workspace } from "../workspace.ts";
import { type MembershipText, readMembership } from "./membership-form.ts";

interface Props {
  readonly workspace: Workspace;
  readonly workflow: Workflow;
  readonly initial: MembershipText;
  close(): void;
  changed(): Promise<void>;
}

const roles: readonly Role[] = ["submitter", "reviewer", "expert", "owner"];

/** One person's part in the workflow; their id is what sign-in knows them by. */
export function PersonForm({ workspace, workflow, initial, close, changed }: Props) {
  const [text, setText] = useState(initial);
  const [isRemoving, setRemoving] = useState(false);
  const act = useAct(workspace.client);
  const first = useRef<HTMLInputElement>(null);
  useEffect(() => first.current?.focus(), []);
  const isNew = initial.personId === "";
  const type = (part: Partial<MembershipText>) => setText((now) => ({ ...now, ...part }));
  const path = { workflow, personId: text.personId.trim() };
  const name = text.name.trim();

  async function save() {
    const reading = readMembership(text);
    if ("problem" in reading) return act.fail(reading.problem);
    if ((await act.send("putPerson", { path, body: { name, membership: reading.membership } })) === null) return;
    workspace.announce(`${name} is kept as ${text.role}.`);
    await changed();
  }
  async function remove() {
    if ((await act.send("putPerson", { path, body: { name, membership: null } })) === null) return;
    workspace.announce(`${name} has no part in ${workflow} any more.`);
    await changed();
  }
  return (
    <form
      class="card person"
      aria-label={isNew ? "Add a person" : `Change ${initial.name}`}
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      {isNew && (
        <label>
          Id at sign-in
          <input
            ref={first}
            value={text.personId}
            required
            maxLength={200}
            onInput={(event) => type({ personId: event.currentTarget.value })}
          />
        </label>
      )}
      <label>
        Name
        <input
          {...(!isNew && { ref: first })}
          value={text.name}
          required
          maxLength={200}
          onInput={(event) => type({ name: event.currentTarget.value })}
        />
      </label>
      <label>
        Role
        <select
          value={text.role}
          onChange={(event) => {
            const chosen = roles.find((role) => role === event.currentTarget.value);
            if (chosen !== undefined) type({ role: chosen });
          }}
        >
          {roles.map((role) => (
            <option key={role}>{role}</option>
          ))}
        </select>
      </label>
      <label>
        Limits
        <input
          value={text.limits}
          placeholder="EUR 5000, USD 6000"
          disabled={text.unlimited}
          onInput={(event) => type({ limits: event.currentTarget.value })}
        />
      </label>
      <label class="check">
        <input
          type="checkbox"
          checked={text.unlimited}
          onChange={(event) => type({ unlimited: event.currentTarget.checked })}
        />
        Any amount
      </label>
      <label>
        Queues (* for all)
        <input value={text.queues} onInput={(event) => type({ queues: event.currentTarget.value })} />
      </label>
      <span class="row">
        <button type="submit" class="go" disabled={act.isBusy}>
          Save
        </button>
        <button type="button" class="quiet" onClick={close}>
          Back
        </button>
        {!isNew &&
          (isRemoving ? (
            <button type="button" class="stop" disabled={act.isBusy} onClick={() => void remove()}>
              Yes, take them out
            </button>
          ) : (
            <button type="button" onClick={() => setRemoving(true)}>
              Take them out
            </button>
          ))}
      </span>
      <Failure act={act} />
    </form>
  );
}
