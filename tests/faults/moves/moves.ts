import { drops } from "./drops.ts";
import { mishaps } from "./mishaps.ts";
import { owners } from "./owners.ts";
import { reviewers } from "./reviewers.ts";
import type { Move, Scene } from "./scene.ts";
import { senders } from "./senders.ts";

const bag = [drops, reviewers, senders, owners, mishaps].flat().flatMap((move) => Array<Move>(move.weight).fill(move));

/** Somebody does something, or something happens. */
export async function playMove(scene: Scene): Promise<void> {
  const move = scene.drawn.pick(bag);
  if (!move || !scene.machine.up) return;
  scene.world.note(`- ${move.name}`);
  await move.play(scene);
}
