import * as z from "zod";

const name = z.string().min(1);
/** Every environment variable a function may have, with its meaning given by who supplies it (infra) and who reads it (functions). */
const variables = {
  CASE_TABLE: name,
  LEDGER_TABLE: name,
  PEOPLE_TABLE: name,
  INTAKE_BUCKET: name,
  EVIDENCE_BUCKET: name,
  OUTCOME_BUCKET: name,
  EVENT_BUS: name,
  /** Heads of the ledger's chains, a day an object. */
  ANCHOR_BUCKET: name,
  /** Where outcomes are sent, or `notConfigured`. */
  WEBHOOK_URL: name,
  /** ARN of the secret that signs them, or `notConfigured`. */
  WEBHOOK_SECRET: name,
  /** Addresses of dead-letter queues and names of the functions that take what lies in them. */
  UNDELIVERED_DROPS_QUEUE: name,
  UNOPENED_DROPS_QUEUE: name,
  OPEN_CASE_FUNCTION: name,
  UNACCEPTED_OUTCOMES_QUEUE: name,
  SEND_WEBHOOKS_FUNCTION: name,
  CASE_MACHINE_ARN: name,
  POLICY_MACHINE_ARN: name,
  /** Pages a day that may be sent to text detection; a cap on cost. */
  DAILY_PAGE_CAP: z.coerce.number().int().positive(),
} as const;
/** Value of a variable whose feature the settings leave out: a function is deployed, and nothing calls it. */
export const notConfigured = "none";

type Variable = keyof typeof variables;

interface FunctionDeclaration {
  /** One line for the console. */
  readonly description: string;
  /** MiB. CPU grows with memory: readers get more. */
  readonly memoryMegabytes: number;
  readonly timeoutSeconds: number;
  readonly environment: readonly Variable[];
}

