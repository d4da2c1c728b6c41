import type { Workflow } from "../contracts/identifiers.ts";
import type { DayFigures } from "./roll-up.ts";
import type { Day, Tally } from "./tally.ts";

export interface RolledDay {
  readonly day: Day;
  /** When it was counted, ISO 8601. */
  readonly rolledAt: string;
  readonly figures: DayFigures;
}

/** A workflow's figures by day, as they were last rolled up. */
export interface CountersStore {
  /** Days from the first to the last that were rolled up, oldest first. */
  between(workflow: Workflow, first: Day, last: Day): Promise<RolledDay[]>;
  put(workflow: Workflow, rolled: RolledDay): Promise<void>;
}

export interface FiguresPorts {
  readonly tally: Tally;
  readonly counters: CountersStore;
  readonly now: () => Date;
}
