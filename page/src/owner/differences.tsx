import type { PolicyChange } from "../../../shared/contracts/policy.ts";
import { Text } from "../view/text.tsx";

const words = { tightens: "Tightens", loosens: "Loosens", neutral: "Neutral" } as const;

/** What a change does, point by point, each with whether it asks more of people or lets more pass. */
export function Differences({ differences }: Pick<PolicyChange, "differences">) {
  if (differences.length === 0) return <p class="soft">It changes nothing.</p>;
  return (
    <ul class="differences">
      {differences.map(({ path, effect, summary }) => (
        <li key={path}>
          <b class={effect}>{words[effect]}</b>
          <span>
            <Text>{summary}</Text> <code>{path}</code>
          </span>
        </li>
      ))}
    </ul>
  );
}
