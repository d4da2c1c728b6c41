import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { QueryCommand, ScanCommand } from "@aws-sdk/client-dynamodb";
import { expect, it } from "vitest";
import { killAfter } from "../template/killed-process.ts";
import { cases, givenDynamoDB, ledger, newDirectory } from "./running-dynamodb.ts";

const writer = fileURLToPath(new URL("writer-to-kill.ts", import.meta.url));

type Given = Awaited<ReturnType<typeof givenDynamoDB>>;

const keysIn = async ({ client }: Given, TableName: string) => {
  const { Items = [] } = await client.send(new ScanCommand({ TableName }));
  return Items.map(({ pk }) => pk?.S ?? "")
    .filter((pk) => pk !== "last")
    .sort();
};

it("after kill -9 everything acknowledged is there, transactions are whole and no index has drifted", async () => {
  const directory = newDirectory();
  const acknowledged: string[] = [];
  for (let kill = 0; kill < 4; kill += 1) {
    const first = String(kill * 100_000);
    acknowledged.push(
      ...(await killAfter(40 + kill * 33, writer, join(directory, "dynamodb"), first)).map(
        (number) => `case-${number}`,
      ),
    );
    const given = await givenDynamoDB({ directory });
    const stored = await keysIn(given, cases);
    expect(stored).toEqual(expect.arrayContaining(acknowledged));
    expect(await keysIn(given, ledger)).toEqual(stored);
    const { Items = [] } = await given.client.send(new ScanCommand({ TableName: cases }));
    for (const status of ["OPEN", "DONE"]) {
      const indexed = await given.client.send(
        new QueryCommand({
          TableName: cases,
          IndexName: "byStatus",
          KeyConditionExpression: "#s = :status",
          ExpressionAttributeNames: { "#s": "status" },
          ExpressionAttributeValues: { ":status": { S: status } },
        }),
      );
      const order = (items: typeof Items) =>
        items.map((item) => JSON.stringify(item, Object.keys(item).sort().concat("S"))).sort();
      expect(order(indexed.Items ?? [])).toEqual(order(Items.filter((item) => item.status?.S === status)));
    }
    await given.close();
  }
});
