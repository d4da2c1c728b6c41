import { busAnnouncer } from "../../shared/aws/announcer.ts";
import { dynamoDb, eventBridge } from "../../shared/aws/clients.ts";
import { dynamoCaseStore } from "../../shared/aws/dynamodb/case-store.ts";
import { dynamoInvoiceHistory } from "../../shared/aws/dynamodb/invoice-history.ts";
import { readEnvironment } from "../../shared/aws/environment.ts";
import { storedPolicies } from "../../shared/aws/policies.ts";
import { s3 } from "../../shared/aws/s3/client.ts";
import { s3Proposals } from "../../shared/aws/s3/evidence.ts";
import { s3Lists } from "../../shared/aws/s3/lists.ts";
import { s3Outcomes } from "../../shared/aws/s3/outcomes.ts";
import { learnFromOutcome } from "../../shared/workflows/invoices/learn-from-outcome.ts";
import { workflows } from "../../shared/workflows/registry.ts";
import { createHandler } from "./handler.ts";

const env = readEnvironment("deliver-outcome");
const client = s3();
const database = { client: dynamoDb(), caseTable: env.CASE_TABLE };
const evidence = { client, bucket: env.EVIDENCE_BUCKET };
const learning = { history: dynamoInvoiceHistory(database), lists: s3Lists(evidence) };

export const handler = createHandler({
  cases: dynamoCaseStore({ ...database, ledgerTable: env.LEDGER_TABLE }),
  policies: storedPolicies(database),
  proposals: s3Proposals(evidence),
  outcomes: s3Outcomes({ client, bucket: env.OUTCOME_BUCKET }),
  announcer: busAnnouncer({ client: eventBridge(), bus: env.EVENT_BUS }),
  workflows,
  learn: (outcome, proposal) => learnFromOutcome(outcome, proposal, learning),
  now: () => new Date(),
});
