import { dynamoDb } from "../../shared/aws/clients.ts";
import { dynamoCaseStore } from "../../shared/aws/dynamodb/case-store.ts";
import { dynamoOpenings } from "../../shared/aws/dynamodb/openings.ts";
import { dynamoPeople } from "../../shared/aws/dynamodb/people.ts";
import { readEnvironment } from "../../shared/aws/environment.ts";
import { storedPolicies } from "../../shared/aws/policies.ts";
import { s3 } from "../../shared/aws/s3/client.ts";
import { s3Proposals } from "../../shared/aws/s3/evidence.ts";
import { workflows } from "../../shared/workflows/registry.ts";
import { createHandler } from "./handler.ts";

const env = readEnvironment("get-case");
const client = dynamoDb();
const database = { client, caseTable: env.CASE_TABLE };

export const handler = createHandler({
  cases: dynamoCaseStore({ ...database, ledgerTable: env.LEDGER_TABLE }),
  openings: dynamoOpenings(database),
  policies: storedPolicies(database),
  people: dynamoPeople({ client, peopleTable: env.PEOPLE_TABLE }),
  proposals: s3Proposals({ client: s3(), bucket: env.EVIDENCE_BUCKET }),
  workflows,
  now: () => new Date(),
});
