import { AwsError } from "../../local/wire/aws-error.ts";
import { dice } from "./dice.ts";
import type { Invocation } from "./invocation.ts";
import { type Fate, type Fault, fateOf, type Weather } from "./weather.ts";

export interface AwsCall {
  readonly service: string;
  readonly action: string;
}

const never = () => new Promise<never>(() => undefined);

/** Makes the faults of one schedule happen. Each is drawn for the n-th invocation of a function for a subject, whatever the order. */
export class Injector {
  readonly #seed: number;
  readonly #weather: Weather;
  readonly #note: (text: string) => void;
  readonly #now: () => number;
  readonly #counts = new Map<string, number>();
  readonly #faults = new Map<string, Fault>();
  readonly #throttled = new Set<string>();
  #gates: (() => void)[] = [];
  #left: number;
  #ordered: { readonly functionName: string; readonly fault: Fault } | undefined;
  /** Nothing fails any more. */
  calm = false;
  /** Calls or disk writes until the whole machine dies. */
  #crash: { readonly of: "call" | "write"; readonly after: boolean; left: number } | undefined;
  /** Kills the machine. */
  crash: () => void = () => undefined;

  constructor(seed: number, weather: Weather, now: () => number, note: (text: string) => void) {
    this.#seed = seed;
    this.#weather = weather;
    this.#now = now;
    this.#note = note;
    this.#left = weather.budget;
  }

  /** Draws what happens to an invocation that is about to begin. */
  draw(functionName: string, subject: string): { readonly fate: Fate; readonly remember: (id: string) => void } {
    const key = `${functionName}/${subject}`;
    const ordinal = (this.#counts.get(key) ?? 0) + 1;
    this.#counts.set(key, ordinal);
    const fate = fateOf(this.#weather, dice(this.#seed, "fate", key, ordinal), functionName);
    const ordered = this.#ordered?.functionName === functionName ? this.#ordered.fault : undefined;
    const fault = ordered ?? fate.fault;
    return {
      fate: this.calm || this.#left <= 0 ? { fault: null, copy: null } : fate,
      remember: (id) => {
        if (fault && !this.calm) this.#faults.set(id, fault);
      },
    };
  }

  /** The same each time that a function is invoked for a subject, as what it drew once is kept. */
  luckOf({ functionName, subject }: Invocation): number {
    return dice(this.#seed, "luck", functionName, subject).next();
  }

  /** Invocations of a function get this fault, whatever the weather, until it has struck one. */
  order(functionName: string, fault: Fault): void {
    this.#ordered = { functionName, fault };
    this.#left += 1;
  }

  /** The machine dies at the n-th call or disk write from now on. */
  crashAt(of: "call" | "write", left: number, after: boolean): void {
    this.#crash = { of, left, after };
  }

  /** Before an invocation's handler runs, or after it did. */
  async atEdge(invocation: Invocation, edge: "start" | "end"): Promise<void> {
    const fault = this.#faults.get(invocation.id);
    if (!fault || fault.call !== (edge === "start" ? 0 : "end")) return;
    if (fault.kind === "kill" || fault.kind === "hold") await this.#strike(invocation, fault, `at its ${edge}`);
  }

  /** Before a call to AWS has its effect, or after. @throws {AwsError} what AWS would answer */
  async atCall(invocation: Invocation | undefined, call: AwsCall, after: boolean): Promise<void> {
    this.#countDown("call", after);
    if (!invocation) return;
    if (invocation.over) return never();
    if (!after && this.#throttled.has(invocation.id) && call.service === "dynamodb") throw throttling(call);
    const fault = this.#faults.get(invocation.id);
    if (fault && [invocation.calls, call.action].includes(fault.call) && fault.after === after) {
      await this.#strike(
        invocation,
        fault,
        `${after ? "after" : "before"} call ${invocation.calls}, ${call.action}`,
        call,
      );
    }
  }

  atWrite(after: boolean): void {
    this.#countDown("write", after);
  }

  /** Lets everything go on that was held. */
  release(): number {
    const gates = this.#gates;
    this.#gates = [];
    for (const open of gates) open();
    return gates.length;
  }

  /** Something shall go on at the next release. */
  atRelease(work: () => void): void {
    this.#gates.push(work);
  }

  get holding(): number {
    return this.#gates.length;
  }

  /** Until it is let go; by then its time may have run out, as Lambda counts it. */
  async #hold(invocation: Invocation): Promise<void> {
    const since = this.#now();
    invocation.held = true;
    await new Promise<void>((open) => this.#gates.push(open));
    invocation.held = false;
    if (this.#now() - since > invocation.timeoutSeconds * 1_000) {
      this.#note(`held too long: ${invocation.functionName} (${invocation.subject})`);
      await invocation.timeOut();
    }
    if (invocation.over) return never();
  }

  #countDown(of: "call" | "write", after: boolean): void {
    const crash = this.#crash;
    if (!crash || this.calm || crash.of !== of || crash.after !== after) return;
    crash.left -= 1;
    if (crash.left > 0) return;
    this.#crash = undefined;
    this.#note(`the machine dies ${after ? "after" : "before"} a ${of}`);
    this.crash();
  }

  async #strike(invocation: Invocation, fault: Fault, where: string, call?: AwsCall): Promise<void> {
    if (this.calm || this.#left <= 0) return;
    if (fault.kind.startsWith("throttle") && call?.service !== "dynamodb") return;
    if (fault.kind === "time out" && call?.service !== "textract") return;
    this.#faults.delete(invocation.id);
    if (this.#ordered?.fault === fault) this.#ordered = undefined;
    this.#left -= 1;
    this.#note(`${fault.kind}: ${invocation.functionName} (${invocation.subject}) ${where}`);
    switch (fault.kind) {
      case "kill":
        await invocation.kill();
        return call ? never() : undefined;
      case "time out":
        await invocation.timeOut();
        return call ? never() : undefined;
      case "hold":
        return this.#hold(invocation);
      case "throttle on":
        this.#throttled.add(invocation.id);
        throw throttling(call);
      case "throttle once":
        throw throttling(call);
      case "lose the answer":
        throw new AwsError("InternalServerError", "The answer was lost on its way (by the fault harness).", 500);
    }
  }
}

function throttling(call: AwsCall | undefined): AwsError {
  const message = "The throughput of the table is exceeded (by the fault harness).";
  if (call?.action === "TransactWriteItems") {
    return new AwsError("TransactionCanceledException", message, 400, {
      Message: message,
      CancellationReasons: [{ Code: "ThrottlingError", Message: message }],
    });
  }
  return new AwsError("ProvisionedThroughputExceededException", message, 400);
}
