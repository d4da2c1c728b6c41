import type { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { givenDynamoDB } from "../../../local/dynamodb/running-dynamodb.ts";
import { templateWith } from "../../../local/template/written-template.ts";

const attribute = (AttributeName: string, AttributeType: "S" | "N" = "S") => ({ AttributeName, AttributeType });
const keys = (partition: string, sort: string) => [
  { AttributeName: partition, KeyType: "HASH" },
  { AttributeName: sort, KeyType: "RANGE" },
];

/** The three tables as infra/tables declares them. */
const template = () =>
  templateWith({
    Cases: {
      Type: "AWS::DynamoDB::Table",
      Properties: {
        KeySchema: keys("pk", "sk"),
        AttributeDefinitions: ["pk", "sk", "queueKey", "queueOrder", "pendingKey", "pendingSince"].map((name) =>
          attribute(name),
        ),
        BillingMode: "PAY_PER_REQUEST",
        TimeToLiveSpecification: { AttributeName: "expiresAt", Enabled: true },
        GlobalSecondaryIndexes: [
          {
            IndexName: "reviews",
            KeySchema: keys("queueKey", "queueOrder"),
            Projection: { ProjectionType: "ALL" },
          },
          {
            IndexName: "pending",
            KeySchema: keys("pendingKey", "pendingSince"),
            Projection: {
              ProjectionType: "INCLUDE",
              NonKeyAttributes: ["caseId", "reviewId", "taskToken", "wakeUp", "since"],
            },
          },
        ],
      },
    },
    Ledger: {
      Type: "AWS::DynamoDB::Table",
      Properties: {
        KeySchema: keys("caseId", "sequence"),
        AttributeDefinitions: [attribute("caseId"), attribute("sequence", "N"), attribute("movedKey")],
        BillingMode: "PAY_PER_REQUEST",
        GlobalSecondaryIndexes: [
          {
            IndexName: "moved",
            KeySchema: keys("movedKey", "caseId"),
            Projection: { ProjectionType: "INCLUDE", NonKeyAttributes: ["hash"] },
          },
        ],
      },
    },
    People: {
      Type: "AWS::DynamoDB::Table",
      Properties: {
        KeySchema: keys("personId", "workflow"),
        AttributeDefinitions: [attribute("personId"), attribute("workflow")],
        BillingMode: "PAY_PER_REQUEST",
        GlobalSecondaryIndexes: [
          { IndexName: "members", KeySchema: keys("workflow", "personId"), Projection: { ProjectionType: "ALL" } },
        ],
      },
    },
  });

/** The tables behind the unchanged SDK client, on the one-machine stand-in. Gone with the test. */
export async function givenTables() {
  const { client } = await givenDynamoDB({ template: template() });
  return { client, caseTable: "Signoff-Cases", ledgerTable: "Signoff-Ledger", peopleTable: "Signoff-People" };
}

/** What the client is asked from now on: the command's name with its input as JSON. */
export function callsOf(client: DynamoDBClient): { command: string; input: string }[] {
  const calls: { command: string; input: string }[] = [];
  client.middlewareStack.add(
    (next, { commandName }) =>
      (args) => {
        calls.push({ command: String(commandName), input: JSON.stringify(args.input) });
        return next(args);
      },
    { step: "initialize" },
  );
  return calls;
}
