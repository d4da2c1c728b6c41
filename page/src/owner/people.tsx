import { useCallback, useEffect, useState } from "preact/hooks";
import type { Workflow } from "../../../shared/contracts/identifiers.ts";
import type { Answer } from "../api/client.ts";
import { sentence } from "../api/problem.ts";
import { Notice } from "../case/notice.tsx";
import { showTime } from "../view/clock.ts";
import { Text } from "../view/text.tsx";
import { useNow } from "../view/use-now.ts";
import type { Workspace } from "../workspace.ts";
import { emptyMembership, limitsText, type MembershipText, membershipText } from "./membership-form.ts";
import { PersonForm } from "./person-form.tsx";

type Member = Answer<"listPeople">["people"][number];

/** Who may do what in the workflow, who is away, and the way to change it; one's own part is for another owner. */
export function People({ workspace, workflow }: { workspace: Workspace; workflow: Workflow }) {
  const [people, setPeople] = useState<readonly Member[] | null>(null);
  const [failure, setFailure] = useState<string | null>(null);
  const [edited, setEdited] = useState<MembershipText | null>(null);
  const now = useNow(60_000);
  const { client } = workspace;
  const read = useCallback(async () => {
    try {
      setPeople((await client.call("listPeople", { path: { workflow } })).people);
      setFailure(null);
    } catch (error) {
      setFailure(sentence(error));
    }
  }, [client, workflow]);
  useEffect(() => void read(), [read]);

  return (
    <section aria-labelledby="people">
      <div class="section-head">
        <h2 id="people">People</h2>
        <button type="button" onClick={() => setEdited(emptyMembership)}>
          Add a person
        </button>
      </div>
      {failure !== null && <Notice text={failure} retry={() => void read()} />}
      {edited !== null && (
        <PersonForm
          key={edited.personId}
          workspace={workspace}
          workflow={workflow}
          initial={edited}
          close={() => setEdited(null)}
          changed={() => {
            setEdited(null);
            return read();
          }}
        />
      )}
      {people !== null && (
        <div class="scroll">
          <table class="plain" aria-labelledby="people">
            <thead>
              <tr>
                <th scope="col">Name</th>
                <th scope="col">Role</th>
                <th scope="col">May let through</th>
                <th scope="col">Queues</th>
                <th scope="col">Away</th>
                <th scope="col">
                  <span class="unseen">Change</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {people.map((member) => (
                <PersonRow
                  key={member.personId}
                  member={member}
                  now={now}
                  edit={member.personId === workspace.me.personId ? null : () => setEdited(membershipText(member))}
                />
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}

function PersonRow({ member, now, edit }: { member: Member; now: number; edit: (() => void) | null }) {
  const { personId, name, membership, absentUntil, coveredBy } = member;
  return (
    <tr>
      <th scope="row" title={personId}>
        <Text>{name}</Text>
      </th>
      <td>{membership.role}</td>
      <td>{membership.unlimited ? "any amount" : limitsText(membership.limits) || "nothing"}</td>
      <td>{membership.queues === "*" ? "all" : membership.queues.join(", ")}</td>
      <td>
        {absentUntil !== null && (
          <>
            until {showTime(absentUntil, now)}
            {coveredBy !== null && (
              <>
                ; <Text>{coveredBy}</Text> covers
              </>
            )}
          </>
        )}
      </td>
      <td>
        {edit === null ? (
          <span class="soft">you</span>
        ) : (
          <button type="button" aria-label={`Change ${name}`} onClick={edit}>
            Change
          </button>
        )}
      </td>
    </tr>
  );
}
