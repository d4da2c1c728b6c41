import type { ReviewSummary } from "../../../shared/contracts/case.ts";
import type { Decision } from "../../../shared/contracts/decision.ts";
import { drawActor, drawDecision } from "../answers.ts";
import { type Actor, actors } from "../people.ts";
import { drawPlace } from "../weather.ts";
import { type Move, type Scene, withReview } from "./scene.ts";

/** What people do with reviews that wait for them. */
export const reviewers: readonly Move[] = [
  {
    name: "claim",
    weight: 2,
    play: (scene) =>
      withReview(scene, async (review) => {
        const by = drawActor(scene.drawn, review);
        await scene.desk.post(by, `/api/reviews/${review.reviewId}/claim`);
        if (scene.drawn.chance(0.4)) await scene.desk.post(by, `/api/reviews/${review.reviewId}/release`);
      }),
  },
  {
    name: "assign",
    weight: 1,
    play: (scene) =>
      withReview(scene, async (review) => {
        const { drawn, desk } = scene;
        const [by, to] = [drawn.pick(actors), drawActor(drawn, review)];
        if (by) await desk.post(by, `/api/reviews/${review.reviewId}/assign`, { personId: to.sub });
      }),
  },
  {
    name: "answer",
    weight: 9,
    play: (scene) => withReview(scene, (review) => answer(scene, review)),
  },
  {
    name: "the same answer twice, as a client does that heard nothing",
    weight: 2,
    play: (scene) =>
      withReview(scene, async (review) => {
        const { drawn, desk, taste } = scene;
        const [by, decision] = [drawActor(drawn, review), drawDecision(drawn, review, taste)];
        const key = `key-${drawn.int(1, 1e9)}`;
        const again = () => desk.decide(by, review, decision, drawn.chance(0.5) ? key : undefined);
        const first = desk.decide(by, review, decision, key);
        if (drawn.chance(0.5)) await first;
        await Promise.all([first, again()]);
      }),
  },
  {
    name: "two to ten answer at once",
    weight: 3,
    play: (scene) =>
      withReview(scene, async (review) => {
        const { drawn, taste } = scene;
        const racing = drawn.shuffled(actors).slice(0, drawn.int(2, 10));
        const shared = drawDecision(drawn, review, taste);
        const answers = racing.map(
          (by) => [by, drawn.chance(0.3) ? shared : drawDecision(drawn, review, taste)] as const,
        );
        await Promise.all(answers.map(([by, decision]) => scene.desk.decide(by, review, decision)));
      }),
  },
  {
    name: "it falls due while an answer is under way",
    weight: 2,
    play: (scene) =>
      withReview(scene, async (review) => {
        const { drawn, desk, clock, world, machine, injector, taste } = scene;
        await machine.rest();
        clock.leap(Math.max(1, Date.parse(review.dueAt) - clock.now() - 5_000));
        await machine.rest();
        injector.order("record-decision", { kind: "hold", ...drawPlace(drawn, "record-decision") });
        const answering = desk.decide(drawActor(drawn, review), review, drawDecision(drawn, review, taste));
        await Promise.race([answering, machine.rest()]);
        world.note("falls due");
        clock.leap(drawn.pick([6_000, 9_000, 20_000]));
        if (drawn.chance(0.5)) await machine.rest();
        injector.release();
        await answering;
      }),
  },
];

/** One answer; and where it was given blind, mostly the other, knowing everything. */
export async function answer(scene: Scene, review: ReviewSummary, by?: Actor, given?: Decision): Promise<void> {
  const { drawn, desk, taste } = scene;
  const actor = by ?? drawActor(drawn, review);
  const { status, body } = await desk.decide(actor, review, given ?? drawDecision(drawn, review, taste));
  const unmasked = status === 200 && typeof body === "object" && body !== null && "unmasked" in body && body.unmasked;
  if (unmasked !== true || drawn.chance(0.3)) return;
  await desk.decide(actor, review, { ...drawDecision(drawn, { ...review, blind: false }, taste), knowing: true });
}
