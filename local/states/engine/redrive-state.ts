import type { ExecutionRecord } from "./record.ts";

/** Days in which an execution that did not succeed may be redriven. @see AWS, "Redriving executions" */
const redriveDays = 14;

/** What DescribeExecution and the status-change event say of a redrive; `now` matters only once the execution has stopped. */
export function redriveState(
  execution: ExecutionRecord,
  now?: Date,
): { redriveStatus: string; redriveStatusReason: string | null } {
  const refuse = (redriveStatusReason: string) => ({ redriveStatus: "NOT_REDRIVABLE", redriveStatusReason });
  if (execution.status === "RUNNING") return refuse("Execution is RUNNING and cannot be redriven");
  if (execution.status === "SUCCEEDED") return refuse("Execution is SUCCEEDED and cannot be redriven");
  const stoppedAt = Date.parse(execution.stoppedAt ?? execution.startedAt);
  if (now && now.getTime() - stoppedAt > redriveDays * 86_400_000) {
    return refuse("Execution is past its redrivable period");
  }
  return { redriveStatus: "REDRIVABLE", redriveStatusReason: null };
}
