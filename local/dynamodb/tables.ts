import createTableRules from "dynalite/validations/createTable.js";
import validations from "dynalite/validations/index.js";
import * as z from "zod";
import { region } from "../template/physical-name.ts";
import type { Template, TemplateResource } from "../template/template.ts";
import { NotImitatedError } from "../wire/aws-error.ts";
import { answer } from "./rules.ts";

const keySchema = z.array(z.object({ AttributeName: z.string(), KeyType: z.enum(["HASH", "RANGE"]) }));

const index = z.object({
  IndexName: z.string(),
  KeySchema: keySchema,
  Projection: z.object({ ProjectionType: z.string(), NonKeyAttributes: z.array(z.string()).optional() }),
});

const properties = z.object({
  AttributeDefinitions: z.array(z.object({ AttributeName: z.string(), AttributeType: z.enum(["S", "N", "B"]) })),
  KeySchema: keySchema,
  GlobalSecondaryIndexes: z.array(index).optional(),
  LocalSecondaryIndexes: z.array(index).optional(),
  StreamSpecification: z.unknown().optional(),
  Replicas: z.array(z.object({ Region: z.string() })).optional(),
  TimeToLiveSpecification: z
    .object({ AttributeName: z.string().optional(), Enabled: z.union([z.boolean(), z.string()]) })
    .optional(),
});

export type Index = z.infer<typeof index>;

/** A table as DescribeTable shows it, and as dynalite's rules want to see it. */
export interface Table {
  readonly TableName: string;
  readonly TableArn: string;
  readonly TableStatus: "ACTIVE";
  readonly AttributeDefinitions: z.infer<typeof properties>["AttributeDefinitions"];
  readonly KeySchema: z.infer<typeof keySchema>;
  readonly GlobalSecondaryIndexes?: readonly Index[];
  readonly LocalSecondaryIndexes?: readonly Index[];
}

export interface DeclaredTable {
  readonly table: Table;
  /** Attribute that holds when an item expires, in seconds since 1970; undefined where items live for ever. */
  readonly timeToLiveAttribute: string | undefined;
}

/** Every table of the template. @throws {NotImitatedError} for streams and replicas; {AwsError} for a schema that AWS would refuse. */
export function declaredTables(template: Template): readonly DeclaredTable[] {
  return [...template.ofType("AWS::DynamoDB::Table"), ...template.ofType("AWS::DynamoDB::GlobalTable")].map(
    declaredTable,
  );
}

function declaredTable(resource: TemplateResource): DeclaredTable {
  const declared = properties.parse(resource.properties);
  if (declared.StreamSpecification !== undefined)
    throw new NotImitatedError(`the stream of table ${resource.logicalId}`);
  if (declared.Replicas?.some((replica) => replica.Region !== region)) {
    throw new NotImitatedError(`the replicas of table ${resource.logicalId} outside ${region}`);
  }
  const { AttributeDefinitions, KeySchema, GlobalSecondaryIndexes, LocalSecondaryIndexes, TimeToLiveSpecification } =
    declared;
  const indexes = {
    ...(GlobalSecondaryIndexes ? { GlobalSecondaryIndexes } : {}),
    ...(LocalSecondaryIndexes ? { LocalSecondaryIndexes } : {}),
  };
  const schema = { TableName: resource.ref, AttributeDefinitions, KeySchema, ...indexes };
  const request = validations.checkTypes(
    structuredClone({ ...schema, BillingMode: "PAY_PER_REQUEST" }),
    createTableRules.types,
  );
  answer(() => validations.checkValidations(request, createTableRules.types, createTableRules.custom, {}));
  const expires = TimeToLiveSpecification !== undefined && String(TimeToLiveSpecification.Enabled) === "true";
  return {
    table: { ...schema, TableArn: resource.attribute("Arn"), TableStatus: "ACTIVE" },
    timeToLiveAttribute: expires ? TimeToLiveSpecification.AttributeName : undefined,
  };
}

export function indexesOf({ GlobalSecondaryIndexes = [], LocalSecondaryIndexes = [] }: Table): readonly Index[] {
  return [...GlobalSecondaryIndexes, ...LocalSecondaryIndexes];
}
