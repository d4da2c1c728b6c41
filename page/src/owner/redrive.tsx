import { useState } from "preact/hooks";
import type { Answer } from "../api/client.ts";
import { useAct } from "../api/use-act.ts";
import { Failure } from "../view/failure.tsx";
import { Text } from "../view/text.tsx";
import type { Workspace } from "../workspace.ts";

/** Starts again what failed, and says what it did. Pressing it twice does nothing twice. */
export function Redrive({ workspace }: { workspace: Workspace }) {
  const [report, setReport] = useState<Answer<"redrive"> | null>(null);
  const act = useAct(workspace.client);
  async function run() {
    const done = await act.send("redrive", {});
    if (done === null) return;
    setReport(done.answer);
    workspace.announce(inShort(done.answer));
  }
  return (
    <section class="card" aria-labelledby="redrive">
      <div class="section-head">
        <div>
          <h2 id="redrive">What failed</h2>
          <p class="soft">Starts dead executions, dead letters and undelivered webhooks again. Safe to repeat.</p>
        </div>
        <button type="button" disabled={act.isBusy} onClick={() => void run()}>
          {act.isBusy ? "Redriving…" : "Redrive"}
        </button>
      </div>
      {report !== null && (
        <div role="status">
          <p>{inShort(report)}</p>
          {report.failed.length > 0 && (
            <ul class="problems">
              {report.failed.map(({ what, because }) => (
                <li key={what}>
                  <span class="fault">
                    <Text>{what}</Text>: <Text>{because}</Text>
                  </span>
                </li>
              ))}
            </ul>
          )}
        </div>
      )}
      <Failure act={act} />
    </section>
  );
}

const inShort = ({ casesContinued, dropsReopened, webhooksRetried, failed }: Answer<"redrive">): string =>
  `Continued ${casesContinued.length} cases, opened ${dropsReopened} drops again, retried ${webhooksRetried} webhooks; ${failed.length} failed.`;
