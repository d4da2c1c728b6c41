import type { Draft, Mark } from "../case/draft.ts";
import type { Workspace } from "../workspace.ts";

const labels: readonly (readonly [Mark, string])[] = [
  ["wrong-queue", "Wrong queue"],
  ["instruction-unclear", "Instruction unclear"],
];

/** What was wrong with the handoff itself; it goes with whatever is answered. */
export function Marks({
  workspace,
  reviewId,
  marks,
}: {
  workspace: Workspace;
  reviewId: string;
  marks: Draft["marks"];
}) {
  const toggle = (mark: Mark) =>
    workspace.editDraft(reviewId, (draft) => ({
      ...draft,
      marks: draft.marks.includes(mark) ? draft.marks.filter((one) => one !== mark) : [...draft.marks, mark],
    }));
  return (
    <fieldset class="marks">
      <legend class="unseen">What was wrong with the handoff</legend>
      {labels.map(([mark, label]) => (
        <label key={mark}>
          <input type="checkbox" checked={marks.includes(mark)} onChange={() => toggle(mark)} />
          {label}
        </label>
      ))}
    </fieldset>
  );
}
