import type { Bench } from "../case/bench.ts";
import { Text } from "../view/text.tsx";
import type { EvidenceItem } from "./evidence.ts";

/** What has to be looked at or attached, each with its state in words and, while it is open, the way to it. */
export function EvidenceList({ items, bench }: { items: readonly EvidenceItem[]; bench: Bench }) {
  if (items.length === 0) return null;
  return (
    <ul class="evidence" aria-label="Needed before it is let through">
      {items.map((item) => (
        <li key={item.id} class={item.isMet ? "met" : undefined}>
          <span aria-hidden="true">{item.isMet ? "✓" : "○"}</span>
          <span>
            <span class="unseen">{item.isMet ? "Done: " : "Still to do: "}</span>
            <Text>{item.label}</Text> <Open item={item} bench={bench} />
            {item.lack !== null && !item.isMet && (
              <span class="fault" role="alert">
                <Text>{item.lack}</Text>
              </span>
            )}
          </span>
        </li>
      ))}
    </ul>
  );
}

function Open({ item, bench }: { item: EvidenceItem; bench: Bench }) {
  const [next, ...others] = item.left;
  if (next === undefined) return null;
  return (
    <button type="button" class="link" onClick={() => bench.viewing.update((now) => ({ ...now, page: next }))}>
      Open page {next}
      {others.length > 0 && <span class="soft"> and {others.length} more</span>}
    </button>
  );
}
