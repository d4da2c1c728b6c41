import { dynamoDb } from "../../shared/aws/clients.ts";
import { dynamoPeople } from "../../shared/aws/dynamodb/people.ts";
import { dynamoPolicies } from "../../shared/aws/dynamodb/policies.ts";
import { readEnvironment } from "../../shared/aws/environment.ts";
import { defaultPolicies } from "../../shared/workflows/registry.ts";
import { createHandler } from "./handler.ts";

const env = readEnvironment("get-policy-version");
const client = dynamoDb();

export const handler = createHandler({
  people: dynamoPeople({ client, peopleTable: env.PEOPLE_TABLE }),
  policies: dynamoPolicies({ client, caseTable: env.CASE_TABLE, defaults: defaultPolicies }),
  now: () => new Date(),
});
