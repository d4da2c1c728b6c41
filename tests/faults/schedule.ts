import { tasteOf } from "./answers.ts";
import { Desk } from "./desk.ts";
import { dice } from "./dice.ts";
import type { Document } from "./documents.ts";
import { Injector } from "./injector.ts";
import { Machine, type MachineOptions } from "./machine.ts";
import { drop } from "./moves/drops.ts";
import { playMove } from "./moves/moves.ts";
import type { Scene } from "./moves/scene.ts";
import { policyOf, putInForce } from "./policies.ts";
import { checkSettled, settle } from "./settle.ts";
import { hearPayload, watchAfter, watchBefore } from "./watch/watch.ts";
import { weatherOf } from "./weather.ts";
import { World } from "./world.ts";

export interface Played {
  readonly seed: number;
  readonly violations: readonly string[];
  readonly trace: readonly string[];
  readonly cases: number;
  readonly crashes: number;
  readonly faults: number;
  readonly answers: number;
  /** Steps of cases, by type. */
  readonly events: Readonly<Record<string, number>>;
}

export interface ScheduleOptions
  extends Pick<MachineOptions, "assembly" | "directory" | "ports" | "disk" | "clock" | "threads"> {
  readonly documents: readonly Document[];
  readonly tokens: Desk["tokens"];
}

/** Plays one seed from a stack with people and lists and nothing else, and says what does not hold afterwards. */
export async function playSchedule(seed: number, options: ScheduleOptions): Promise<Played> {
  const { clock, documents, tokens } = options;
  const world = new World(documents, () => clock.now());
  let faults = 0;
  const injector = new Injector(
    seed,
    weatherOf(seed),
    () => clock.now(),
    (text) => {
      faults += 1;
      world.note(`* ${text}`);
    },
  );
  const crashDraws = dice(seed, "crash");
  const machine = new Machine({
    ...options,
    injector,
    subjectOf: (payload, functionName) => {
      if (functionName === "open-review") hearPayload(world, payload);
      return world.labelOf(payload);
    },
    before: (asked, call, request) => watchBefore(asked, world, call, request),
    after: (call, request, response) => watchAfter(machine, world, call, request, response),
    keptInCrash: () => crashDraws.chance(0.5),
    report: (line) => world.note(`stack: ${line.slice(0, 300)}`),
  });
  const desk = new Desk(machine, world, () => clock.now(), tokens);
  const [policy, taste] = [policyOf(seed), tasteOf(seed)];
  const { audit, fourEyes, routing, senderSeconds } = policy;
  world.note(`policy: ${JSON.stringify({ audit, fourEyes, rungs: routing.ladder.length, senderSeconds })}`);
  const sceneOf = (...words: readonly (string | number)[]): Scene => ({
    machine,
    world,
    desk,
    clock,
    injector,
    drawn: dice(seed, ...words),
    taste,
  });
  try {
    await machine.start();
    await putInForce(machine, policy);
    await disturb(sceneOf);
    await settle(sceneOf("settle"));
    await checkSettled(sceneOf("end"));
  } catch (error) {
    world.violated(error instanceof Error ? (error.stack ?? error.message) : String(error));
  } finally {
    await machine.stop();
  }
  return {
    seed,
    violations: world.violations.map((text) => world.readable(text)),
    trace: world.trace.map((text) => world.readable(text)),
    cases: world.drops.length,
    crashes: machine.crashes,
    faults,
    answers: world.answers.filter(({ stored }) => stored).length,
    events: world.events,
  };
}

/** The part in which things go wrong. A move that is held up by a fault goes on beside those after it. */
async function disturb(sceneOf: (...words: readonly (string | number)[]) => Scene): Promise<void> {
  const { machine, injector, drawn } = sceneOf("course");
  const underWay: Promise<void>[] = [];
  const first = drawn.int(1, 4);
  for (let number = 1; number <= first; number++) {
    await machine.start();
    await drop(sceneOf("first drops", number));
  }
  const moves = drawn.int(10, 24);
  for (let number = 1; number <= moves; number++) {
    await machine.start();
    const playing = playMove(sceneOf("move", number));
    underWay.push(playing);
    playing.catch(() => undefined);
    await Promise.race([playing, drawn.chance(0.3) ? shortly(drawn.int(0, 8)) : machine.rest()]);
    if (drawn.chance(0.6)) await machine.rest();
  }
  injector.calm = true;
  do {
    injector.release();
    await machine.start();
    await machine.rest();
  } while (injector.holding > 0 || !machine.up);
  await Promise.all(underWay);
}

const shortly = (milliseconds: number) => new Promise<void>((resolve) => setTimeout(resolve, milliseconds));
