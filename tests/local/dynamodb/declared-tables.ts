import { templateWith } from "../template/written-template.ts";

const string = (AttributeName: string) => ({ AttributeName, AttributeType: "S" });
const hash = (AttributeName: string) => ({ AttributeName, KeyType: "HASH" });
const range = (AttributeName: string) => ({ AttributeName, KeyType: "RANGE" });

/** `Signoff-Cases`: pk + sk, indexed by status and due time; `Signoff-Ledger`: pk only, items expire by `ttl`. */
export const casesAndLedger = () =>
  templateWith({
    Cases: {
      Type: "AWS::DynamoDB::Table",
      Properties: {
        KeySchema: [hash("pk"), range("sk")],
        AttributeDefinitions: [string("pk"), string("sk"), string("status"), string("dueAt")],
        BillingMode: "PAY_PER_REQUEST",
        GlobalSecondaryIndexes: [
          { IndexName: "byStatus", KeySchema: [hash("status"), range("dueAt")], Projection: { ProjectionType: "ALL" } },
          { IndexName: "keysByStatus", KeySchema: [hash("status")], Projection: { ProjectionType: "KEYS_ONLY" } },
        ],
      },
    },
    Ledger: {
      Type: "AWS::DynamoDB::GlobalTable",
      Properties: {
        KeySchema: [hash("pk")],
        AttributeDefinitions: [string("pk")],
        TimeToLiveSpecification: { AttributeName: "ttl", Enabled: true },
        Replicas: [{ Region: "us-east-1" }],
      },
    },
  });

export const cases = "Signoff-Cases";
export const ledger = "Signoff-Ledger";
