import type { ReviewSummary } from "../../../shared/contracts/case.ts";
import type { Taste } from "../answers.ts";
import type { Desk } from "../desk.ts";
import type { Dice } from "../dice.ts";
import type { Injector } from "../injector.ts";
import type { Machine } from "../machine.ts";
import { type Actor, actors, owners, program } from "../people.ts";
import type { SteppedClock } from "../stepped-clock.ts";
import type { Drop, World } from "../world.ts";

/** Everything that a move may touch. */
export interface Scene {
  readonly machine: Machine;
  readonly world: World;
  readonly desk: Desk;
  readonly clock: SteppedClock;
  readonly injector: Injector;
  readonly drawn: Dice;
  /** What people tend to do in this schedule. */
  readonly taste: Taste;
}

/** Something that somebody does, or that happens. To add one is an entry in the list of who acts. */
export interface Move {
  readonly name: string;
  readonly weight: number;
  readonly play: (scene: Scene) => Promise<void>;
}

export const [anOwner] = owners as [Actor];

/** A review as somebody finds it in their queue: waiting for a reviewer, or `asked`, for the sender. */
export async function withReview(
  scene: Scene,
  work: (review: ReviewSummary) => Promise<void>,
  which: "waiting" | "asked" = "waiting",
): Promise<void> {
  const { desk, drawn, injector, world } = scene;
  if (injector.holding > 3) injector.release();
  const reviews = await desk.listed(anOwner, which);
  const review = drawn.pick(byLabel(reviews ?? [], ({ reviewId }) => world.readable(reviewId)));
  if (review) await work(review);
}

/** In an order that is the same each time that the seed is played. */
export const byLabel = <T>(list: readonly T[], labelOf: (one: T) => string): T[] =>
  [...list].sort((a, b) => (labelOf(a) < labelOf(b) ? -1 : 1));

/** What was dropped and may be this case. */
export const dropsOf = ({ machine, world }: Scene, caseId: string): Drop[] =>
  world.drops.filter((one) => world.caseIdsOf(String(machine.outputs.IntakeBucket), one).includes(caseId));

/** Whoever sent a document in, as somebody who can sign in; undefined where nobody says. */
export function senderOf({ machine }: Scene, { key, submitter }: Drop): Actor | undefined {
  if (key.includes("/api/")) return program(String(machine.outputs.ProgramClientId));
  return actors.find(({ name }) => name === submitter);
}
