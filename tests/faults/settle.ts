import { redriveResponse } from "../../shared/contracts/api.ts";
import type { ReviewSummary } from "../../shared/contracts/case.ts";
import { broken } from "./invariants/all.ts";
import { sleepers } from "./invariants/workflows.ts";
import { anOwner, type Scene } from "./moves/scene.ts";
import { closers } from "./people.ts";
import { longestSenderSeconds } from "./policies.ts";
import { deadLetters, readState } from "./state.ts";

const minute = 60_000;
const hour = 60 * minute;

/** Sweeps, a pass of the reconciler and the retries of events: all within ten minutes. */
const soon = [minute + 1_000, 3 * minute, 6 * minute];
/** The longest pause of a retry (an hour), and a pass of the reconciler. */
const retries = [hour + minute, 6 * minute];
/** Past the due times of every rung (8, 24 and 48 hours), and a pass of the reconciler. */
const rungs = [9 * hour, 25 * hour, 49 * hour, 6 * minute];
/** The sender's time is over, and a pass of the reconciler. */
const sendersTime = [longestSenderSeconds * 1_000 + minute, 6 * minute];

const turn = async ({ clock, machine }: Scene, leaps: readonly number[]) => {
  for (const milliseconds of leaps) {
    clock.leap(milliseconds);
    await machine.rest();
    await machine.stack.settled();
    await machine.rest();
  }
};

/** What an owner does after an alarm. Twice: what was started again must not be started once more. */
async function redriveTwice(scene: Scene): Promise<void> {
  const { world, machine } = scene;
  const first = await redrive(scene);
  if (first.done > 0) world.note(`an owner redrives: ${first.done} cases and drops`);
  await machine.rest();
  const second = await redrive(scene);
  if (second.done > 0) world.violated(`a redrive right after another one started ${second.done} cases and drops again`);
  await machine.rest();
}

async function redrive({ desk, world }: Scene): Promise<{ done: number }> {
  const { status, body } = await desk.post(anOwner, "/api/redrive");
  if (status !== 200) {
    world.violated(`the redrive was answered with ${status}, though nothing fails any more`);
    return { done: 0 };
  }
  const { casesContinued, dropsReopened, failed } = redriveResponse.parse(body);
  for (const { what, because } of failed) world.violated(`the redrive could not do ${what}: ${because}`);
  return { done: casesContinued.length + dropsReopened };
}

/** Nothing fails any more, and time goes on past everything that is due. */
export async function settle(scene: Scene): Promise<void> {
  const { machine, world, drawn } = scene;
  world.note("= nothing fails any more");
  await turn(scene, soon);
  await redriveTwice(scene);
  for (const problem of sleepers(await readState(machine))) world.violated(problem);
  await turn(scene, retries);
  await redriveTwice(scene);
  const letters = await deadLetters(machine);
  if (letters > 0) world.violated(`${letters} dead letters are left after two redrives`);
  if (drawn.chance(0.5)) {
    world.note("= past all due times");
    await turn(scene, rungs);
  }
}

/** Two answers and an adjudication, each after a question to the sender, and one pass more to see that nothing is left. */
const mostPasses = 7;

/** Checks everything; then everybody who is asked answers until all cases have ended, and everything is checked each time. */
export async function checkSettled(scene: Scene): Promise<void> {
  const { world } = scene;
  for (let pass = 1; ; pass++) {
    const waiting = await check(scene);
    if (world.violations.length > 0 || waiting.length === 0) return;
    if (pass === mostPasses) return world.violated(`${waiting[0]?.reviewId} waits on, though everybody answered`);
    world.note("= everybody answers");
    for (const review of waiting) if (review.cause !== "question") await close(scene, review);
    await turn(scene, waiting.some(({ cause }) => cause === "question") ? [...soon, ...sendersTime] : soon);
  }
}

/** Somebody rejects it who has not answered this case before; where it is somebody else's work, it is given to them. */
async function close({ desk, world }: Scene, review: ReviewSummary): Promise<void> {
  for (const by of closers) {
    const reject = () => desk.decide(by, review, { action: "reject", note: "Enough of it", knowing: true });
    let { status, problem } = await reject();
    if (problem === "already-claimed") {
      await desk.post(anOwner, `/api/reviews/${review.reviewId}/assign`, { personId: by.sub });
      ({ status, problem } = await reject());
    }
    if (status === 200 && world.answers.at(-1)?.unmasked) ({ status } = await reject());
    if (status === 200) return;
  }
  world.violated(`nobody could end ${review.reviewId}`);
}

async function check({ machine, world, desk, clock }: Scene): Promise<readonly ReviewSummary[]> {
  const [waiting, asked] = [await desk.listed(anOwner, "waiting"), await desk.listed(anOwner, "asked")];
  if (waiting === null || asked === null) {
    world.violated("the queue cannot be listed, though nothing fails any more");
    return [];
  }
  const listed = [...waiting, ...asked];
  const intakeBucket = String(machine.stack.outputs.IntakeBucket);
  const state = await readState(machine);
  world.events = state.counts;
  const settled = { state, world, now: clock.now(), intakeBucket, listed };
  for (const problem of broken(settled)) world.violated(problem);
  return listed;
}
