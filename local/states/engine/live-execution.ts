import type { Principal } from "../../iam/principal.ts";
import type { Machine, Scope, State } from "../definition/definition.ts";
import type { ExecutionRecord, Progress, Thread } from "./record.ts";

/** The definition and role that an execution keeps. */
export interface Program {
  readonly id: string;
  readonly machine: Machine;
  readonly role: Principal;
}

/** A running execution in memory. Only its turns change it, one at a time. */
export class LiveExecution {
  readonly execution: ExecutionRecord;
  readonly progress: Progress;
  readonly threads: Map<string, Thread>;
  readonly program: Program;
  #turns: Promise<unknown> = Promise.resolve();

  constructor(execution: ExecutionRecord, progress: Progress, threads: Map<string, Thread>, program: Program) {
    this.execution = execution;
    this.progress = progress;
    this.threads = threads;
    this.program = program;
  }

  get running(): boolean {
    return this.execution.status === "RUNNING";
  }

  /** One after the other, in the order of the calls. */
  inTurn<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#turns.then(work);
    this.#turns = result.catch(() => undefined);
    return result;
  }

  stateOf(thread: Thread): State {
    let scope: Scope = this.program.machine;
    for (const [name, index] of thread.path) {
      const state = scope.states.get(name);
      const inner = state && "scopes" in state ? state.scopes[index] : undefined;
      if (!inner) throw new Error(`Execution ${this.execution.arn} is inside "${name}", which its definition lacks.`);
      scope = inner;
    }
    const state = scope.states.get(thread.state);
    if (!state) throw new Error(`Execution ${this.execution.arn} is in "${thread.state}", which its definition lacks.`);
    return state;
  }

  scopeOf(parent: Thread, index: number): Scope {
    const state = this.stateOf(parent);
    const scope = "scopes" in state ? state.scopes[index] : undefined;
    if (!scope) throw new Error(`State "${parent.state}" of execution ${this.execution.arn} has no scope ${index}.`);
    return scope;
  }

  parentOf(thread: Thread): Thread | undefined {
    const dot = thread.id.lastIndexOf(".");
    return dot < 0 ? undefined : this.threads.get(thread.id.slice(0, dot));
  }

  /** Branches or iterations of a thread, in order. */
  childrenOf(thread: Thread): Thread[] {
    return [...this.threads.values()]
      .filter((other) => other.id.startsWith(`${thread.id}.`) && !other.id.slice(thread.id.length + 1).includes("."))
      .sort((a, b) => a.index - b.index);
  }

  /** When something falls due: a wait, a retry, a time-out. ISO 8601, or nothing to wait for. */
  nextDueAt(): string | undefined {
    if (!this.running) return undefined;
    let next = this.execution.timeoutAt;
    for (const { phase } of this.threads.values()) {
      for (const due of dueTimes(phase)) if (next === undefined || due < next) next = due;
    }
    return next;
  }
}

export function dueTimes(phase: Thread["phase"]): string[] {
  switch (phase.type) {
    case "waiting":
    case "retrying":
      return [phase.dueAt];
    case "called":
      return [phase.timeoutAt, phase.heartbeatAt].filter((due) => due !== undefined);
    default:
      return [];
  }
}
