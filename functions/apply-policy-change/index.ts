import { busAnnouncer } from "../../shared/aws/announcer.ts";
import { dynamoDb, eventBridge } from "../../shared/aws/clients.ts";
import { dynamoPolicyChanges } from "../../shared/aws/dynamodb/policy-changes.ts";
import { readEnvironment } from "../../shared/aws/environment.ts";
import { defaultPolicies } from "../../shared/workflows/registry.ts";
import { createHandler } from "./handler.ts";

const env = readEnvironment("apply-policy-change");

export const handler = createHandler({
  changes: dynamoPolicyChanges({
    client: dynamoDb(),
    caseTable: env.CASE_TABLE,
    ledgerTable: env.LEDGER_TABLE,
    defaults: defaultPolicies,
  }),
  announcer: busAnnouncer({ client: eventBridge(), bus: env.EVENT_BUS }),
  now: () => new Date(),
});
