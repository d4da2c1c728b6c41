import * as z from "zod";
import { authorise } from "../../local/iam/authorise.ts";
import { operator } from "../../local/iam/principals.ts";
import { bootStack, type Stack } from "../../local/stack/boot.ts";
import type { Ports } from "../../local/stack/front-doors.ts";
import { openTextract } from "../../local/textract/textract.ts";
import type { AwsRequest, AwsResponse, AwsService } from "../../local/wire/service.ts";
import { askService } from "../local/ask-service.ts";
import { Functions } from "./functions.ts";
import type { AwsCall, Injector } from "./injector.ts";
import type { MemoryDisk } from "./memory-disk.ts";
import { everybody } from "./people.ts";
import { free } from "./ports.ts";
import type { SteppedClock } from "./stepped-clock.ts";
import type { Threads } from "./threads.ts";

export interface MachineOptions {
  readonly assembly: string;
  /** For the few files that are not on the disk in memory: documents, credentials. */
  readonly directory: string;
  /** The same for every start, so that functions and tokens outlive a crash. */
  readonly ports: Ports;
  readonly disk: MemoryDisk;
  readonly clock: SteppedClock;
  readonly threads: Threads;
  readonly injector: Injector;
  readonly subjectOf: (payload: string, functionName: string) => string;
  /** Sees every call before it has its effect. */
  readonly before: (machine: Machine, call: AwsCall, request: AwsRequest) => Promise<void>;
  /** Sees what came of it, before whoever called does. */
  readonly after: (call: AwsCall, request: AwsRequest, response: AwsResponse) => void;
  /** Did a write that was under way when the plug was pulled still reach the disk? */
  readonly keptInCrash: () => boolean;
  /** Told what goes wrong inside the stack itself. */
  readonly report: (line: string) => void;
}

/** Longest that nothing may come to rest, in milliseconds of real time. A busy machine needs a second or two. */
const patienceMilliseconds = 60_000;
/** What waits for an answer of a disk that is gone waits for ever; ports are given up before. */
const longestFuneralMilliseconds = 100;
/** Nothing began for this long: whatever was on its way between two parts has arrived. */
const restMilliseconds = 5;

/** Nothing came to rest: something in the stack waits for what never comes, or goes round in circles. */
export class NeverAtRestError extends Error {
  override readonly name = "NeverAtRestError";
}

/** The stack on its disk: can be killed at any moment, and is started again from what the disk holds. */
export class Machine {
  readonly #options: MachineOptions;
  #stack: Stack | undefined;
  #functions: Functions | undefined;
  #services = new Map<string, AwsService>();
  #die: () => void = () => undefined;
  #down: Promise<unknown> = Promise.resolve();
  #dead: Promise<void> = Promise.resolve();
  crashes = 0;

  constructor(options: MachineOptions) {
    this.#options = options;
    options.injector.crash = () => this.crash();
  }

  get up(): boolean {
    return this.#stack !== undefined;
  }

