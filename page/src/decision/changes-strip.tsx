import { Text } from "../view/text.tsx";
import type { Change } from "./changes.ts";

/** How many changes are spelled out before the rest is only counted. */
const shownAtMost = 4;

/** What the answer changes, each as from and to. */
export function Changes({ changes }: { changes: readonly Change[] }) {
  const rest = changes.length - shownAtMost;
  return (
    <ul class="changes" aria-label="What you changed">
      {changes.slice(0, shownAtMost).map((change, at) => (
        <li key={`${change.label}-${at}`}>
          {change.label}{" "}
          {change.from !== null && (
            <del>
              <Text>{change.from}</Text>
            </del>
          )}
          {change.from !== null && change.to !== null && " → "}
          {change.to !== null && (
            <ins>
              <Text>{change.to}</Text>
            </ins>
          )}
          {change.to === null && change.from !== null && !change.label.includes("removed") && " emptied"}
        </li>
      ))}
      {rest > 0 && <li>and {rest} more</li>}
    </ul>
  );
}
