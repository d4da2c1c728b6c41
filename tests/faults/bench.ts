import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ensureAssembly } from "../../infra/build/assembly.ts";
import { sampleLists } from "../../local/demo/samples/sample-lists.ts";
import { toItem } from "../../shared/aws/dynamodb/item.ts";
import { Desk } from "./desk.ts";
import { drawDocuments, start } from "./documents.ts";
import { Injector } from "./injector.ts";
import { Machine, type MachineOptions } from "./machine.ts";
import { MemoryDisk } from "./memory-disk.ts";
import { everybody, membershipsOf, owners, program } from "./people.ts";
import { freePorts } from "./ports.ts";
import { type Played, playSchedule } from "./schedule.ts";
import { SteppedClock } from "./stepped-clock.ts";
import { Threads } from "./threads.ts";
import { World } from "./world.ts";

export interface BenchOptions {
  /** Bundle of a function in place of the assembly's. @default the assembly's */
  readonly codeOf?: (functionName: string) => string | undefined;
  /** Timers that fall due this much later never fire. @default all fire */
  readonly losesTimersBeyondMilliseconds?: number;
  /** Told what functions log. @default nobody */
  readonly log?: (line: string) => void;
}

/** Plays one seed after the other; what they share (threads, documents, people, lists, tokens) is made once. */
export interface Bench {
  play(seed: number): Promise<Played>;
  close(): Promise<void>;
}

const still = { kill: 0, hold: 0, throttle: 0, lostAnswer: 0, duplicate: 0, textract: 0, budget: 0 };
/** Holds files in memory, where there is such a place. */
const memory = "/dev/shm";

export async function openBench({ codeOf, losesTimersBeyondMilliseconds, log }: BenchOptions = {}): Promise<Bench> {
  const assembly = await ensureAssembly();
  const directory = await mkdtemp(join(existsSync(memory) ? memory : tmpdir(), "signoff-faults-"));
  const clock = new SteppedClock(start);
  const disk = new MemoryDisk();
  const threads = new Threads({
    time: clock.shared,
    ...(codeOf && { codeOf }),
    log: (functionName, line) => log?.(`${functionName}: ${line}`),
  });
  const shared = { assembly, directory, ports: await freePorts(), disk, clock, threads };
  const documents = await drawDocuments();
  const tokens = await prepare(shared);
  const image = disk.image();
  clock.losesTimersBeyond = losesTimersBeyondMilliseconds ?? Number.POSITIVE_INFINITY;
  return {
    play: (seed) => {
      clock.set(start.getTime());
      disk.restore(image);
      return playSchedule(seed, { ...shared, documents, tokens });
    },
    close: async () => {
      await threads.close();
      await rm(directory, { recursive: true, force: true });
    },
  };
}

type Shared = Pick<MachineOptions, "assembly" | "directory" | "ports" | "disk" | "clock" | "threads">;

/** Brings people and lists into an empty stack, and signs everybody in. */
async function prepare(shared: Shared): Promise<Desk["tokens"]> {
  const machine = new Machine({
    ...shared,
    injector: new Injector(
      0,
      still,
      () => shared.clock.now(),
      () => undefined,
    ),
    subjectOf: () => "-",
    before: async () => undefined,
    after: () => undefined,
    keptInCrash: () => true,
    report: () => undefined,
  });
  await machine.start();
  const now = () => shared.clock.now();
  const desk = new Desk(machine, new World([], now), now);
  for (const actor of [...everybody, program(String(machine.stack.outputs.ProgramClientId))]) {
    for (const membership of membershipsOf(actor)) {
      const Item = toItem({ personId: actor.sub, name: actor.name, ...membership });
      await machine.ask("dynamodb", "DynamoDB_20120810.PutItem", {
        TableName: machine.stack.outputs.PeopleTable,
        Item,
      });
    }
    await desk.get(actor, "/api/me");
  }
  const [owner] = owners;
  for (const [list, csv] of owner ? Object.entries(sampleLists()) : []) {
    const { status } = owner ? await desk.post(owner, `/api/workflows/invoices/lists/${list}`, { csv }) : { status: 0 };
    if (status !== 200) throw new Error(`The list ${list} was not taken: ${status}.`);
  }
  await machine.rest();
  await machine.stop();
  return desk.tokens;
}
