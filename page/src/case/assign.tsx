import { useState } from "preact/hooks";
import type { ReviewSummary } from "../../../shared/contracts/case.ts";
import type { Answer } from "../api/client.ts";
import { sentence } from "../api/problem.ts";
import { useAct } from "../api/use-act.ts";
import { Failure } from "../view/failure.tsx";
import { visible } from "../view/text.tsx";
import type { Workspace } from "../workspace.ts";

type People = Answer<"listPeople">["people"];

/** Gives a waiting review to somebody who may answer it. The people are read when it is opened. */
export function Assign({ workspace, review }: { workspace: Workspace; review: ReviewSummary }) {
  const [people, setPeople] = useState<People | null>(null);
  const [unread, setUnread] = useState<string | null>(null);
  const [chosen, setChosen] = useState("");
  const act = useAct(workspace.client);
  const { reviewId, workflow } = review;
  const read = () => {
    setUnread(null);
    workspace.client.call("listPeople", { path: { workflow } }).then(
      (answer) => setPeople(answer.people.filter(({ membership }) => membership.role !== "submitter")),
      (error: unknown) => setUnread(sentence(error)),
    );
  };
  async function give() {
    const name = people?.find(({ personId }) => personId === chosen)?.name ?? "somebody";
    workspace.claims.forget();
    const given = await act.send("assignReview", { path: { reviewId }, body: { personId: chosen } });
    if (given === null) return workspace.claims.retry();
    workspace.announce(`${review.headline.title} is given to ${name}.`);
    void workspace.waiting.refresh();
    if (chosen === workspace.me.personId) {
      void workspace.reader.reload();
      workspace.claims.retry();
    } else workspace.go({ view: "queue", reviewId: null });
  }
  return (
    <details onToggle={(event) => event.currentTarget.open && people === null && read()}>
      <summary>Give it to somebody</summary>
      {unread !== null && <p class="fault">{unread}</p>}
      {people !== null && (
        <form
          class="inline"
          onSubmit={(event) => {
            event.preventDefault();
            void give();
          }}
        >
          <label>
            <span class="unseen">Give this review to</span>
            <select value={chosen} onChange={(event) => setChosen(event.currentTarget.value)}>
              <option value="">Choose a person</option>
              {people.map(({ personId, name, membership, absentUntil }) => (
                <option key={personId} value={personId}>
                  {`${visible(name)}, ${membership.role}${absentUntil === null ? "" : " (absent)"}`}
                </option>
              ))}
            </select>
          </label>
          <button type="submit" disabled={chosen === "" || act.isBusy}>
            Give it
          </button>
        </form>
      )}
      <Failure act={act} />
    </details>
  );
}
