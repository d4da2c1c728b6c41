import { PutItemCommand } from "@aws-sdk/client-dynamodb";
import { expect, it } from "vitest";
import { dynamoPolicies } from "../../../../shared/aws/dynamodb/policies.ts";
import { currentItem, versionItem } from "../../../../shared/aws/dynamodb/policy-rows.ts";
import type { Policy } from "../../../../shared/contracts/policy.ts";
import { PolicyVersionReusedError } from "../../../../shared/policy/policy-store.ts";
import { noon } from "../../case/builders.ts";
import { aPolicy } from "../../policy/a-policy.ts";
import { policyStoreContract } from "../../policy/policy-store-contract.ts";
import { callsOf, givenTables } from "./running-tables.ts";

async function open(file: Policy) {
  const tables = await givenTables();
  const become = async (policy: Policy) => {
    for (const Item of [versionItem(policy), currentItem(policy, noon.toISOString())])
      await tables.client.send(new PutItemCommand({ TableName: tables.caseTable, Item }));
  };
  return { tables, become, policies: dynamoPolicies({ ...tables, defaults: { invoices: file } }) };
}

policyStoreContract("DynamoDB", open);

it("reads the policy in force consistently for each case, and a version once a process", async () => {
  const { policies, tables, become } = await open(aPolicy());
  await become(aPolicy({ version: 4 }));
  const calls = callsOf(tables.client);
  await policies.current("invoices");
  await policies.current("invoices");
  expect(
    calls.filter(({ input }) => input.includes('"CURRENT"') && input.includes('"ConsistentRead":true')),
  ).toHaveLength(2);
  await policies.version("invoices", 4);
  await policies.version("invoices", 4);
  expect(calls).toHaveLength(3);
});

it("stores the version it uses once a cold start", async () => {
  const { policies, tables } = await open(aPolicy());
  const calls = callsOf(tables.client);
  for (let cases = 0; cases < 5; cases++) await policies.keep(aPolicy());
  expect(calls.map(({ command }) => command)).toEqual(["PutItemCommand"]);
});

it("finds out after a restart, too, that a version was reused, and keeps saying so", async () => {
  const { policies, tables } = await open(aPolicy());
  await policies.keep(aPolicy());
  const restarted = dynamoPolicies({ ...tables, defaults: { invoices: aPolicy({ accountableOwner: "Other" }) } });
  const edited = await restarted.current("invoices");
  await expect(restarted.keep(edited)).rejects.toBeInstanceOf(PolicyVersionReusedError);
  await expect(restarted.keep(edited)).rejects.toBeInstanceOf(PolicyVersionReusedError);
});