  get stack(): Stack {
    if (!this.#stack) throw new Error("The machine is down; start it first.");
    return this.#stack;
  }

  /** Of the last start: what people know of the stack, whether it is up or down. */
  outputs: Stack["outputs"] = {};

  /** Starts the stack from what is on its disk, if it is down. */
  async start(): Promise<void> {
    if (this.#stack) return;
    await this.#down;
    const { assembly, directory, ports, disk, clock, threads, injector, subjectOf, before, after, report } =
      this.#options;
    for (const port of Object.values(ports)) await free(port);
    const view = clock.view();
    const services = new Map<string, AwsService>();
    const functions = new Functions({
      threads,
      injector,
      subjectOf,
      before: (call, request) => before(this, call, request),
      after,
    });
    const openStorage = disk.plug({ writing: () => injector.atWrite(false), written: () => injector.atWrite(true) });
    const around = (service: AwsService) => {
      const used = service.name === "textract" ? openTextract({ authorise, recogniser: blankPages }) : service;
      services.set(used.name, used);
      return functions.around(used);
    };
    this.#services = services;
    this.#functions = functions;
    let alive = true;
    this.#dead = new Promise((resolve) => {
      this.#die = () => {
        alive = false;
        view.die();
        resolve();
      };
    });
    this.#stack = await bootStack({
      assembly,
      dataDirectory: directory,
      clock: view.clock,
      ports,
      people: everybody,
      mirror: false,
      parts: { openStorage, openPool: functions.openPool, around, signatureClock: view.clock },
      echo: (source, line) => {
        if (alive && source === "stack") report(line);
      },
    });
    this.outputs = this.#stack.outputs;
  }

  /** The process is killed: nothing is closed, and what was being written is on disk or not. */
  crash(): void {
    const stack = this.#stack;
    if (!stack) return;
    this.#stack = undefined;
    this.crashes += 1;
    this.#options.disk.pullPlug(this.#options.keptInCrash);
    this.#die();
    this.#down = this.#bury(stack);
  }

  /** Ends threads and connections, so that nobody hears a word more; then lets what is left of the stack close itself. */
  async #bury(stack: Stack): Promise<void> {
    const closed = stack.close();
    closed.catch(() => undefined);
    await this.#functions?.die();
    await new Promise((resolve) => setTimeout(resolve, 2));
    this.#options.disk.forget();
    await Promise.race([closed, new Promise((resolve) => setTimeout(resolve, longestFuneralMilliseconds))]).catch(
      () => undefined,
    );
  }

  async stop(): Promise<void> {
    this.crash();
    await this.#down;
  }

  /** Asks a service as the operator, without a fault. */
  ask(service: string, target: string, input: unknown): Promise<unknown> {
    return askService(this.#services.get(service), target, input);
  }

  /** Hands a function an event, as the bus does; whether it fails is between the two of them. Resolves also when the machine dies. */
  async hand(functionName: string, payload: unknown): Promise<void> {
    const { template } = this.stack;
    const named = template.ofType("AWS::Lambda::Function").find(({ properties }) => {
      const { success, data } = ownName.safeParse(properties);
      return success && data.Environment.Variables.POWERTOOLS_SERVICE_NAME === functionName;
    });
    const handed = this.#services.get("lambda")?.handle({
      method: "POST",
      path: `/2015-03-31/functions/${named?.ref}/invocations`,
      query: new URLSearchParams(),
      headers: {},
      body: Buffer.from(JSON.stringify(payload)),
      principal: operator,
    });
    await Promise.race([handed, this.#dead]);
  }

  /** A request of the operator, with the faults of the weather; null when the machine died over it. */
  async request(service: string, request: Omit<AwsRequest, "principal">): Promise<AwsResponse | null> {
    const served = this.#services.get(service);
    if (!served || !this.#functions) return null;
    const dead = this.#dead.then(() => null);
    return Promise.race([this.#functions.around(served).handle({ ...request, principal: operator }), dead]);
  }

  /**
   * Resolves when nothing moves but what is held, or when the machine died.
   * @throws {NeverAtRestError}
   */
  async rest(): Promise<void> {
    const end = performance.now() + patienceMilliseconds;
    let since = performance.now();
    while (this.up && performance.now() - since < restMilliseconds) {
      await new Promise((resolve) => setTimeout(resolve, 1));
      const moving = (this.#functions?.moving ?? 0) + this.#options.disk.pending;
      if (moving > 0) since = performance.now();
      if (performance.now() > end) {
        throw new NeverAtRestError(
          `After ${patienceMilliseconds / 1000} s still under way: ${this.#functions?.underWay}`,
        );
      }
    }
  }
}

const ownName = z.object({
  Environment: z.object({ Variables: z.object({ POWERTOOLS_SERVICE_NAME: z.string() }) }),
});

const blankPages = {
  recognise: async () => ({ width: 400, height: 600, lines: [] }),
  close: async () => undefined,
};
