import type { ReviewSummary } from "../../../shared/contracts/case.ts";
import type { State } from "../state.ts";
import type { World } from "../world.ts";

/** What is looked at once everything has settled. */
export interface Settled {
  readonly state: State;
  readonly world: World;
  readonly now: number;
  readonly intakeBucket: string;
  /** Waiting reviews, as an owner finds them through the API. */
  readonly listed: readonly ReviewSummary[];
}
