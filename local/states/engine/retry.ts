import type { Retrier } from "../definition/state-schema.ts";
import type { Failure } from "../failure.ts";

/** Errors that end the execution whatever its states catch. */
const uncatchable = "States.Runtime";

/**
 * Whether a Retry or Catch answers to a failure. States.ALL is every error except States.Runtime (it does catch
 * States.DataLimitExceeded, as recorded on AWS); States.TaskFailed is every error except time-outs.
 */
export function answersTo(errorEquals: readonly string[], failure: Failure): boolean {
  if (failure.error === uncatchable) return false;
  if (errorEquals.includes("States.ALL")) return true;
  if (errorEquals.includes("States.TaskFailed") && failure.error !== "States.Timeout") return true;
  const names = [...(failure.error === null ? [] : [failure.error]), ...(failure.alsoKnownAs ?? [])];
  return names.some((name) => errorEquals.includes(name));
}

/**
 * Seconds until the next attempt.
 *
 * @param attempt - retries by this retrier so far, from 0.
 * @param chance - in [0, 1): FULL jitter takes any delay between 0 and the backed-off one.
 */
export function retryDelaySeconds(retrier: Retrier, attempt: number, chance: number): number {
  const backedOff = retrier.IntervalSeconds * retrier.BackoffRate ** attempt;
  const capped = Math.min(backedOff, retrier.MaxDelaySeconds ?? Number.POSITIVE_INFINITY, maxDelaySeconds);
  return retrier.JitterStrategy === "FULL" ? capped * chance : capped;
}

/** A year, the life of an execution; beyond it a date would overflow. */
const maxDelaySeconds = 31_536_000;
