import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { caseRecord, outboxRow, reviewRecord } from "../../shared/case/case-record.ts";
import type { Decision } from "../../shared/contracts/decision.ts";
import { caseInput, openReviewInput } from "../../shared/contracts/payloads.ts";
import { ledgerEvent } from "../../shared/ledger/event.ts";
import { deliverOutcome } from "../../shared/outcome/deliver-outcome.ts";
import { openReview } from "../../shared/review/open-review.ts";
import { recordDecision } from "../../shared/review/record-decision.ts";
import { sweepOutbox } from "../../shared/review/resume.ts";
import { aProposal, aReviewDisposition, caseId } from "../shared/case/builders.ts";
import { inMemoryOutcomes, inMemoryProposals } from "../shared/case/in-memory-ports.ts";
import { house } from "../shared/review/a-handoff.ts";
import { aDesk } from "../shared/review/desk.ts";
import { machineNames, readDefinition } from "../statemachines/definitions.ts";
import { run } from "../statemachines/running.ts";
import rows from "./version-1/rows.json" with { type: "json" };

/** Definitions as they were deployed with version 1 of the payloads; what came later did not exist. */
const asOfVersion1 = (name: string): string => {
  try {
    return readFileSync(join(import.meta.dirname, "version-1", `${name}.asl.json`), "utf8");
  } catch {
    return readDefinition(name);
  }
};

const routing = {
  queue: "invoices",
  priority: 0,
  ladder: [
    { role: "reviewer", dueSeconds: 3_600 },
    { role: "expert", dueSeconds: 7_200 },
  ],
};

/** A case that paused under version 1's machines, with today's rules behind every Lambda and people who answer today. */
async function pausedUnderVersion1(given: Parameters<typeof aDesk>[0] = {}) {
  const desk = aDesk({ people: house, ...given, reviews: [], record: { rounds: 0, ...given.record } });
  const outcomes = inMemoryOutcomes();
  const delivery = {
    ...desk,
    outcomes,
    proposals: inMemoryProposals({ [caseId]: aProposal() }),
    learn: async () => {},
  };
  const machines = await run(
    {
      RenderPages: () => ({ pages: 1 }),
      OpenReview: (payload: unknown) => openReview(openReviewInput.parse(payload), desk),
      DeliverOutcome: () => deliverOutcome(caseId, delivery),
    },
    asOfVersion1,
  );
  const wake = async (taskToken: string, output: unknown): Promise<"woken" | "gone"> => {
    const answer = await machines.bench.call("SendTaskSuccess", { taskToken, output: JSON.stringify(output) }).then(
      () => "woken" as const,
      () => "gone" as const,
    );
    await machines.bench.states.settled();
    return answer;
  };
  const resumer = {
    wake: async (row: Parameters<typeof desk.resumer.wake>[0]) => {
      await wake(row.taskToken, row.wakeUp);
      await desk.cases.remove(row);
    },
  };
  const execution = await machines.bench.start(
    "case",
    { caseId, workflow: "invoices", enterAt: "review", round: 1, routing },
    caseId,
  );
  return {
    ...desk,
    machines,
    delivered: () => [...outcomes.objects.values()].flat().map((text): unknown => JSON.parse(text)),
    status: async () => (await machines.result(execution)).status,
    sweep: () => sweepOutbox({ outbox: desk.cases, resumer }),
    answer: async (personId: string, decision: Decision) => {
      const reviews = await desk.cases.reviewsOf(caseId);
      const waiting = reviews.findLast(({ status }) => status === "waiting");
      return recordDecision(waiting?.reviewId ?? "", personId, decision, { ...desk, resumer });
    },
    waiting: async () => (await desk.cases.reviewsOf(caseId)).findLast(({ status }) => status === "waiting"),
  };
}

const approve: Decision = { action: "approve" };

describe("a case that paused before the deployment", () => {
  it("is decided and delivered through today's functions", async () => {
    const paused = await pausedUnderVersion1();
    await paused.answer("rita", approve);
    expect(await paused.status()).toBe("SUCCEEDED");
    expect(paused.delivered()).toMatchObject([{ outcomeId: `${caseId}-o1`, decidedBy: { name: "Rita" } }]);
  });

  it("climbs its ladder, and is escalated, as it would have been", async () => {
    const paused = await pausedUnderVersion1();
    await paused.machines.turn(3_600);
    expect(await paused.waiting()).toMatchObject({ role: "expert", cause: "time-out" });
    await paused.answer("eva", { action: "escalate", note: "?" });
    expect(await paused.waiting()).toMatchObject({ cause: "escalation", question: { by: "eva" } });
    await paused.answer("emil", approve);
    expect(await paused.status()).toBe("SUCCEEDED");
  });

  it("has a second pair of eyes, an adjudication and a question to the sender, which its machine knows nothing of", async () => {
    const paused = await pausedUnderVersion1({ record: { disposition: aReviewDisposition({ fourEyes: true }) } });
    await paused.answer("rita", { action: "ask", note: "Page two?" });
    expect(await paused.waiting()).toMatchObject({ cause: "question" });
    // Its machine waits only as long as its own ladder says: then whoever asked goes on.
    await paused.machines.turn(7_200);
    expect(await paused.waiting()).toMatchObject({ cause: "sender" });
    await paused.answer((await paused.waiting())?.role === "expert" ? "eva" : "rita", approve);
    expect(await paused.waiting()).toMatchObject({ cause: "second-look" });
    await paused.answer("olga", { action: "reject", note: "Paid twice." });
    expect(await paused.waiting()).toMatchObject({ cause: "adjudication", role: "expert" });
    await paused.answer("emil", approve);
    expect(await paused.status()).toBe("SUCCEEDED");
    expect(paused.delivered()).toHaveLength(1);
    await paused.sweep();
    expect(paused.cases.wakeUps).toEqual([]);
  });
});

describe("what version 1 has stored", () => {
  it.each([
    ["a case", caseRecord, rows.case],
    ["a review", reviewRecord, rows.review],
    ["a wake-up", outboxRow, rows.outbox],
    ["a ledger event", ledgerEvent, rows.ledgerEvent],
    ["the input of a case", caseInput, rows.caseInput],
    ["the input of open-review", openReviewInput, rows.openReviewInput],
  ] as const)("is understood: %s", (_, schema, row) => {
    expect(schema.parse(row)).toMatchObject(row);
  });

  it("includes every machine that waits for people", () => {
    expect(machineNames).toEqual(expect.arrayContaining(["case", "review"]));
  });
});
