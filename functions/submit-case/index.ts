import { dynamoDb } from "../../shared/aws/clients.ts";
import { dynamoCaseStore } from "../../shared/aws/dynamodb/case-store.ts";
import { dynamoIdempotency } from "../../shared/aws/dynamodb/idempotency.ts";
import { dynamoPeople } from "../../shared/aws/dynamodb/people.ts";
import { dynamoSubmissions } from "../../shared/aws/dynamodb/submissions.ts";
import { readEnvironment } from "../../shared/aws/environment.ts";
import { s3 } from "../../shared/aws/s3/client.ts";
import { s3Uploads } from "../../shared/aws/s3/intake.ts";
import { createHandler } from "./handler.ts";

const env = readEnvironment("submit-case");
const client = dynamoDb();

export const handler = createHandler({
  cases: dynamoCaseStore({ client, caseTable: env.CASE_TABLE }),
  people: dynamoPeople({ client, peopleTable: env.PEOPLE_TABLE }),
  submissions: dynamoSubmissions({ client, caseTable: env.CASE_TABLE }),
  idempotency: dynamoIdempotency({ client, caseTable: env.CASE_TABLE }),
  uploads: s3Uploads({ client: s3(), bucket: env.INTAKE_BUCKET }),
  now: () => new Date(),
});
