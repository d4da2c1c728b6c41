import { type DynamoDBClient, PutItemCommand } from "@aws-sdk/client-dynamodb";
import { currentItem, versionItem } from "../../shared/aws/dynamodb/policy-rows.ts";
import type { Policy } from "../../shared/contracts/policy.ts";
import { invoices } from "../../shared/workflows/invoices/workflow.ts";

/** Nothing is drawn for an audit or a blind review: what a test drops goes where its rules send it, every time. */
export const nothingDrawn: Partial<Policy> = { audit: { share: 0, hold: false } };

/** Puts a policy in force as its owners would have: the one that ships, with these changes, in a version of its own. */
export async function policyInForce(
  dynamoDb: DynamoDBClient,
  caseTable: string,
  changes: Partial<Policy>,
): Promise<Policy> {
  const policy: Policy = { ...invoices.policy, version: invoices.policy.version + 1, ...changes };
  for (const Item of [versionItem(policy), currentItem(policy, new Date(0).toISOString())])
    await dynamoDb.send(new PutItemCommand({ TableName: caseTable, Item }));
  return policy;
}

/**
 * Puts one policy after another in force: nothing is drawn but what it says, and each has a version of its own, with room for
 * those that owners make meanwhile. Cases keep the one they were gated with.
 */
export function policiesInTurn(dynamoDb: DynamoDBClient, caseTable: string) {
  let { version } = invoices.policy;
  return (changes: Partial<Policy>): Promise<Policy> => {
    version += 10;
    return policyInForce(dynamoDb, caseTable, { ...nothingDrawn, ...changes, version });
  };
}
