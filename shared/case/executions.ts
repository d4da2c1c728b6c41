import type { CaseEvent } from "../contracts/outcome.ts";
import type { CaseInput } from "../contracts/payloads.ts";

export type ExecutionStatus = "running" | "succeeded" | "dead" | "unknown";

/** Executions of the `case` machine. */
export interface Executions {
  /** Starting the same name with the same input again changes nothing. */
  start(name: string, input: CaseInput): Promise<void>;
  /** Ends it, when it still runs. */
  stop(name: string): Promise<void>;
  /** dead: failed, timed out or stopped. unknown: never started, or long forgotten. */
  statusOf(name: string): Promise<ExecutionStatus>;
}

/** Tells the bus what happened to a case. At least once; receivers deduplicate by case, review or outcome id. */
export interface Announcer {
  announce(event: CaseEvent): Promise<void>;
}
