import { PutItemCommand } from "@aws-sdk/client-dynamodb";
import { expect, it } from "vitest";
import { dynamoCaseStore } from "../../../../shared/aws/dynamodb/case-store.ts";
import { toItem } from "../../../../shared/aws/dynamodb/item.ts";
import { dynamoMovedChains } from "../../../../shared/aws/dynamodb/moved-chains.ts";
import { firstBroken } from "../../../../shared/ledger/chain.ts";
import { software } from "../../../../shared/ledger/event.ts";
import { aCase, caseIdNumber, noon } from "../../case/builders.ts";
import { aChain } from "../../ledger/a-chain.ts";
import { givenTables } from "./running-tables.ts";

it("finds the last event of a day of every chain that moved then, by one query a shard", async () => {
  const tables = await givenTables();
  const store = dynamoCaseStore(tables);
  const entry = { type: "CaseOpened" as const, actor: software, summary: "opened", details: {} };
  for (let number = 0; number < 12; number++) {
    const opened = aCase({ caseId: caseIdNumber(number) });
    let record = await store.commit({ before: null, after: opened, entry }, noon);
    record = await store.commit({ before: record, after: record, entry }, noon);
    if (number === 0) await store.commit({ before: record, after: record, entry }, new Date("2026-03-03T00:00:00Z"));
  }
  const chains = dynamoMovedChains(tables);
  const heads = await chains.headsOf("2026-03-02");
  expect(heads.map(({ caseId, sequence }) => [caseId, sequence]).sort()).toEqual(
    [...Array(12).keys()].map((number) => [caseIdNumber(number), 2]),
  );
  expect(await chains.headsOf("2026-03-03")).toMatchObject([{ caseId: caseIdNumber(0), sequence: 3 }]);
  expect(await chains.headsOf("2026-03-01")).toEqual([]);
  const events = await store.history(caseIdNumber(0));
  expect(firstBroken(events, events.at(-1))).toBeNull();
  expect(heads.find(({ caseId }) => caseId === caseIdNumber(0))?.hash).toBe(events[1]?.hash);
});

it("leaves events of before as they are: they are in no day, and read as ever", async () => {
  const tables = await givenTables();
  const chain = aChain(["one", "two"]);
  for (const event of chain)
    await tables.client.send(new PutItemCommand({ TableName: tables.ledgerTable, Item: toItem(event) }));
  expect(await dynamoMovedChains(tables).headsOf("2026-03-02")).toEqual([]);
  expect(await dynamoCaseStore(tables).history(chain[0]?.caseId ?? "")).toEqual(chain);
});
