import type { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { defaultPolicies } from "../workflows/registry.ts";
import { dynamoPolicies } from "./dynamodb/policies.ts";

/** Every workflow's policies as they are stored, with the documents beside the workflows until an owner changed them. */
export const storedPolicies = (database: { client: DynamoDBClient; caseTable: string }) =>
  dynamoPolicies({ ...database, defaults: defaultPolicies });
