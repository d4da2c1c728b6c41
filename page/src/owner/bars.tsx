import { Text } from "../view/text.tsx";
import { percent, type Row } from "./figures.ts";

/** Shares by name: the number says it, the bar makes it quick to see. */
export function BarTable({ title, rows, empty }: { title: string; rows: readonly Row[]; empty: string }) {
  if (rows.length === 0) return <p class="soft">{empty}</p>;
  return (
    <table class="bars" aria-label={title}>
      <tbody>
        {rows.map(({ name, count, share }) => (
          <tr key={name}>
            <th scope="row">
              <Text>{name}</Text>
            </th>
            <td>
              <svg viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">
                <rect class="track" width="100" height="8" />
                <rect width={Math.min(100, (share ?? 0) * 100)} height="8" />
              </svg>
            </td>
            <td class="number">{percent(share)}</td>
            <td class="number soft">{count}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

interface DayBarsProps {
  readonly title: string;
  readonly days: readonly { readonly day: string; readonly value: number | null; readonly says: string }[];
}

/** One bar a day, scaled to the highest; each day says its value when pointed at, and the whole says its range. */
export function DayBars({ title, days }: DayBarsProps) {
  const highest = Math.max(...days.map(({ value }) => value ?? 0), 0);
  const [first] = days;
  const last = days.at(-1);
  if (first === undefined || last === undefined || highest === 0) return null;
  const peak = days.find(({ value }) => value === highest);
  const label = `${title}, ${first.day} to ${last.day}. Highest on ${peak?.day}: ${peak?.says}.`;
  return (
    <svg class="days" viewBox={`0 0 ${days.length * 4} 40`} preserveAspectRatio="none" role="img" aria-label={label}>
      {days.map(({ day, value, says }, at) => (
        <rect
          key={day}
          x={at * 4}
          y={40 - ((value ?? 0) / highest) * 40}
          width="3"
          height={((value ?? 0) / highest) * 40}
        >
          <title>{`${day}: ${says}`}</title>
        </rect>
      ))}
    </svg>
  );
}
