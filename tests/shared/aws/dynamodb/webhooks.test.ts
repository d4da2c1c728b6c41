import { describe, expect, it } from "vitest";
import { dynamoWebhooks } from "../../../../shared/aws/dynamodb/webhooks.ts";
import type { WebhookStore } from "../../../../shared/outcome/webhook/webhook-row.ts";
import { caseId, caseIdNumber, later, noon } from "../../case/builders.ts";
import { aDetail, aWebhookRow, inMemoryWebhooks } from "../../outcome/webhook/a-webhook.ts";
import { givenTables } from "./running-tables.ts";

const rowOf = (number: number, changes: Parameters<typeof aWebhookRow>[0] = {}) => {
  const id = caseIdNumber(number);
  return aWebhookRow({ detail: aDetail({ caseId: id, outcomeId: `${id}-o1` }), ...changes });
};
const keyOf = (number: number) => ({ caseId: caseIdNumber(number), outcomeId: `${caseIdNumber(number)}-o1` });

describe.each([
  ["memory", async (): Promise<WebhookStore> => inMemoryWebhooks()],
  ["DynamoDB", async (): Promise<WebhookStore> => dynamoWebhooks(await givenTables())],
])("webhooks in %s", (_, open) => {
  it("are stored once, and found as they were", async () => {
    const webhooks = await open();
    expect(await webhooks.add(rowOf(1))).toBe(true);
    expect(await webhooks.add(rowOf(1, { attempts: 9 }))).toBe(false);
    expect(await webhooks.find(keyOf(1))).toEqual(rowOf(1));
    expect(await webhooks.find(keyOf(2))).toBeNull();
  });

  it("are listed when they are due, longest due first, over all shards; dead ones apart, delivered ones nowhere", async () => {
    const webhooks = await open();
    for (let number = 0; number < 10; number++)
      await webhooks.add(rowOf(number, { nextAt: later(-number).toISOString() }));
    await webhooks.add(rowOf(11, { nextAt: later(1).toISOString() }));
    await webhooks.add(rowOf(12, { status: "dead" }));
    await webhooks.add(rowOf(13, { status: "delivered" }));
    expect(await webhooks.due(noon, 25)).toEqual([9, 8, 7, 6, 5, 4, 3, 2, 1, 0].map(keyOf));
    expect(await webhooks.dead(25)).toEqual([keyOf(12)]);
  });

  it("change hands once", async () => {
    const webhooks = await open();
    await webhooks.add(rowOf(1));
    expect(await webhooks.replace(rowOf(1, { status: "dead", revision: 1 }))).toBe(true);
    expect(await webhooks.replace(rowOf(1, { revision: 1 }))).toBe(false);
    expect(await webhooks.find(keyOf(1))).toMatchObject({ status: "dead" });
    expect(await webhooks.due(noon, 25)).toEqual([]);
  });

  it("of two outcomes of one case are two", async () => {
    const webhooks = await open();
    await webhooks.add(aWebhookRow());
    const second = aDetail({ outcomeId: `${caseId}-o2`, supersedes: `${caseId}-o1` });
    expect(await webhooks.add(aWebhookRow({ detail: second }))).toBe(true);
    expect(await webhooks.due(noon, 25)).toHaveLength(2);
  });
});
