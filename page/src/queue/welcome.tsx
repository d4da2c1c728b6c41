import { useLayoutEffect, useRef } from "preact/hooks";
import { useStore } from "../store.ts";
import { Text } from "../view/text.tsx";
import { useNow } from "../view/use-now.ts";
import type { Workspace } from "../workspace.ts";
import { dueInWords } from "./due.ts";
import { waitingOrder } from "./order.ts";

/** Nothing is open: what waits, and the one key that begins. */
export function Welcome({ workspace, decided }: { workspace: Workspace; decided: boolean }) {
  const { loaded, failure } = useStore(workspace.waiting.listing);
  useStore(workspace.outbox.entries);
  const now = useNow(15_000);
  const order = waitingOrder(workspace);
  const first = order[0];
  const heading = useRef<HTMLHeadingElement>(null);
  useLayoutEffect(() => {
    // The last case went away under the focus: it comes here instead of being lost.
    if (document.activeElement === document.body) heading.current?.focus();
  }, []);
  if (decided) {
    return (
      <main class="welcome">
        <p>Choose a decided case to read it.</p>
      </main>
    );
  }
  if (!loaded) return <main class="welcome">{failure !== null && <p>{failure}</p>}</main>;
  if (first === undefined) {
    return (
      <main class="welcome">
        <h1 ref={heading} tabIndex={-1}>
          All done
        </h1>
        <p>No case waits for you. New ones appear here by themselves.</p>
      </main>
    );
  }
  return (
    <main class="welcome">
      <h1 ref={heading} tabIndex={-1}>
        {order.length} {order.length === 1 ? "case waits" : "cases wait"}
      </h1>
      <p>
        The first is <Text>{first.headline.title}</Text>, {dueInWords(first.dueAt, now)}.
      </p>
      <button type="button" class="go" onClick={() => workspace.go({ view: "queue", reviewId: first.reviewId })}>
        Open it<kbd>J</kbd>
      </button>
    </main>
  );
}
