import { expect, it } from "vitest";
import { dynamoCaseStore } from "../../../../shared/aws/dynamodb/case-store.ts";
import { dynamoPolicies } from "../../../../shared/aws/dynamodb/policies.ts";
import { dynamoPolicyChanges, dynamoSignatureTokens } from "../../../../shared/aws/dynamodb/policy-changes.ts";
import { policyChainId } from "../../../../shared/case/case-id.ts";
import { aPolicy } from "../../policy/a-policy.ts";
import { policyChangesContract } from "../../policy/policy-changes-contract.ts";
import { callsOf, givenTables } from "./running-tables.ts";

async function open() {
  const tables = { ...(await givenTables()), defaults: { invoices: aPolicy() } };
  return {
    tables,
    policies: dynamoPolicies(tables),
    changes: dynamoPolicyChanges(tables),
    tokens: dynamoSignatureTokens(tables),
    history: () => dynamoCaseStore(tables).history(policyChainId("invoices")),
  };
}

policyChangesContract("DynamoDB", open);

it("reads the end of the chain first: what is read after it is what a step is decided on", async () => {
  const { changes, tables } = await open();
  const calls = callsOf(tables.client);
  await changes.standing("invoices");
  expect(calls.map(({ command }) => command)).toEqual(["QueryCommand", "GetItemCommand"]);
  for (const { input } of calls) expect(input).toContain('"ConsistentRead":true');
});
