import type { GetCaseResponse } from "../../../shared/contracts/api.ts";
import { maxMessageCharacters } from "../../../shared/contracts/limits.ts";
import { useAct } from "../api/use-act.ts";
import { owns } from "../part.ts";
import { BecauseForm } from "../view/because-form.tsx";
import { Failure } from "../view/failure.tsx";
import type { Workspace } from "../workspace.ts";
import { ReportHarm } from "./report-harm.tsx";

/** What can still be done once an outcome is out: report what it cost, and put the case in front of people again. */
export function Afterwards({ workspace, subject }: { workspace: Workspace; subject: GetCaseResponse }) {
  const { status, workflow } = subject.case;
  if (subject.masked || (status !== "closed" && status !== "auditing" && status !== "decided")) return null;
  return (
    <>
      <ReportHarm client={workspace.client} subject={subject} announce={workspace.announce} />
      {status === "closed" && owns(workspace.me, workflow) && <Reopen workspace={workspace} subject={subject} />}
    </>
  );
}

function Reopen({ workspace, subject }: { workspace: Workspace; subject: GetCaseResponse }) {
  const act = useAct(workspace.client);
  const { caseId, headline } = subject.case;
  async function reopen(because: string) {
    if ((await act.send("reopenCase", { path: { caseId }, body: { because } })) === null) return false;
    workspace.announce(`${headline.title} is reopened.`);
    void workspace.reader.reload();
    void workspace.waiting.refresh();
    return true;
  }
  return (
    <details>
      <summary>Reopen it</summary>
      <BecauseForm
        question="Why is it reopened? Whoever reviews it reads this."
        action="Reopen"
        isBusy={act.isBusy}
        maxLength={maxMessageCharacters}
        act={reopen}
      />
      <Failure act={act} />
    </details>
  );
}
