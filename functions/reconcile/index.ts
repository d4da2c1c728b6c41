import { dynamoDb, stepFunctions } from "../../shared/aws/clients.ts";
import { dynamoCaseStore } from "../../shared/aws/dynamodb/case-store.ts";
import { dynamoOpenCases } from "../../shared/aws/dynamodb/pending.ts";
import { readEnvironment } from "../../shared/aws/environment.ts";
import { sfnExecutions } from "../../shared/aws/executions.ts";
import { createHandler } from "./handler.ts";

const env = readEnvironment("reconcile");
const database = { client: dynamoDb(), caseTable: env.CASE_TABLE };

export const handler = createHandler({
  cases: dynamoCaseStore({ ...database, ledgerTable: env.LEDGER_TABLE }),
  openCases: dynamoOpenCases(database),
  executions: sfnExecutions({ client: stepFunctions(), caseMachineArn: env.CASE_MACHINE_ARN }),
  now: () => new Date(),
});
