import { exited, type FunctionFailure, type Outcome, timedOut } from "../../local/lambda/outcome.ts";
import { LambdaStoppedError } from "../../local/lambda/pool.ts";
import type { Thread } from "./threads.ts";

/** One invocation of one function, and what may be done to it from outside. */
export class Invocation {
  readonly id: string;
  readonly functionName: string;
  /** What it is about, in words that are the same each time a seed is played: "case 2". */
  readonly subject: string;
  readonly timeoutSeconds: number;
  /** Calls to AWS that it has begun. */
  calls = 0;
  held = false;
  thread: Thread | undefined;
  #over = false;
  readonly outcome: Promise<Outcome>;
  #end: (outcome: Outcome) => void = () => undefined;
  #abandon: (error: Error) => void = () => undefined;

  constructor(id: string, functionName: string, subject: string, timeoutSeconds: number) {
    this.id = id;
    this.functionName = functionName;
    this.subject = subject;
    this.timeoutSeconds = timeoutSeconds;
    this.outcome = new Promise((resolve, reject) => {
      this.#end = resolve;
      this.#abandon = reject;
    });
    this.outcome.catch(() => undefined); // whoever waits sees it; nobody may
  }

  get over(): boolean {
    return this.#over;
  }

  /** The handler is done. Nothing happens where the invocation was ended otherwise before. */
  answered(outcome: Outcome): void {
    this.#over = true;
    this.#end(outcome);
  }

  /** The process dies where it is. */
  kill(): Promise<void> {
    return this.#die(exited(this.id, null, "SIGKILL"));
  }

  /** Lambda ends it for taking too long. */
  timeOut(): Promise<void> {
    return this.#die(timedOut(this.id, this.timeoutSeconds));
  }

  /** The whole machine dies: nobody is told anything. */
  async abandon(): Promise<void> {
    if (this.#over) return;
    this.#over = true;
    const gone = this.thread?.kill();
    this.#abandon(new LambdaStoppedError());
    await gone;
  }

  async #die(failure: FunctionFailure): Promise<void> {
    if (this.#over) return;
    this.#over = true;
    await this.thread?.kill();
    this.#end({ succeeded: false, failure });
  }
}
