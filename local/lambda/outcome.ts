/** How one invocation ended, as Lambda reports it. `payload` is JSON text. */
export type Outcome =
  | { readonly succeeded: true; readonly payload: string }
  | { readonly succeeded: false; readonly failure: FunctionFailure };

export interface FunctionFailure {
  /** The error's name, or AWS's: Sandbox.Timedout, Runtime.ExitError, Runtime.ImportModuleError, … */
  readonly errorType: string;
  readonly errorMessage: string;
  readonly trace?: readonly string[];
}

/** The function was invoked and failed; `failure` is what Lambda would answer. Whether to retry is for the caller's rules. */
export class FunctionFailedError extends Error {
  override readonly name = "FunctionFailedError";
  readonly failure: FunctionFailure;

  constructor(functionName: string, failure: FunctionFailure) {
    super(`${functionName} failed with ${failure.errorType}. Its log in the logs folder says more.`);
    this.failure = failure;
  }
}

export function timedOut(requestId: string, timeoutSeconds: number): FunctionFailure {
  return {
    errorType: "Sandbox.Timedout",
    errorMessage: `RequestId: ${requestId} Error: Task timed out after ${timeoutSeconds.toFixed(2)} seconds`,
  };
}

export function exited(requestId: string, code: number | null, signal: string | null): FunctionFailure {
  const how = signal === null ? `exit status ${code}` : `signal: ${signal}`;
  return {
    errorType: "Runtime.ExitError",
    errorMessage: `RequestId: ${requestId} Error: Runtime exited with error: ${how}`,
  };
}
