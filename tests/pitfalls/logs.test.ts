import { expect, it, onTestFinished, vi } from "vitest";
import { createHandler as deliverOutcome } from "../../functions/deliver-outcome/handler.ts";
import { createHandler as gateProposal } from "../../functions/gate-proposal/handler.ts";
import { createHandler as getPage } from "../../functions/get-page/handler.ts";
import { createHandler as openCase } from "../../functions/open-case/handler.ts";
import { createHandler as openReview } from "../../functions/open-review/handler.ts";
import { createHandler as readDocument } from "../../functions/read-document/handler.ts";
import { createHandler as recordDecision } from "../../functions/record-decision/handler.ts";
import { createHandler as submitCase } from "../../functions/submit-case/handler.ts";
import { dynamoDb } from "../../shared/aws/clients.ts";
import { logger } from "../../shared/aws/observation.ts";
import { waker } from "../../shared/aws/wake.ts";
import { createCompiler } from "../../shared/policy/compile-once.ts";
import { invoices } from "../../shared/workflows/invoices/workflow.ts";
import { aContext, anEvent, inMemoryIdempotency } from "../shared/aws/http/an-event.ts";
import { anOpening, caseId, reviewId } from "../shared/case/builders.ts";
import { inMemoryExecutions, inMemorySubmissions, intakeWith } from "../shared/case/in-memory-ports.ts";
import { aDesk } from "../shared/review/desk.ts";

const secrets = {
  documentText: "Brandt GmbH owes 4711.00",
  note: "The supplier called from 0171",
  taskToken: "AQCkAAAAKgAAAAMAAAAA",
  signature: "X-Amz-Signature=0123456789abcdef",
  fileName: "Miller-divorce.pdf",
};
/** An error as libraries throw it: its message and its stack quote what was at hand. */
const quoting = (name: string) => Object.assign(new Error(Object.values(secrets).join("\n    at ")), { name });

/** All that is written while the test runs, at the chattiest level there is. */
function written(): readonly string[] {
  const lines: string[] = [];
  const level = logger.getLevelName();
  logger.setLogLevel("TRACE");
  const spies = (["log", "debug", "info", "warn", "error", "trace"] as const).map((method) =>
    vi.spyOn(console, method).mockImplementation((...line) => void lines.push(line.map(String).join(" "))),
  );
  const streams = [process.stdout, process.stderr].map((stream) =>
    vi.spyOn(stream, "write").mockImplementation((chunk) => lines.push(String(chunk)) > 0),
  );
  onTestFinished(() => {
    logger.setLogLevel(level);
    for (const spy of [...spies, ...streams]) spy.mockRestore();
  });
  return lines;
}

it("pitfall 16: no log line holds document text, a note, a token or a presigned address, neither when it goes well nor when anything fails", async () => {
  const lines = written();
  const desk = aDesk({ record: { pages: 1, fileName: secrets.fileName }, reviews: [] });
  const idempotency = inMemoryIdempotency();
  const address = `https://evidence/1?${secrets.signature}`;
  const failing = async (): Promise<never> => {
    throw quoting("SomethingNewError");
  };
  const post = (body: unknown, key: string) =>
    anEvent({ pathParameters: { reviewId }, body: JSON.stringify(body), headers: { "idempotency-key": key } });
  const page = anEvent({ method: "GET", headers: {}, pathParameters: { caseId, page: "1" } });
  const drop = {
    bucket: { name: "intake" },
    object: { key: `invoices/${secrets.fileName}`, size: 9, "version-id": "v", etag: "e" },
  };
  const opening = { cases: desk.cases, intake: intakeWith(), submissions: inMemorySubmissions(), now: desk.now };
  const { wakeFailed } = waker({ client: dynamoDb(), caseTable: "cases" });
  const submission = { workflow: "invoices", fileName: secrets.fileName, sizeBytes: 9 };
  const draw = () => {
    throw quoting("SomethingNewError");
  };
  const gate = { ...desk, compile: createCompiler({ invoices: invoices.vocabulary }), draw };

  const well = [
    openReview(desk)(anOpening({ taskToken: secrets.taskToken }), aContext),
    openCase({ ...opening, executions: inMemoryExecutions(), announcer: desk.announcer })({ detail: drop }, aContext),
    getPage({ ...desk, images: { address: async () => address } })(page, aContext),
    submitCase({
      ...opening,
      people: desk.people,
      idempotency,
      uploads: { presign: async () => ({ url: address, headers: {} }) },
    })(anEvent({ body: JSON.stringify(submission) }), aContext),
  ];
  await Promise.all(well);
  const ports = { ...desk, idempotency, resumer: { wake: failing }, wakeFailed };
  await recordDecision(ports)(post({ action: "reject", note: secrets.note }, "an-answer"), aContext);
  const failures = [
    getPage({ ...desk, images: { address: failing } })(page, aContext),
    readDocument({ cases: desk.cases, documents: { read: failing }, readings: { save: failing } })(
      { caseId },
      aContext,
    ),
    gateProposal(gate)({ caseId, failure: null }, aContext),
    gateProposal(gate)({ caseId: secrets.documentText }, aContext),
    openReview({ ...desk, cases: { ...desk.cases, find: failing } })(
      anOpening({ taskToken: secrets.taskToken }),
      aContext,
    ),
    openCase({ ...opening, executions: inMemoryExecutions(), announcer: { announce: failing } })(
      { detail: drop },
      aContext,
    ),
    deliverOutcome({ ...desk, outcomes: { put: failing }, learn: failing })({ caseId }, aContext),
    recordDecision({ ...ports, proposals: { find: failing } })(
      post({ action: "reject", note: secrets.note }, "another"),
      aContext,
    ),
  ];
  await Promise.allSettled(failures);

  const all = lines.join("\n");
  expect(lines.filter((line) => /SomethingNewError|ZodError/.test(line))).toHaveLength(failures.length);
  for (const secret of Object.values(secrets)) expect(all).not.toContain(secret);
});
