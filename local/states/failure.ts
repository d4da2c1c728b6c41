/** Why a task, a state or an execution failed, as Step Functions names it. Null where a worker gave none (SendTaskFailure without error). */
export interface Failure {
  readonly error: string | null;
  readonly cause: string | null;
  /** Further names that Retry and Catch may use for it: a missed heartbeat is recorded as States.Timeout, and answers to both names. */
  readonly alsoKnownAs?: readonly string[];
}

/** Thrown by `invokeFunction` and by injected integrations: the task failed with an error that the machine may retry or catch. */
export class TaskFailure extends Error {
  override readonly name = "TaskFailure";
  readonly error: string;
  override readonly cause: string | null;

  constructor(error: string, cause: string | null) {
    super(`The task failed with ${error}. The machine's Retry and Catch decide what happens.`);
    this.error = error;
    this.cause = cause;
  }
}

export const timedOut: Failure = { error: "States.Timeout", cause: null };
export const heartbeatMissed: Failure = { ...timedOut, alsoKnownAs: ["States.HeartbeatTimeout"] };

/** What `$states.errorOutput` holds. A time-out has no cause in the history, but an empty one here (recorded on AWS). */
export function errorOutput(failure: Failure): { Error: string | null; Cause: string | null } {
  return { Error: failure.error, Cause: failure.cause ?? (failure.error === "States.Timeout" ? "" : null) };
}

/** Event details and API answers leave out what is null. */
export function errorDetails(failure: Failure): { error?: string; cause?: string } {
  return {
    ...(failure.error === null ? {} : { error: failure.error }),
    ...(failure.cause === null ? {} : { cause: failure.cause }),
  };
}
