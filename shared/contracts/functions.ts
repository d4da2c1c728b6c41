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
  CASE_MACHINE_ARN: name,
  /** Pages a day that may be sent to text detection; a cap on cost. */
  DAILY_PAGE_CAP: z.coerce.number().int().positive(),
} as const;
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
    environment: ["CASE_TABLE", "LEDGER_TABLE", "PEOPLE_TABLE"],
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
