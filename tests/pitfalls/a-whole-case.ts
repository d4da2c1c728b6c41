import { createHandler as deliverOutcome } from "../../functions/deliver-outcome/handler.ts";
import { createHandler as gateProposal } from "../../functions/gate-proposal/handler.ts";
import { createHandler as openReview } from "../../functions/open-review/handler.ts";
import { createHandler as recordDecision } from "../../functions/record-decision/handler.ts";
import type { CaseRecord, OutboxRow } from "../../shared/case/case-record.ts";
import type { Decision } from "../../shared/contracts/decision.ts";
import type { Policy } from "../../shared/contracts/policy.ts";
import { createCompiler } from "../../shared/policy/compile-once.ts";
import { invoices } from "../../shared/workflows/invoices/workflow.ts";
import { aContext, anEvent, inMemoryIdempotency, read } from "../shared/aws/http/an-event.ts";
import { caseId, later } from "../shared/case/builders.ts";
import { inMemoryAnnouncer, inMemoryOutcomes } from "../shared/case/in-memory-ports.ts";
import { house } from "../shared/review/a-handoff.ts";
import { aDesk } from "../shared/review/desk.ts";
import { run } from "../statemachines/running.ts";

interface Given {
  /** Changes to a policy under which `aProposal` passes alone. */
  readonly policy?: Partial<Policy>;
  /** In place of a function, by its noun: `ProposeInvoice`. */
  readonly functions?: Parameters<typeof run>[0];
  readonly announcer?: ReturnType<typeof inMemoryAnnouncer>;
}

/**
 * One case from gate to outcome: the machines as they deploy, on the local interpreter, with the real handlers of gate, review
 * desk and delivery behind them. Its documents, tables and people are in memory.
 */
export async function aWholeCase({ policy = {}, functions = {}, announcer = inMemoryAnnouncer() }: Given = {}) {
  const empty = aDesk({
    people: house,
    reviews: [],
    record: { status: "opened", rounds: 0, disposition: null },
    policy: { triggers: [], evidence: [], audit: { share: 0, hold: false }, ...policy },
  });
  const desk = { ...empty, announcer };
  const outcomes = inMemoryOutcomes();
  const gate = {
    ...desk,
    compile: createCompiler({ invoices: invoices.vocabulary }),
    draw: () => ({ pilot: 0.999, audit: 0.999, blind: 0.999 }),
  };
  const machines = await run({
    ReadDocument: () => ({ pagesToDetect: [] }),
    ProposeInvoice: () => null,
    RenderPages: () => ({ pages: 1 }),
    GateProposal: (payload: unknown) => gateProposal(gate)(payload, aContext),
    OpenReview: (payload: unknown) => openReview(desk)(payload, aContext),
    DeliverOutcome: (payload: unknown) =>
      deliverOutcome({ ...desk, outcomes, learn: async () => undefined })(payload, aContext),
    ...functions,
  });
  const resumer = {
    wake: async (row: OutboxRow) => {
      const output = JSON.stringify(row.wakeUp);
      await machines.bench.call("SendTaskSuccess", { taskToken: row.taskToken, output });
      await desk.cases.remove(row);
      await machines.bench.states.settled();
    },
  };
  const decide = recordDecision({ ...desk, resumer, idempotency: inMemoryIdempotency() });
  const input = { caseId, workflow: "invoices", enterAt: "automate", round: 1, routing: null };
  const execution = await machines.bench.start("case", input, caseId);
  const waiting = async () => (await desk.cases.reviewsOf(caseId)).findLast(({ status }) => status === "waiting");
  return {
    ...desk,
    machines,
    waiting,
    execution: async () => (await machines.result(execution)).status,
    record: async (): Promise<CaseRecord | null> => desk.cases.find(caseId),
    delivered: () => [...outcomes.objects.values()].flat().map((text): unknown => JSON.parse(text)),
    /** Turns the machines' clock, and the functions' with it. */
    turn: async (seconds: number) => {
      desk.clock.now = later(seconds, desk.clock.now);
      await machines.turn(seconds);
    },
    /** Somebody answers the review that waits, through the route. */
    answer: async (personId: string, decision: Decision) => {
      const { reviewId = "" } = (await waiting()) ?? {};
      const event = anEvent({
        pathParameters: { reviewId },
        claims: { sub: personId },
        body: JSON.stringify(decision),
      });
      return read(await decide(event, aContext));
    },
  };
}
