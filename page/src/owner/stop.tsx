import { useState } from "preact/hooks";
import type { Policy } from "../../../shared/contracts/policy.ts";
import { useAct } from "../api/use-act.ts";
import { BecauseForm } from "../view/because-form.tsx";
import { Failure } from "../view/failure.tsx";
import type { Workspace } from "../workspace.ts";
import { changeSays } from "./change-says.ts";

interface Props {
  readonly workspace: Workspace;
  readonly policy: Policy;
  reload(): Promise<void>;
}

const maxBecause = 1_000;

/** Stops the software at once with one signature; going on again is a change that a second owner signs. */
export function Stop({ workspace, policy, reload }: Props) {
  const [isAsking, setAsking] = useState(false);
  const act = useAct(workspace.client);
  const { workflow, stopped } = policy;
  async function stop(because: string) {
    const done = await act.send("stopWorkflow", { path: { workflow }, body: { because } });
    if (done !== null) {
      workspace.announce("Stopped. Every case goes to people.");
      setAsking(false);
    }
    await reload();
    return done !== null;
  }
  async function resume(because: string) {
    const body = { policy: { ...policy, stopped: false }, because };
    const done = await act.send("proposePolicyChange", { path: { workflow }, body });
    if (done !== null) {
      workspace.announce(`Going on is proposed. ${changeSays(done.answer, Date.now())}`);
      setAsking(false);
    }
    await reload();
    return done !== null;
  }
  return (
    <section class={stopped ? "card stopped" : "card"} aria-labelledby="stop">
      <div class="section-head">
        <div>
          <h2 id="stop">{stopped ? "■ Stopped" : "Running"}</h2>
          <p class="soft">
            {stopped
              ? "Every case goes to people, whatever the rules say."
              : "What passes the rules is decided by the software, as far as the autonomy below lets it."}
          </p>
        </div>
        {!isAsking && (
          <button type="button" class={stopped ? "go" : "stop"} onClick={() => setAsking(true)}>
            {stopped ? "Let it go on" : "Stop the software"}
          </button>
        )}
      </div>
      {isAsking && (
        <>
          <p>
            {stopped
              ? "Going on loosens the policy: it waits until a second owner signs."
              : "It acts at once, with your signature alone: from now on every case of this workflow goes to people."}
          </p>
          <BecauseForm
            question={stopped ? "Why may it go on?" : "Why do you stop it?"}
            action={stopped ? "Propose to go on" : "Stop now"}
            isBusy={act.isBusy}
            isGrave={!stopped}
            maxLength={maxBecause}
            act={stopped ? resume : stop}
          />
          <button type="button" class="quiet" onClick={() => setAsking(false)}>
            Back
          </button>
        </>
      )}
      <Failure act={act} />
    </section>
  );
}
