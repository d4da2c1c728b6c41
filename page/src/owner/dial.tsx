import { useState } from "preact/hooks";
import type { AutonomyStage } from "../../../shared/contracts/policy.ts";
import type { Answer } from "../api/client.ts";
import { useAct } from "../api/use-act.ts";
import { BecauseForm } from "../view/because-form.tsx";
import { Failure } from "../view/failure.tsx";
import type { Workspace } from "../workspace.ts";
import { changeSays } from "./change-says.ts";
import { percent, rate } from "./figures.ts";

interface Props {
  readonly workspace: Workspace;
  readonly stored: Answer<"getPolicy">;
  reload(): Promise<void>;
}

const stages: readonly { readonly stage: AutonomyStage; readonly title: string; readonly says: string }[] = [
  { stage: "shadow", title: "Shadow", says: "People decide everything; the software is graded." },
  { stage: "pilot", title: "Pilot", says: "A share of what passes the rules is decided by the software." },
  { stage: "live", title: "Live", says: "All that passes the rules is decided by the software." },
];

/** How much the software does alone, how far it is from the next stage, and the way there and back. */
export function Dial({ workspace, stored, reload }: Props) {
  const [wanted, setWanted] = useState<AutonomyStage | null>(null);
  const [outcome, setOutcome] = useState<string | null>(null);
  const act = useAct(workspace.client);
  const { policy, progress } = stored;
  const { stage, pilotShare } = policy.autonomy;
  const place = stages.findIndex((one) => one.stage === stage);
  async function turn(because: string) {
    if (wanted === null) return false;
    const body = { policy: { ...policy, autonomy: { ...policy.autonomy, stage: wanted } }, because };
    const done = await act.send("proposePolicyChange", { path: { workflow: policy.workflow }, body });
    if (done !== null) {
      const says = changeSays(done.answer, Date.now());
      setOutcome(says);
      workspace.announce(says);
      setWanted(null);
    }
    await reload();
    return done !== null;
  }
  return (
    <section class="card" aria-labelledby="autonomy">
      <h2 id="autonomy">Autonomy</h2>
      <ol class="dial">
        {stages.map((one, at) => (
          <li key={one.stage} aria-current={one.stage === stage ? "step" : undefined}>
            <b>
              {one.stage === stage && "● "}
              {one.title}
              {one.stage === "pilot" && ` ${percent(pilotShare)}`}
            </b>
            <span class="soft">{one.says}</span>
            {Math.abs(at - place) === 1 && (
              <button type="button" onClick={() => setWanted(one.stage)}>
                {at > place ? `Go on to ${one.stage}` : `Turn back to ${one.stage}`}
              </button>
            )}
          </li>
        ))}
      </ol>
      <Progress progress={progress} stage={stage} />
      {wanted !== null && (
        <>
          <BecauseForm
            question={`Why is it turned to ${wanted}?`}
            action={`Propose ${wanted}`}
            isBusy={act.isBusy}
            maxLength={1_000}
            act={turn}
          />
          <button type="button" class="quiet" onClick={() => setWanted(null)}>
            Back
          </button>
        </>
      )}
      {outcome !== null && (
        <p class="stored" role="status">
          {outcome}
        </p>
      )}
      <Failure act={act} />
    </section>
  );
}

function Progress({ progress, stage }: Pick<Answer<"getPolicy">, "progress"> & { stage: AutonomyStage }) {
  const { cases, wrong, criteria, met } = progress;
  const share = Math.min(1, cases / criteria.minCases);
  return (
    <div class="progress">
      <p>
        <b>{met ? "✓ Met: " : "Not met yet: "}</b>
        {cases} of {criteria.minCases} graded cases, {wrong} wrong ({percent(rate(wrong, cases))}; at most{" "}
        {percent(criteria.maxErrorRate)}).
      </p>
      <svg viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true">
        <rect class="track" width="100" height="4" />
        <rect width={share * 100} height="4" />
      </svg>
      <p class="soft">
        {stage === "live"
          ? "What live has to keep; when it does not, the dial is turned back."
          : `What ${stage} has to show before the dial goes on.`}
      </p>
    </div>
  );
}
