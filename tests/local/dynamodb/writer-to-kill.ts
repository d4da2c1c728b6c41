import { systemClock } from "../../../local/clock/system-clock.ts";
import { openDynamoDB } from "../../../local/dynamodb/service.ts";
import { authorise } from "../../../local/iam/authorise.ts";
import { operator } from "../../../local/iam/principals.ts";
import { openStorage } from "../../../local/storage/storage.ts";
import { AwsError } from "../../../local/wire/aws-error.ts";
import { cases, casesAndLedger, ledger } from "./declared-tables.ts";

/** Writes a case and its ledger entry in one transaction, again and again, and prints each number once it was told "done". */
const [directory = "", first = "0"] = process.argv.slice(2);
const storage = await openStorage(directory);
const dynamodb = await openDynamoDB({ template: casesAndLedger(), storage, clock: systemClock, authorise });
let next = Number(first);

async function write(number: number): Promise<void> {
  const pk = { S: `case-${number}` };
  const status = { S: number % 2 === 0 ? "OPEN" : "DONE" };
  const body = {
    TransactItems: [
      { Put: { TableName: cases, Item: { pk, sk: { S: "case" }, status, dueAt: { S: "2026" } } } },
      {
        Put: {
          TableName: cases,
          Item: { pk: { S: "last" }, sk: { S: String(number % 7) }, status, dueAt: { S: String(number) } },
        },
      },
      { Put: { TableName: ledger, Item: { pk } } },
    ],
  };
  await dynamodb.handle({
    method: "POST",
    path: "/",
    query: new URLSearchParams(),
    headers: { "x-amz-target": "DynamoDB_20120810.TransactWriteItems" },
    body: Buffer.from(JSON.stringify(body)),
    principal: operator,
  });
}

async function writeOn(): Promise<never> {
  for (;;) {
    const number = next;
    next += 1;
    try {
      await write(number);
      process.stdout.write(`${number}\n`);
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
    }
  }
}

await Promise.all(Array.from({ length: 8 }, writeOn));
