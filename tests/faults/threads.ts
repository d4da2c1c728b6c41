import { Worker } from "node:worker_threads";
import * as z from "zod";
import type { DeclaredFunction } from "../../local/lambda/declared-function.ts";
import type { Outcome } from "../../local/lambda/outcome.ts";

export interface Thread {
  readonly key: string;
  /**
   * Never rejects. Resolves to null when the thread was killed.
   *
   * @param luck - in [0, 1): what the function's own random draws follow from.
   */
  invoke(requestId: string, payload: string, luck: number): Promise<Outcome | null>;
  kill(): Promise<void>;
}

export interface ThreadsOptions {
  /** Shared memory of the clock. */
  readonly time: SharedArrayBuffer;
  /** Bundle of a function in place of the assembly's, for planted defects. */
  readonly codeOf?: (functionName: string) => string | undefined;
  /** Told what functions log. */
  readonly log: (functionName: string, line: string) => void;
}

const answer = z.union([
  z.object({ succeeded: z.literal(true), payload: z.string() }),
  z.object({
    succeeded: z.literal(false),
    failure: z.object({ errorType: z.string(), errorMessage: z.string(), trace: z.array(z.string()) }),
  }),
]);

const script = new URL("./lambda-thread.mjs", import.meta.url);
/** Each takes some 25 MB; a stack has some forty functions, most of which one schedule never calls. */
const mostIdle = 60;

/**
 * Threads that run functions, each with an environment of its own. They outlive stacks: loading a bundle costs 90 ms of a core,
 * and a function with the same environment is the same function.
 */
export class Threads {
  readonly #options: ThreadsOptions;
  readonly #idle = new Map<string, Thread[]>();
  readonly #all = new Set<Thread>();

  constructor(options: ThreadsOptions) {
    this.#options = options;
  }

  /** An idle thread of this function, or a new one. */
  take(declared: DeclaredFunction, environment: Readonly<Record<string, string>>): Thread {
    const key = JSON.stringify([declared.codeDirectory, environment]);
    const idle = this.#idle.get(key) ?? [];
    for (let thread = idle.pop(); thread; thread = idle.pop()) if (this.#all.has(thread)) return thread;
    return this.#start(key, declared, environment);
  }

  giveBack(thread: Thread): void {
    if (!this.#all.has(thread)) return;
    const idle = this.#idle.get(thread.key) ?? [];
    this.#idle.set(thread.key, idle);
    idle.push(thread);
    if (this.#all.size > mostIdle)
      void [...this.#idle.values()]
        .find((list) => list.length > 0)
        ?.shift()
        ?.kill();
  }

  async close(): Promise<void> {
    await Promise.all([...this.#all].map((thread) => thread.kill()));
  }

  #start(key: string, declared: DeclaredFunction, environment: Readonly<Record<string, string>>): Thread {
    const { time, codeOf, log } = this.#options;
    const directory = codeOf?.(declared.serviceName) ?? declared.codeDirectory;
    const worker = new Worker(script, {
      env: {
        ...environment,
        POWERTOOLS_LOG_LEVEL: "WARN",
        AWS_LAMBDA_LOG_LEVEL: "WARN",
        POWERTOOLS_METRICS_DISABLED: "true",
      },
      workerData: { time, directory, timeoutMilliseconds: declared.timeoutSeconds * 1000 },
      execArgv: [],
      stdout: true,
      stderr: true,
    });
    worker.unref();
    for (const stream of [worker.stdout, worker.stderr]) {
      stream.setEncoding("utf8");
      stream.on("data", (text: string) => log(declared.serviceName, text.trim()));
    }
    let end: (outcome: Outcome | null) => void = () => undefined;
    worker.on("message", (message) => end(answer.parse(message)));
    worker.on("error", (error) => log(declared.serviceName, `thread died: ${String(error)}`));
    worker.on("exit", () => {
      this.#all.delete(thread);
      end(null);
    });
    const thread: Thread = {
      key,
      invoke: (requestId, payload, luck) =>
        new Promise((resolve) => {
          end = resolve;
          worker.postMessage({ requestId, trace: requestId, payload, luck });
        }),
      kill: async () => {
        this.#all.delete(thread);
        await worker.terminate();
      },
    };
    this.#all.add(thread);
    return thread;
  }
}
