import type { Signal } from "../../../shared/contracts/proposal.ts";
import { Text } from "../view/text.tsx";

/** What was checked of the case: what stands out, what could not be judged, and how many checks found nothing. */
export function Signals({ signals }: { signals: readonly Signal[] }) {
  const fired = signals.filter((signal) => signal.fired === true);
  const unjudged = signals.filter((signal) => signal.fired === null);
  const quiet = signals.length - fired.length - unjudged.length;
  if (signals.length === 0) return null;
  return (
    <details open={fired.length > 0}>
      <summary>
        Checks{" "}
        <span class="soft">
          {fired.length} stand out, {quiet} found nothing
          {unjudged.length > 0 && `, ${unjudged.length} could not be judged`}
        </span>
      </summary>
      <ul>
        {fired.map((signal) => (
          <li key={signal.id}>
            <b class="kind">Look</b> <Text>{signal.observed}</Text>
          </li>
        ))}
        {unjudged.map((signal) => (
          <li key={signal.id}>
            Not judged: <Text>{signal.observed}</Text>
          </li>
        ))}
      </ul>
    </details>
  );
}
