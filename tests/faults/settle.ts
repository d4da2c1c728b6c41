import { broken } from "./invariants/all.ts";
import { sleepers } from "./invariants/workflows.ts";
import type { Scene } from "./moves.ts";
import { actors } from "./people.ts";
import { readState, takeDeadLetters } from "./state.ts";

const minute = 60_000;
const hour = 60 * minute;

/** Sweeps, a pass of the reconciler and the retries of events: all within ten minutes. */
const soon = [minute + 1_000, 3 * minute, 6 * minute];
/** The longest pause of a retry (an hour), and a pass of the reconciler. */
const retries = [hour + minute, 6 * minute];
/** Past the due times of every rung (8, 24 and 48 hours), and a pass of the reconciler. */
const rungs = [9 * hour, 25 * hour, 49 * hour, 6 * minute];

const turn = async ({ clock, machine }: Scene, leaps: readonly number[]) => {
  for (const milliseconds of leaps) {
    clock.leap(milliseconds);
    await machine.rest();
    await machine.stack.settled();
    await machine.rest();
  }
};

/** What an operator does after the alarm: drops that ended in a dead-letter queue are handed to open-case again. */
async function redriveDeadLetters({ machine, world }: Scene): Promise<void> {
  const found = await takeDeadLetters(machine);
  for (const event of found) {
    world.note(`an operator redrives a drop: ${world.labelOf(JSON.stringify(event))}`);
    await machine.invoke("open-case", event);
  }
  await machine.rest();
}

/** Nothing fails any more, and time goes on past everything that is due. */
export async function settle(scene: Scene): Promise<void> {
  const { machine, world, drawn } = scene;
  world.note("= nothing fails any more");
  await turn(scene, soon);
  await redriveDeadLetters(scene);
  for (const problem of sleepers(await readState(machine))) world.violated(problem);
  await turn(scene, retries);
  await redriveDeadLetters(scene);
  if (drawn.chance(0.5)) {
    world.note("= past all due times");
    await turn(scene, rungs);
  }
}

/** Checks everything; then everybody who is asked answers, all cases must end, and everything is checked again. */
export async function checkSettled(scene: Scene): Promise<void> {
  const { world, desk } = scene;
  const waiting = await check(scene);
  if (world.violations.length > 0) return;
  world.note("= everybody answers");
  for (const review of waiting) {
    const asked = actors.filter(({ role }) => role === "owner");
    for (const by of asked) {
      const { status } = await desk.decide(by, review, { action: "reject", note: "Enough of it" });
      if (status === 200) break;
    }
  }
  await turn(scene, soon);
  const left = await check(scene);
  for (const { reviewId } of left) world.violated(`${reviewId} waits on, though it was answered`);
}

async function check({ machine, world, desk, clock }: Scene) {
  const [owner] = actors.filter(({ role }) => role === "owner");
  const listed = owner ? await desk.waiting(owner) : null;
  if (listed === null) {
    world.violated("the queue cannot be listed, though nothing fails any more");
    return [];
  }
  const settled = {
    state: await readState(machine),
    world,
    now: clock.now(),
    intakeBucket: String(machine.stack.outputs.IntakeBucket),
    listed,
  };
  for (const problem of broken(settled)) world.violated(problem);
  return listed;
}
