import { randomUUID } from "node:crypto";
import type { DeclaredFunction } from "../../local/lambda/declared-function.ts";
import type { Outcome } from "../../local/lambda/outcome.ts";
import { LambdaStoppedError, type Pool } from "../../local/lambda/pool.ts";
import type { AwsRequest, AwsResponse, AwsService } from "../../local/wire/service.ts";
import type { AwsCall, Injector } from "./injector.ts";
import { Invocation } from "./invocation.ts";
import type { Threads } from "./threads.ts";

type EnvironmentOf = (declared: DeclaredFunction) => Readonly<Record<string, string>>;

export interface FunctionsOptions {
  readonly threads: Threads;
  readonly injector: Injector;
  /** What a payload is about. */
  readonly subjectOf: (payload: string, functionName: string) => string;
  /** Sees every call before it has its effect. */
  readonly before: (call: AwsCall, request: AwsRequest) => Promise<void>;
  /** Sees what came of it, before whoever called does. */
  readonly after: (call: AwsCall, request: AwsRequest, response: AwsResponse) => void;
}

/** Runs the functions of one start of a stack, with the injector at each of their steps. */
export class Functions {
  readonly #options: FunctionsOptions;
  readonly #running = new Map<string, Invocation>();
  #serving = 0;
  #dead = false;

  constructor(options: FunctionsOptions) {
    this.#options = options;
  }

  /** Invocations and calls under way that nobody holds back. */
  get moving(): number {
    return [...this.#running.values()].filter(({ held }) => !held).length + this.#serving;
  }

  get underWay(): string {
    return [...this.#running.values()]
      .map(({ functionName, calls, held }) => `${functionName} (call ${calls}${held ? ", held" : ""})`)
      .join(", ");
  }

  /** In place of the stack's own pool of processes. */
  readonly openPool = (environmentOf: EnvironmentOf): Pool => ({
    invoke: async (declared, requestId, payload) => {
      const began = performance.now();
      const outcome = await this.#invoke(declared, requestId, payload, environmentOf);
      return { ...outcome, milliseconds: performance.now() - began };
    },
    processes: () => this.#running.size,
    close: () => this.die(),
  });

  /** Between the endpoint and a service: each call may fail before or after its effect. */
  readonly around = (service: AwsService): AwsService => ({
    name: service.name,
    handle: async (request) => {
      const call = { service: service.name, action: actionOf(request) };
      const invocation = this.#running.get(request.headers["x-amzn-trace-id"] ?? "");
      if (invocation) invocation.calls += 1;
      await this.#options.injector.atCall(invocation, call, false);
      const response = await this.#serve(service, call, request);
      await this.#options.injector.atCall(invocation, call, true);
      return response;
    },
  });

  /** Everything ends where it is, and nobody is told. */
  async die(): Promise<void> {
    this.#dead = true;
    const running = [...this.#running.values()];
    this.#running.clear();
    await Promise.all(running.map((invocation) => invocation.abandon()));
  }

  async #serve(service: AwsService, call: AwsCall, request: AwsRequest): Promise<AwsResponse> {
    this.#serving += 1;
    try {
      await this.#options.before(call, request);
      const response = await service.handle(request);
      if (this.#dead) return await new Promise<never>(() => undefined); // what a dead machine still believes counts for nothing
      this.#options.after(call, request, response);
      return response;
    } finally {
      this.#serving -= 1;
    }
  }

  async #invoke(
    declared: DeclaredFunction,
    requestId: string,
    payload: string,
    environmentOf: EnvironmentOf,
  ): Promise<Outcome> {
    if (this.#dead) throw new LambdaStoppedError();
    const { injector, subjectOf } = this.#options;
    const subject = subjectOf(payload, declared.serviceName);
    const { fate, remember } = injector.draw(declared.serviceName, subject);
    const start = (id: string) => this.#start(declared, id, subject, payload, environmentOf);
    if (fate.copy === "at once") start(randomUUID());
    if (fate.copy === "later") injector.atRelease(() => void (this.#dead || start(randomUUID())));
    remember(requestId);
    return start(requestId).outcome;
  }

  #start(
    declared: DeclaredFunction,
    id: string,
    subject: string,
    payload: string,
    environmentOf: EnvironmentOf,
  ): Invocation {
    const invocation = new Invocation(id, declared.serviceName, subject, declared.timeoutSeconds);
    this.#running.set(id, invocation);
    void invocation.outcome.catch(() => undefined).finally(() => this.#running.delete(id));
    void this.#carryOut(invocation, declared, payload, environmentOf);
    return invocation;
  }

  async #carryOut(
    invocation: Invocation,
    declared: DeclaredFunction,
    payload: string,
    environmentOf: EnvironmentOf,
  ): Promise<void> {
    const { threads, injector } = this.#options;
    await injector.atEdge(invocation, "start");
    if (invocation.over) return;
    const thread = threads.take(declared, environmentOf(declared));
    invocation.thread = thread;
    const outcome = await thread.invoke(invocation.id, payload, injector.luckOf(invocation));
    if (outcome !== null && !invocation.over) await injector.atEdge(invocation, "end");
    if (invocation.over) return;
    invocation.thread = undefined;
    if (outcome === null) return void invocation.kill();
    threads.giveBack(thread);
    invocation.answered(outcome);
  }
}

function actionOf({ method, path, headers }: AwsRequest): string {
  const target = headers["x-amz-target"]?.split(".").at(-1);
  return target ?? `${method} ${path.split("/").slice(0, 4).join("/")}`;
}