/** Every Lambda, declared once: infra builds them, the functions read their environment by it, a test asserts supplied = declared. */
export const functions = {
  "open-case": {
    description: "Registers a drop as a case and starts its execution",
    memoryMegabytes: 512,
    timeoutSeconds: 60,
    environment: ["CASE_TABLE", "LEDGER_TABLE", "INTAKE_BUCKET", "CASE_MACHINE_ARN", "EVENT_BUS"],
  },
  "read-document": {
    description: "Reads embedded data and text layer of a document",
    memoryMegabytes: 1769,
    timeoutSeconds: 120,
    environment: ["CASE_TABLE", "INTAKE_BUCKET", "EVIDENCE_BUCKET"],
  },
  "detect-page": {
    description: "Renders one page and has its text detected",
    memoryMegabytes: 1769,
    timeoutSeconds: 120,
    environment: ["CASE_TABLE", "INTAKE_BUCKET", "EVIDENCE_BUCKET", "DAILY_PAGE_CAP"],
  },
  "propose-invoice": {
    description: "Turns the text of an invoice into a proposal with findings and signals",
    memoryMegabytes: 1024,
    timeoutSeconds: 60,
    environment: ["CASE_TABLE", "EVIDENCE_BUCKET"],
  },
  "gate-proposal": {
    description: "Judges a proposal by the workflow's policy",
    memoryMegabytes: 512,
    timeoutSeconds: 30,
    environment: ["CASE_TABLE", "LEDGER_TABLE", "EVIDENCE_BUCKET"],
  },
  "render-pages": {
    description: "Renders page images for the reviewer",
    memoryMegabytes: 1769,
    timeoutSeconds: 300,
    environment: ["CASE_TABLE", "INTAKE_BUCKET", "EVIDENCE_BUCKET"],
  },
  "open-review": {
    description: "Stores a review with its task token and announces it",
    memoryMegabytes: 512,
    timeoutSeconds: 30,
    environment: ["CASE_TABLE", "LEDGER_TABLE", "EVENT_BUS"],
  },
  "deliver-outcome": {
    description: "Writes the outcome, announces it and closes the case",
    memoryMegabytes: 512,
    timeoutSeconds: 60,
    environment: ["CASE_TABLE", "LEDGER_TABLE", "EVIDENCE_BUCKET", "OUTCOME_BUCKET", "EVENT_BUS"],
  },
  "submit-case": {
    description: "POST /api/cases",
    memoryMegabytes: 512,
    timeoutSeconds: 15,
    environment: ["CASE_TABLE", "PEOPLE_TABLE", "INTAKE_BUCKET"],
  },
  "get-case": {
    description: "GET /api/cases/{caseId}",
    memoryMegabytes: 512,
    timeoutSeconds: 15,
    environment: ["CASE_TABLE", "LEDGER_TABLE", "PEOPLE_TABLE", "EVIDENCE_BUCKET"],
  },
  "get-page": {
    description: "GET /api/cases/{caseId}/pages/{page}",
    memoryMegabytes: 512,
    timeoutSeconds: 15,
    environment: ["CASE_TABLE", "PEOPLE_TABLE", "EVIDENCE_BUCKET"],
  },
  "list-reviews": {
    description: "GET /api/reviews",
    memoryMegabytes: 512,
    timeoutSeconds: 15,
    environment: ["CASE_TABLE", "PEOPLE_TABLE"],
  },
  "claim-review": {
    description: "POST /api/reviews/{reviewId}/claim",
    memoryMegabytes: 512,
    timeoutSeconds: 15,
    environment: ["CASE_TABLE", "LEDGER_TABLE", "PEOPLE_TABLE"],
  },
  "release-review": {
    description: "POST /api/reviews/{reviewId}/release",
    memoryMegabytes: 512,
    timeoutSeconds: 15,
    environment: ["CASE_TABLE", "LEDGER_TABLE", "PEOPLE_TABLE"],
  },
  "record-decision": {
    description: "POST /api/reviews/{reviewId}/decision",
    memoryMegabytes: 512,
    timeoutSeconds: 15,
    environment: ["CASE_TABLE", "LEDGER_TABLE", "PEOPLE_TABLE", "EVIDENCE_BUCKET"],
  },
  "get-me": {
    description: "GET /api/me",
    memoryMegabytes: 512,
    timeoutSeconds: 15,
    environment: ["PEOPLE_TABLE"],
  },
  "get-list": {
    description: "GET /api/workflows/{workflow}/lists/{list}",
    memoryMegabytes: 512,
    timeoutSeconds: 15,
    environment: ["PEOPLE_TABLE", "EVIDENCE_BUCKET"],
  },
  "put-list": {
    description: "POST /api/workflows/{workflow}/lists/{list}",
    memoryMegabytes: 512,
    timeoutSeconds: 15,
    environment: ["CASE_TABLE", "PEOPLE_TABLE", "EVIDENCE_BUCKET"],
  },
  "sweep-outbox": {
    description: "Each minute: wakes workflows whose decision was stored but not delivered",
    memoryMegabytes: 512,
    timeoutSeconds: 60,
    environment: ["CASE_TABLE"],
  },
  reconcile: {
    description: "Compares open cases with executions and opens a review for what died",
    memoryMegabytes: 512,
    timeoutSeconds: 300,
    environment: ["CASE_TABLE", "LEDGER_TABLE", "CASE_MACHINE_ARN"],
  },
  "assign-review": {
    description: "POST /api/reviews/{reviewId}/assign",
    memoryMegabytes: 512,
    timeoutSeconds: 15,
    environment: ["CASE_TABLE", "LEDGER_TABLE", "PEOPLE_TABLE"],
  },
  "attach-evidence": {
    description: "POST /api/reviews/{reviewId}/attachments",
    memoryMegabytes: 512,
    timeoutSeconds: 15,
    environment: ["CASE_TABLE", "PEOPLE_TABLE", "EVIDENCE_BUCKET"],
  },
  "get-attachment": {
    description: "GET /api/cases/{caseId}/attachments/{attachmentId}",
    memoryMegabytes: 512,
    timeoutSeconds: 15,
    environment: ["CASE_TABLE", "PEOPLE_TABLE", "EVIDENCE_BUCKET"],
  },
  "send-message": {
    description: "POST /api/cases/{caseId}/messages",
    memoryMegabytes: 512,
    timeoutSeconds: 15,
    environment: ["CASE_TABLE", "LEDGER_TABLE", "PEOPLE_TABLE"],
  },
  "withdraw-case": {
    description: "POST /api/cases/{caseId}/withdraw",
    memoryMegabytes: 512,
    timeoutSeconds: 15,
    environment: ["CASE_TABLE", "LEDGER_TABLE", "PEOPLE_TABLE"],
  },
  "reopen-case": {
    description: "POST /api/cases/{caseId}/reopen",
    memoryMegabytes: 512,
    timeoutSeconds: 15,
    environment: ["CASE_TABLE", "LEDGER_TABLE", "PEOPLE_TABLE", "CASE_MACHINE_ARN"],
  },
  "report-impact": {
    description: "POST /api/cases/{caseId}/impact",
    memoryMegabytes: 512,
    timeoutSeconds: 15,
    environment: ["CASE_TABLE", "LEDGER_TABLE", "PEOPLE_TABLE"],
  },
  "get-policy": {
    description: "GET /api/workflows/{workflow}/policy",
    memoryMegabytes: 512,
    timeoutSeconds: 15,
    environment: ["CASE_TABLE", "LEDGER_TABLE", "PEOPLE_TABLE"],
  },
  "get-policy-version": {
    description: "GET /api/workflows/{workflow}/policy/versions/{version}",
    memoryMegabytes: 512,
    timeoutSeconds: 15,
    environment: ["CASE_TABLE", "PEOPLE_TABLE"],
  },
  "propose-policy-change": {
    description: "POST /api/workflows/{workflow}/policy/changes",
    memoryMegabytes: 512,
    timeoutSeconds: 15,
    environment: ["CASE_TABLE", "LEDGER_TABLE", "PEOPLE_TABLE", "POLICY_MACHINE_ARN"],
  },
  "answer-policy-change": {
    description: "POST /api/workflows/{workflow}/policy/changes/{changeId}/answer",
    memoryMegabytes: 512,
    timeoutSeconds: 15,
    environment: ["CASE_TABLE", "LEDGER_TABLE", "PEOPLE_TABLE"],
  },
  "stop-workflow": {
    description: "POST /api/workflows/{workflow}/stop",
    memoryMegabytes: 512,
    timeoutSeconds: 15,
    environment: ["CASE_TABLE", "LEDGER_TABLE", "PEOPLE_TABLE", "POLICY_MACHINE_ARN"],
  },
  "await-signature": {
    description: "Stores the token of a policy change that waits for a second owner",
    memoryMegabytes: 512,
    timeoutSeconds: 30,
    environment: ["CASE_TABLE"],
  },
  "apply-policy-change": {
    description: "Ends a policy change that was signed, refused or left to expire, and announces it",
    memoryMegabytes: 512,
    timeoutSeconds: 30,
    environment: ["CASE_TABLE", "LEDGER_TABLE", "EVENT_BUS"],
  },
  "get-metrics": {
    description: "GET /api/workflows/{workflow}/metrics",
    memoryMegabytes: 1024,
    timeoutSeconds: 15,
    environment: ["CASE_TABLE", "PEOPLE_TABLE"],
  },
  "roll-up": {
    description: "Each hour: rolls the day's tally up into counters",
    memoryMegabytes: 1024,
    timeoutSeconds: 300,
    environment: ["CASE_TABLE"],
  },
  "list-people": {
    description: "GET /api/workflows/{workflow}/people",
    memoryMegabytes: 512,
    timeoutSeconds: 15,
    environment: ["PEOPLE_TABLE"],
  },
  "put-person": {
    description: "POST /api/workflows/{workflow}/people/{personId}",
    memoryMegabytes: 512,
    timeoutSeconds: 15,
    environment: ["CASE_TABLE", "LEDGER_TABLE", "PEOPLE_TABLE"],
  },
  "set-absence": {
    description: "POST /api/me/absence",
    memoryMegabytes: 512,
    timeoutSeconds: 15,
    environment: ["CASE_TABLE", "LEDGER_TABLE", "PEOPLE_TABLE"],
  },
  "anchor-ledger": {
    description: "Each day: writes the heads of all chains into the anchor bucket",
    memoryMegabytes: 1024,
    timeoutSeconds: 300,
    environment: ["LEDGER_TABLE", "ANCHOR_BUCKET"],
  },
  "send-webhooks": {
    description: "Sends outcomes to the webhook, again later where it fails",
    memoryMegabytes: 512,
    timeoutSeconds: 120,
    environment: ["CASE_TABLE", "OUTCOME_BUCKET", "WEBHOOK_URL", "WEBHOOK_SECRET"],
  },
  redrive: {
    description: "POST /api/redrive: starts again what failed",
    memoryMegabytes: 512,
    timeoutSeconds: 120,
    environment: [
      "CASE_TABLE",
      "LEDGER_TABLE",
      "PEOPLE_TABLE",
      "CASE_MACHINE_ARN",
      "UNDELIVERED_DROPS_QUEUE",
      "UNOPENED_DROPS_QUEUE",
      "OPEN_CASE_FUNCTION",
      "UNACCEPTED_OUTCOMES_QUEUE",
      "SEND_WEBHOOKS_FUNCTION",
    ],
  },
} as const satisfies Record<string, FunctionDeclaration>;
export type FunctionName = keyof typeof functions;

type VariablesOf<N extends FunctionName> = (typeof functions)[N]["environment"][number];
export type EnvironmentOf<N extends FunctionName> = { [V in VariablesOf<N>]: z.infer<(typeof variables)[V]> };

/** The schema of one function's environment. */
export function environmentSchema<N extends FunctionName>(functionName: N): z.ZodType<EnvironmentOf<N>> {
  const declared: readonly Variable[] = functions[functionName].environment;
  const shape = Object.fromEntries(declared.map((variable) => [variable, variables[variable]]));
  return z.object(shape) as unknown as z.ZodType<EnvironmentOf<N>>;
}
