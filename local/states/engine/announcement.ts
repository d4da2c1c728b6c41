import * as z from "zod";
import type { ExecutionRecord } from "./record.ts";
import { redriveState } from "./redrive-state.ts";

export const announcementSchema = z.object({
  source: z.string(),
  detailType: z.string(),
  detail: z.unknown(),
  resources: z.array(z.string()),
});
/** An event for the default bus. */
export type Announcement = z.infer<typeof announcementSchema>;

/** @see AWS Step Functions Developer Guide, "Step Functions Execution Status Change events" */
export function statusChange(execution: ExecutionRecord): Announcement {
  return {
    source: "aws.states",
    detailType: "Step Functions Execution Status Change",
    resources: [execution.arn],
    detail: {
      executionArn: execution.arn,
      stateMachineArn: execution.machineArn,
      stateMachineVersionArn: null,
      stateMachineAliasArn: null,
      name: execution.name,
      status: execution.status,
      startDate: Date.parse(execution.startedAt),
      stopDate: execution.stoppedAt === undefined ? null : Date.parse(execution.stoppedAt),
      input: JSON.stringify(execution.input),
      inputDetails: { included: true },
      output: execution.output ?? null,
      outputDetails: execution.output === undefined ? null : { included: true },
      error: execution.error ?? null,
      cause: execution.cause ?? null,
      redriveCount: execution.redriveCount,
      redriveDate: execution.redrivenAt === undefined ? null : Date.parse(execution.redrivenAt),
      ...redriveState(execution),
    },
  };
}
