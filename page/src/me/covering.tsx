import type { Person } from "../../../shared/contracts/people.ts";
import { showTime } from "../view/clock.ts";
import { Text } from "../view/text.tsx";

/** In whose place one may act now, said all the time: an answer may use their authority. */
export function Covering({ me, now }: { me: Person; now: number }) {
  const covers = me.covers.filter(({ until }) => Date.parse(until) > now);
  if (covers.length === 0) return null;
  return (
    <div class="covering" role="note">
      {covers.map(({ personId, name, until }) => (
        <p key={personId}>
          You cover for <Text>{name}</Text> until {showTime(until, now)}.
        </p>
      ))}
    </div>
  );
}
