import * as z from "zod";
import type { AwsRequest, AwsResponse } from "../../local/wire/service.ts";
import { reviewKey } from "../../shared/aws/dynamodb/case-rows.ts";
import { toItem } from "../../shared/aws/dynamodb/item.ts";
import { wakeUp } from "../../shared/contracts/decision.ts";
import { Desk } from "./desk.ts";
import { dice } from "./dice.ts";
import type { Document } from "./documents.ts";
import { type AwsCall, Injector } from "./injector.ts";
import { Machine, type MachineOptions } from "./machine.ts";
import { drop, playMove, type Scene } from "./moves.ts";
import { checkSettled, settle } from "./settle.ts";
import { table } from "./state.ts";
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
    subjectOf: (payload) => world.labelOf(payload),
    before: (asked, call, request) => watchWakeUps(asked, world, call, request),
    after: (call, request, response) => watchObjects(machine, world, call, request, response),
    keptInCrash: () => crashDraws.chance(0.5),
    report: (line) => world.note(`stack: ${line.slice(0, 300)}`),
  });
  const desk = new Desk(machine, world, () => clock.now(), tokens);
  const sceneOf = (...words: readonly (string | number)[]): Scene => ({
    machine,
    world,
    desk,
    clock,
    injector,
    drawn: dice(seed, ...words),
  });
  try {
    await machine.start();
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
  const moves = drawn.int(6, 16);
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

const sent = z.object({ output: z.string() });
const found = z.object({
  Item: z.object({ record: z.object({ M: z.object({ decision: z.record(z.string(), z.unknown()) }) }) }).optional(),
});

/** Decide first, resume second: whoever wakes a workflow finds its decision stored. */
async function watchWakeUps(machine: Machine, world: World, call: AwsCall, { body }: AwsRequest): Promise<void> {
  if (call.action !== "SendTaskSuccess") return;
  const woken = wakeUp.safeParse(JSON.parse(sent.parse(JSON.parse(body.toString("utf8"))).output));
  if (!woken.success) return;
  const TableName = table(machine.stack.template, "CaseTable");
  const Key = toItem(reviewKey(woken.data.reviewId));
  const { Item } = found.parse(
    await machine.ask("dynamodb", "DynamoDB_20120810.GetItem", { TableName, Key, ConsistentRead: true }),
  );
  if (!Item || "NULL" in Item.record.M.decision)
    world.violated(`the workflow of ${woken.data.reviewId} was woken before the decision was stored`);
}

/** Which versions were dropped, and which outcomes were written. */
function watchObjects(machine: Machine, world: World, call: AwsCall, request: AwsRequest, response: AwsResponse): void {
  if (call.service !== "s3" || request.method !== "PUT" || response.status >= 300) return;
  const [, bucket = "", ...rest] = request.path.split("/");
  const key = decodeURIComponent(rest.join("/"));
  const dropped = world.drops[Number(request.headers["x-harness-drop"] ?? 0) - 1];
  if (dropped) {
    dropped.versionId = response.headers?.["x-amz-version-id"] ?? null;
    world.nameCase(bucket, dropped);
  }
  if (machine.up && bucket === machine.stack.outputs.OutcomeBucket)
    world.outcomesWritten.push({ key, body: request.body.toString("utf8") });
}
