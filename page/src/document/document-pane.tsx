import type { Bench } from "../case/bench.ts";
import { focusTarget } from "../keys/focus.ts";
import { useStore } from "../store.ts";
import type { Workspace } from "../workspace.ts";
import { evidenceViews } from "./evidence-view.ts";

/** The middle column: the evidence of the open case, as its workflow shows it. */
export function DocumentPane({ workspace, bench }: { workspace: Workspace; bench: Bench }) {
  const { subject } = useStore(workspace.reader.state);
  const { active } = useStore(bench.doing);
  if (subject === null) return <main class="doc" aria-label="Document" aria-busy="true" />;
  const EvidenceView = evidenceViews[subject.case.workflow];
  const pick = (target: string) => {
    bench.look(target);
    focusTarget(target);
  };
  return (
    <main class="doc" aria-label="Document">
      <EvidenceView
        client={workspace.client}
        subject={subject}
        active={active}
        viewing={bench.viewing}
        onPick={pick}
        onSeen={bench.sawPage}
      />
    </main>
  );
}
