import { it } from "vitest";
import { join } from "node:path";
import { openDynamoDB } from "../../../local/dynamodb/service.ts";
import { openStorage } from "../../../local/storage/storage.ts";
import { systemClock } from "../../../local/clock/system-clock.ts";
import { authorise } from "../../../local/iam/authorise.ts";
import { operator } from "../../../local/iam/principals.ts";
import { casesAndLedger, newDirectory, cases, ledger, givenDynamoDB } from "./running-dynamodb.ts";
import { PutItemCommand } from "@aws-sdk/client-dynamodb";
it("bench", async () => {
  const directory = newDirectory();
  const storage = await openStorage(directory);
  const d = await openDynamoDB({ template: casesAndLedger(), storage, clock: systemClock, authorise });
  const call = (name: string, body: unknown) => d.handle({ method: "POST", path: "/", query: new URLSearchParams(), headers: { "x-amz-target": `DynamoDB_20120810.${name}` }, body: Buffer.from(JSON.stringify(body)), principal: operator });
  for (const par of [1, 16, 64]) {
    const n = 6000; let i = 0;
    const t = performance.now();
    await Promise.all(Array.from({ length: par }, async () => { while (i < n) { i++; await call("PutItem", { TableName: cases, Item: { pk: { S: `p${par}-${i}` }, sk: { S: "case" }, status: { S: "OPEN" }, dueAt: { S: "2026" }, text: { S: "x".repeat(300) } }, ConditionExpression: "attribute_not_exists(pk)" }); } }));
    console.log(par, "parallel puts/s", Math.round(n / (performance.now() - t) * 1000));
  }
  { const n = 2000; let i = 0; const t = performance.now();
    await Promise.all(Array.from({ length: 16 }, async () => { while (i < n) { i++; await call("TransactWriteItems", { ClientRequestToken: `t${i}`, TransactItems: [ { Put: { TableName: ledger, Item: { pk: { S: `l${i}` } }, ConditionExpression: "attribute_not_exists(pk)" } }, { Update: { TableName: cases, Key: { pk: { S: `p1-${i}` }, sk: { S: "case" } }, UpdateExpression: "SET #s = :s", ExpressionAttributeNames: { "#s": "status" }, ExpressionAttributeValues: { ":s": { S: "DONE" } } } }, { Put: { TableName: cases, Item: { pk: { S: `o${i}` }, sk: { S: "o" } } } } ] }); } }));
    console.log("transactions of 3 /s", Math.round(n / (performance.now() - t) * 1000)); }
  { const t = performance.now(); const n = 500; for (let i = 0; i < n; i++) await call("Query", { TableName: cases, IndexName: "byStatus", Limit: 25, KeyConditionExpression: "#s = :s", ExpressionAttributeNames: { "#s": "status" }, ExpressionAttributeValues: { ":s": { S: "OPEN" } } }); console.log("queries/s", Math.round(n / (performance.now() - t) * 1000)); }
  { const t = performance.now(); const n = 5000; for (let i = 0; i < n; i++) await call("GetItem", { TableName: cases, Key: { pk: { S: `p1-${i}` }, sk: { S: "case" } } }); console.log("gets/s", Math.round(n / (performance.now() - t) * 1000)); }
  await d.close(); await storage.close();
  const t = performance.now(); const s2 = await openStorage(directory); const d2 = await openDynamoDB({ template: casesAndLedger(), storage: s2, clock: systemClock, authorise }); console.log("replay", Math.round(performance.now() - t), "ms for 24000 items"); await d2.close(); await s2.close();
  const g = await givenDynamoDB();
  { const n = 3000; let i = 0; const t = performance.now(); await Promise.all(Array.from({ length: 32 }, async () => { while (i < n) { i++; await g.client.send(new PutItemCommand({ TableName: cases, Item: { pk: { S: `p-${i}` }, sk: { S: "case" } } })); } })); console.log("sdk puts/s (same process)", Math.round(n / (performance.now() - t) * 1000)); }
});
