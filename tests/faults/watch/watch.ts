import type { AwsRequest, AwsResponse } from "../../../local/wire/service.ts";
import { openReviewInput } from "../../../shared/contracts/payloads.ts";
import type { AwsCall } from "../injector.ts";
import type { Machine } from "../machine.ts";
import type { World } from "../world.ts";
import { watchGate } from "./gate.ts";
import { watchWakeUps } from "./wake-ups.ts";

/** Looks at each call before it has its effect. */
export async function watchBefore(machine: Machine, world: World, call: AwsCall, request: AwsRequest): Promise<void> {
  if (call.action === "SendTaskSuccess") await watchWakeUps(machine, world, request);
  if (call.service === "dynamodb") watchGate(world, call, request);
}

/** Remembers to which execution a task token was given. */
export function hearPayload(world: World, payload: string): void {
  const { success, data } = openReviewInput.safeParse(JSON.parse(payload));
  if (success && data.caseExecution !== null) world.executionOf.set(data.taskToken, data.caseExecution);
}

/** Which versions were dropped, and which outcomes were written. */
export function watchAfter(
  machine: Machine,
  world: World,
  call: AwsCall,
  request: AwsRequest,
  response: AwsResponse,
): void {
  if (call.service !== "s3" || request.method !== "PUT" || response.status >= 300) return;
  const [, bucket = "", ...rest] = request.path.split("/");
  const key = decodeURIComponent(rest.join("/"));
  const dropped = world.drops[Number(request.headers["x-harness-drop"] ?? 0) - 1];
  if (dropped) {
    dropped.versionId = response.headers?.["x-amz-version-id"] ?? null;
    world.nameCase(bucket, dropped);
  }
  if (machine.up && bucket === machine.stack.outputs.OutcomeBucket)
    world.outcomesWritten.push({ key, body: request.body.toString("utf8") });
}
