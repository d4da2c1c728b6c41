import type { Workflow } from "../../../shared/contracts/identifiers.ts";
import type { TallyEntry } from "../../../shared/contracts/tally.ts";
import type { CountersStore, RolledDay } from "../../../shared/learning/counters-store.ts";
import type { Tally } from "../../../shared/learning/tally.ts";

/** What was counted, changed by pushing to it, and the days that were rolled up. Remembers which days were read entry by entry. */
export function inMemoryFigures(...entries: TallyEntry[]) {
  const rows = new Map<string, RolledDay>();
  const read: string[] = [];
  const tally: Tally = {
    of: async function* (workflow, day) {
      read.push(day);
      for (const entry of entries) if (entry.workflow === workflow && entry.at.startsWith(day)) yield entry;
    },
  };
  const counters: CountersStore = {
    between: async (workflow, first, last) =>
      [...rows]
        .filter(([key, { day }]) => key === `${workflow}/${day}` && day >= first && day <= last)
        .map(([, rolled]) => structuredClone(rolled))
        .sort((a, b) => (a.day < b.day ? -1 : 1)),
    put: async (workflow: Workflow, rolled) => void rows.set(`${workflow}/${rolled.day}`, structuredClone(rolled)),
  };
  return { entries, rows, read, tally, counters };
}
