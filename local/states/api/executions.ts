import { randomUUID } from "node:crypto";
import * as z from "zod";
import { type ExecutionRecord, executionStatuses } from "../engine/record.ts";
import { redriveState } from "../engine/redrive-state.ts";
import { startExecution as start } from "../engine/start.ts";
import { parsePayload } from "../payload.ts";
import {
  executionInput,
  existing,
  machineInput,
  type Operation,
  pagedInput,
  pageSize,
  pageToken,
  placeOf,
  readInput,
  seconds,
} from "./request.ts";

const startInput = machineInput.extend({ name: z.string().optional(), input: z.string().optional() });

export const startExecution: Operation = async ({ engine, input, principal }) => {
  const { stateMachineArn, name, input: text } = readInput(startInput, input);
  engine.ports.authorise(principal, "states:StartExecution", stateMachineArn);
  const { arn, startedAt } = await start(engine, {
    machineArn: stateMachineArn,
    name: name ?? randomUUID(),
    input: parsePayload(text ?? "{}", "input", "InvalidExecutionInput"),
  });
  return { executionArn: arn, startDate: seconds(startedAt) };
};

export const describeExecution: Operation = async ({ engine, input, principal }) => {
  const { executionArn } = readInput(executionInput, input);
  engine.ports.authorise(principal, "states:DescribeExecution", executionArn);
  const execution = await existing(engine, executionArn);
  return {
    ...listed(execution),
    input: JSON.stringify(execution.input),
    inputDetails: { included: true },
    ...(execution.output === undefined ? {} : { output: execution.output, outputDetails: { included: true } }),
    ...(execution.error === undefined ? {} : { error: execution.error }),
    ...(execution.cause === undefined ? {} : { cause: execution.cause }),
    ...redriveState(execution, engine.ports.clock.now()),
  };
};

/** What a list and a description have in common. */
const listed = (execution: ExecutionRecord) => ({
  executionArn: execution.arn,
  stateMachineArn: execution.machineArn,
  name: execution.name,
  status: execution.status,
  startDate: seconds(execution.startedAt),
  ...(execution.stoppedAt === undefined ? {} : { stopDate: seconds(execution.stoppedAt) }),
  redriveCount: execution.redriveCount,
  ...(execution.redrivenAt === undefined ? {} : { redriveDate: seconds(execution.redrivenAt) }),
});

const listInput = pagedInput.extend({
  stateMachineArn: z.string().min(1).max(256),
  statusFilter: z.enum([...executionStatuses, "PENDING_REDRIVE"]).optional(),
  redriveFilter: z.enum(["REDRIVEN", "NOT_REDRIVEN"]).optional(),
});

/** Newest first. */
export const listExecutions: Operation = async ({ engine, input, principal }) => {
  const { stateMachineArn, statusFilter, redriveFilter, maxResults, nextToken } = readInput(listInput, input);
  engine.ports.authorise(principal, "states:ListExecutions", stateMachineArn);
  const after = nextToken === undefined ? "" : placeOf(nextToken);
  const executions: unknown[] = [];
  let last = "";
  for await (const { key, arn, status } of engine.store.listing(stateMachineArn)) {
    if (key <= after || (statusFilter !== undefined && status !== statusFilter)) continue;
    if (executions.length === pageSize(maxResults)) return { executions, nextToken: pageToken(last) };
    const execution = await engine.find(arn);
    if (!execution || (statusFilter !== undefined && execution.status !== statusFilter)) continue;
    if (redriveFilter !== undefined && execution.redriveCount > 0 !== (redriveFilter === "REDRIVEN")) continue;
    executions.push(listed(execution));
    last = key;
  }
  return { executions };
};

const stopInput = executionInput.extend({
  error: z.string().max(256).optional(),
  cause: z.string().max(32_768).optional(),
});

export const stopExecution: Operation = async ({ engine, input, principal }) => {
  const { executionArn, error, cause } = readInput(stopInput, input);
  engine.ports.authorise(principal, "states:StopExecution", executionArn);
  await existing(engine, executionArn);
  await engine.stop(executionArn, { error, cause });
  const { stoppedAt } = await existing(engine, executionArn);
  return { stopDate: seconds(stoppedAt ?? engine.ports.clock.now().toISOString()) };
};
