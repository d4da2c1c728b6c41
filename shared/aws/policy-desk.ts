import type { Workflow } from "../contracts/identifiers.ts";
import { compilePolicy } from "../policy/compile.ts";
import type { Vocabulary } from "../policy/vocabulary.ts";
import { defaultPolicies, workflows } from "../workflows/registry.ts";
import { dynamoDb } from "./clients.ts";
import { dynamoGrades } from "./dynamodb/grades.ts";
import { dynamoIdempotency } from "./dynamodb/idempotency.ts";
import { dynamoPeople } from "./dynamodb/people.ts";
import { dynamoPolicies } from "./dynamodb/policies.ts";
import { dynamoPolicyChanges } from "./dynamodb/policy-changes.ts";

interface DeskEnvironment {
  readonly CASE_TABLE: string;
  readonly LEDGER_TABLE: string;
  readonly PEOPLE_TABLE: string;
}

const vocabularies: Readonly<Record<Workflow, Vocabulary>> = { invoices: workflows.invoices.vocabulary };

/** What the routes that show or change a policy have in common. */
export function policyDeskPorts(env: DeskEnvironment) {
  const client = dynamoDb();
  const database = { client, caseTable: env.CASE_TABLE, defaults: defaultPolicies };
  return {
    client,
    vocabularies,
    people: dynamoPeople({ client, peopleTable: env.PEOPLE_TABLE }),
    policies: dynamoPolicies(database),
    changes: dynamoPolicyChanges({ ...database, ledgerTable: env.LEDGER_TABLE }),
    grades: dynamoGrades(database),
    idempotency: dynamoIdempotency(database),
    /** Each proposed document anew: what somebody sends is not kept. */
    compile: (workflow: Workflow, document: unknown) => compilePolicy(document, vocabularies[workflow]),
    now: () => new Date(),
  };
}
