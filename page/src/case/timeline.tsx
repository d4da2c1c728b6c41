import type { TimelineEvent } from "../../../shared/contracts/case.ts";
import { showTime } from "../view/clock.ts";
import { Text } from "../view/text.tsx";

/** What was done before, oldest first, from the ledger. */
export function Timeline({ events, now, open }: { events: readonly TimelineEvent[]; now: number; open: boolean }) {
  if (events.length === 0) return null;
  return (
    <details open={open}>
      <summary>
        What was done before <span class="soft">{events.length} steps</span>
      </summary>
      <ol class="timeline">
        {events.map((event) => (
          <li key={event.sequence}>
            <time dateTime={event.at}>{showTime(event.at, now)}</time>
            <span>
              <Text>{event.summary}</Text>{" "}
              <span class="soft">
                <Text>{event.actor}</Text>
              </span>
            </span>
          </li>
        ))}
      </ol>
    </details>
  );
}
