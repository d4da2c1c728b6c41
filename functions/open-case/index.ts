import { busAnnouncer } from "../../shared/aws/announcer.ts";
import { dynamoDb, eventBridge, stepFunctions } from "../../shared/aws/clients.ts";
import { dynamoCaseStore } from "../../shared/aws/dynamodb/case-store.ts";
import { dynamoSubmissions } from "../../shared/aws/dynamodb/submissions.ts";
import { readEnvironment } from "../../shared/aws/environment.ts";
import { sfnExecutions } from "../../shared/aws/executions.ts";
import { s3 } from "../../shared/aws/s3/client.ts";
import { s3IntakeMetadata } from "../../shared/aws/s3/intake.ts";
import { createHandler } from "./handler.ts";

const env = readEnvironment("open-case");
const client = dynamoDb();

export const handler = createHandler({
  cases: dynamoCaseStore({ client, caseTable: env.CASE_TABLE, ledgerTable: env.LEDGER_TABLE }),
  submissions: dynamoSubmissions({ client, caseTable: env.CASE_TABLE }),
  intake: s3IntakeMetadata({ client: s3(), bucket: env.INTAKE_BUCKET }),
  executions: sfnExecutions({ client: stepFunctions(), caseMachineArn: env.CASE_MACHINE_ARN }),
  announcer: busAnnouncer({ client: eventBridge(), bus: env.EVENT_BUS }),
  now: () => new Date(),
});
