import { busAnnouncer } from "../../shared/aws/announcer.ts";
import { dynamoDb, eventBridge } from "../../shared/aws/clients.ts";
import { dynamoCaseStore } from "../../shared/aws/dynamodb/case-store.ts";
import { readEnvironment } from "../../shared/aws/environment.ts";
import { createHandler } from "./handler.ts";

const env = readEnvironment("open-review");

export const handler = createHandler({
  cases: dynamoCaseStore({ client: dynamoDb(), caseTable: env.CASE_TABLE, ledgerTable: env.LEDGER_TABLE }),
  announcer: busAnnouncer({ client: eventBridge(), bus: env.EVENT_BUS }),
  now: () => new Date(),
});
