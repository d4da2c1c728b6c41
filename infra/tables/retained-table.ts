import { RemovalPolicy } from "aws-cdk-lib";
import { type Attribute, AttributeType, BillingMode, Table, TableEncryption } from "aws-cdk-lib/aws-dynamodb";
import type { Construct } from "constructs";

export interface RetainedTableProps {
  readonly partitionKey: Attribute;
  readonly sortKey: Attribute;
  /** Attribute with the second (Unix time) after which an item may disappear. @default - items stay */
  readonly timeToLiveAttribute?: string;
}

/** A table as this house keeps them: on demand, restorable to any second of the last 35 days, protected from deletion. */
export function retainedTable(scope: Construct, props: RetainedTableProps): Table {
  return new Table(scope, "Default", {
    ...props,
    billingMode: BillingMode.PAY_PER_REQUEST,
    encryption: TableEncryption.DEFAULT,
    pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
    deletionProtection: true,
    removalPolicy: RemovalPolicy.RETAIN,
  });
}

export const text = (name: string): Attribute => ({ name, type: AttributeType.STRING });
export const number = (name: string): Attribute => ({ name, type: AttributeType.NUMBER });
