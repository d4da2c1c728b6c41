import type { Bench } from "../case/bench.ts";
import { keepField } from "../case/draft.ts";
import { giveVerdict } from "../decision/give-verdict.ts";
import { zoomBy } from "../document/zoom.ts";
import { neighbour } from "../queue/neighbour.ts";
import { waitingOrder } from "../queue/order.ts";
import type { Workspace } from "../workspace.ts";
import { focusAfter, focusCase } from "./focus.ts";
import type { Command, Focus } from "./keymap.ts";

interface Reach {
  readonly workspace: Workspace;
  readonly bench: Bench;
  showKeys(): void;
}

/** Does what a key means. `focus` says where it was pressed: the queue keeps its focus while somebody leafs through it. */
export function runCommand(command: Command, focus: Focus, { workspace, bench, showKeys }: Reach): void {
  const place = workspace.place.get();
  const { subject } = workspace.reader.state.get();
  const leaf = (step: 1 | -1) => {
    if (place.view !== "queue" && place.view !== "decided") return;
    const order = place.view === "decided" ? workspace.decided.listing.get().reviews : waitingOrder(workspace);
    const reviewId = neighbour(order, place.reviewId, step);
    if (reviewId === null) return;
    workspace.go({ view: place.view, reviewId });
    if (focus === "queue") document.querySelector<HTMLElement>(`[data-review="${CSS.escape(reviewId)}"]`)?.focus();
  };
  const turn = (step: 1 | -1) => {
    const pages = Math.max(subject?.case.pages ?? 1, 1);
    bench.viewing.update((now) => ({ ...now, page: Math.min(Math.max(now.page + step, 1), pages) }));
  };
  const verdict = () => {
    const { composing } = bench.doing.get();
    return composing === null || composing === "note" ? "approve" : composing;
  };

  const actions: Record<Command, () => void> = {
    // While an answer is being explained, the same keys send that.
    approve: () => giveVerdict(bench, verdict()),
    reject: () => giveVerdict(bench, "reject"),
    escalate: () => giveVerdict(bench, "escalate"),
    ask: () => giveVerdict(bench, "ask"),
    answer: () => giveVerdict(bench, "answer"),
    undo: bench.undo,
    "next-case": () => leaf(1),
    "previous-case": () => leaf(-1),
    keep: () => keep(workspace),
    "take-suggestion": bench.takeSuggestion,
    "leave-field": () => {
      bench.compose(null);
      focusCase();
    },
    note: () => bench.compose("note"),
    "next-page": () => turn(1),
    "previous-page": () => turn(-1),
    "zoom-in": () => bench.viewing.update((now) => ({ ...now, zoom: zoomBy(now.zoom, 1) })),
    "zoom-out": () => bench.viewing.update((now) => ({ ...now, zoom: zoomBy(now.zoom, -1) })),
    "zoom-reset": () => bench.viewing.update((now) => ({ ...now, zoom: 1 })),
    keys: showKeys,
  };
  actions[command]();
}

/** Marks the field as looked at and goes on to the next. */
function keep(workspace: Workspace): void {
  const input = document.activeElement;
  const place = workspace.place.get();
  const { subject } = workspace.reader.state.get();
  if (!(input instanceof HTMLInputElement) || subject === null || place.view !== "queue" || place.reviewId === null)
    return;
  const field = input.dataset.value;
  if (subject.fields.some((descriptor) => descriptor.field === field) && field !== undefined) {
    workspace.editDraft(place.reviewId, (draft) => keepField(subject, draft, field));
  }
  focusAfter(input);
}
