import * as z from "zod";
import { AwsError } from "../../wire/aws-error.ts";
import type { AwsRequest, AwsResponse } from "../../wire/service.ts";
import type { Engine } from "../engine/engine.ts";
import type { ExecutionRecord } from "../engine/record.ts";

/** What an API operation gets: its input as sent, and who sent it. */
export interface Call {
  readonly engine: Engine;
  readonly input: unknown;
  readonly principal: AwsRequest["principal"];
}

export type Operation = (call: Call) => Promise<Readonly<Record<string, unknown>>>;

/** @throws {AwsError} ValidationException naming the members, never their values. */
export function readInput<T>(schema: z.ZodType<T>, input: unknown): T {
  const parsed = schema.safeParse(input);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map(
    ({ path, message }) => `Value at '${path.join(".")}' failed to satisfy constraint: ${message}`,
  );
  throw new AwsError("ValidationException", `${problems.length} validation error detected: ${problems.join("; ")}`);
}

export function readBody(body: Buffer): unknown {
  try {
    return body.length === 0 ? {} : JSON.parse(body.toString());
  } catch {
    throw new AwsError("SerializationException", "The request body is not valid JSON.");
  }
}

export const jsonResponse = (members: Readonly<Record<string, unknown>>): AwsResponse => ({
  status: 200,
  headers: { "content-type": "application/x-amz-json-1.0" },
  body: JSON.stringify(members),
});

/** The JSON protocol's timestamps: seconds since 1970, with a fraction. */
export const seconds = (iso: string) => Date.parse(iso) / 1_000;

/** @throws {AwsError} ExecutionDoesNotExist */
export async function existing(engine: Engine, arn: string): Promise<ExecutionRecord> {
  const execution = await engine.find(arn);
  if (execution) return execution;
  throw new AwsError("ExecutionDoesNotExist", `Execution Does Not Exist: '${arn}'`);
}

export const executionInput = z.looseObject({ executionArn: z.string().min(1).max(256) });
export const machineInput = z.looseObject({ stateMachineArn: z.string().min(1).max(256) });
export const pagedInput = z.looseObject({
  maxResults: z.int().min(0).max(1_000).optional(),
  nextToken: z.string().min(1).max(1_024).optional(),
});

/** AWS's default and largest page. */
export const pageSize = (maxResults: number | undefined) =>
  maxResults === undefined || maxResults === 0 ? 100 : maxResults;

export const pageToken = (place: string) => Buffer.from(place).toString("base64");
export const placeOf = (token: string) => Buffer.from(token, "base64").toString();
