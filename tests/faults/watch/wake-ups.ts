import * as z from "zod";
import type { AwsRequest } from "../../../local/wire/service.ts";
import { caseKey, caseOf, reviewKey, reviewOf } from "../../../shared/aws/dynamodb/case-rows.ts";
import { type Item, toItem } from "../../../shared/aws/dynamodb/item.ts";
import type { CaseRecord, ReviewRecord } from "../../../shared/case/case-record.ts";
import { type WakeUp, wakeUp } from "../../../shared/contracts/decision.ts";
import type { Machine } from "../machine.ts";
import { table } from "../state.ts";
import type { World } from "../world.ts";

const sent = z.object({ taskToken: z.string(), output: z.string() });
const found = z.object({ Item: z.custom<Item>().optional() });

/** Decide first, resume second: whoever wakes a workflow finds stored why. */
export async function watchWakeUps(machine: Machine, world: World, { body }: AwsRequest): Promise<void> {
  const { taskToken, output } = sent.parse(JSON.parse(body.toString("utf8")));
  const woken = wakeUp.safeParse(JSON.parse(output));
  if (!woken.success) return;
  const { caseId, reviewId } = woken.data;
  const TableName = table(machine.stack.template, "CaseTable");
  const get = async (key: Record<string, string>) => {
    const input = { TableName, Key: toItem(key), ConsistentRead: true };
    return found.parse(await machine.ask("dynamodb", "DynamoDB_20120810.GetItem", input)).Item;
  };
  const [caseRow, reviewRow] = [await get(caseKey(caseId)), await get(reviewKey(reviewId))];
  const record = caseRow && caseOf(caseRow);
  const review = reviewRow && reviewOf(reviewRow);
  const problem = record ? unfounded(woken.data, record, review, world.executionOf.get(taskToken)) : "there is no case";
  if (problem !== null) world.violated(`the workflow of ${reviewId} was woken, and ${problem}`);
}

/** Why there is no reason to wake it; null when there is. */
function unfounded(
  { next }: WakeUp,
  record: CaseRecord,
  review: ReviewRecord | undefined,
  execution: string | undefined,
): string | null {
  if (review?.decision) return null;
  const isLost = execution !== undefined && execution !== record.executionName;
  if (next !== null) {
    const answered = record.messages.at(-1)?.from === "sender" && review?.status === "expired";
    if (answered || record.next !== null) return null;
    return "neither a reviewer nor the sender had answered";
  }
  const isOver = record.status === "decided" || record.status === "closed" || record.status === "auditing";
  return isLost || isOver ? null : "the case was neither decided nor somebody else's";
}
