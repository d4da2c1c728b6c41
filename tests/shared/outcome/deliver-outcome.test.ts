import { describe, expect, it } from "vitest";
import type { DecisionRecord } from "../../../shared/contracts/decision.ts";
import { outcome as outcomeSchema } from "../../../shared/contracts/outcome.ts";
import { deliverOutcome } from "../../../shared/outcome/deliver-outcome.ts";
import { CaseUndecidedError, decidedEffect, outcomeOf } from "../../../shared/outcome/outcome-of.ts";
import { invoices } from "../../../shared/workflows/invoices/workflow.ts";
import {
  aCase,
  aDecision,
  aFinding,
  aPass,
  aProposal,
  aReviewDisposition,
  caseId,
  later,
  noon,
  threeRungs,
} from "../case/builders.ts";
import { inMemoryCases } from "../case/in-memory-cases.ts";
import { inMemoryAnnouncer, inMemoryOutcomes, inMemoryProposals } from "../case/in-memory-ports.ts";
import { inMemoryPolicies } from "../policy/in-memory-policies.ts";

const passed = aCase({ status: "decided", disposition: aPass(), reference: "PO-7", submitter: "sam" });
const decided = (decision: DecisionRecord["decision"]) =>
  aCase({ status: "decided", disposition: aReviewDisposition(), decision: aDecision({ decision }) });
const outcomeOfCase = (record = passed, proposal = aProposal()) =>
  outcomeOf(record, decidedEffect(record, proposal, invoices.actions), "Head of payables");

describe("an outcome", () => {
  it("of a case that passed is the software's, under the policy that judged it", () => {
    const outcome = outcomeOfCase();
    expect(outcomeSchema.parse(outcome)).toEqual(outcome);
    expect(outcome).toMatchObject({
      outcomeId: `${caseId}-o1`,
      action: "pay",
      fields: { gross: "120.00", currency: "EUR" },
      lines: [{ description: "Paper", amount: "120.00" }],
      decidedBy: { kind: "software", policyVersion: 1 },
      accountableOwner: "Head of payables",
      reasons: [],
      reference: "PO-7",
      submitter: "sam",
    });
  });

  it("of an approval is the person's, with the reasons they were asked for", () => {
    expect(outcomeOfCase(decided({ action: "approve", note: "Called them." }))).toMatchObject({
      action: "pay",
      fields: { gross: "120.00" },
      decidedBy: { kind: "person", personId: "rita", action: "approve" },
      note: "Called them.",
      reasons: [{ triggerId: "totals" }],
    });
  });

  it("of a correction has the corrected values, and the proposed ones beside them", () => {
    const outcome = outcomeOfCase(decided({ action: "correct", fields: { gross: "119.00", orderReference: null } }));
    expect(outcome).toMatchObject({ fields: { gross: "119.00", supplier: "Brandt GmbH", orderReference: null } });
    expect(outcome.lines).toHaveLength(1);
    const lines = [{ description: "Two packs" }];
    expect(outcomeOfCase(decided({ action: "correct", fields: {}, lines })).lines).toEqual(lines);
    expect(outcomeOfCase(decided({ action: "correct", fields: {}, lines: [] })).lines).toEqual([]);
  });

  it("of a rejection pays nothing", () => {
    expect(outcomeOfCase(decided({ action: "reject", note: "Paid twice." }))).toMatchObject({
      action: "reject",
      note: "Paid twice.",
    });
  });

  it("holds the value that the gate judged where a field was found twice", () => {
    const findings = [aFinding("gross", "120.00"), aFinding("gross", "9999.00", 0.1)];
    expect(outcomeOfCase(passed, aProposal({ findings })).fields).toEqual({ gross: "120.00" });
  });

  it.each([
    ["opened", aCase()],
    ["to be reviewed", aCase({ status: "waiting", disposition: aReviewDisposition() })],
  ])("is refused for a case that is %s", (_, record) => {
    expect(() => outcomeOfCase(record)).toThrow(CaseUndecidedError);
  });
});

const aDelivery = (record = passed) => {
  const cases = inMemoryCases();
  cases.given(record);
  const learned: string[] = [];
  return {
    cases,
    learned,
    proposals: inMemoryProposals({ [caseId]: aProposal() }),
    policies: inMemoryPolicies(),
    outcomes: inMemoryOutcomes(),
    announcer: inMemoryAnnouncer(),
    workflows: { invoices },
    learn: async ({ outcomeId }: { outcomeId: string }) => void learned.push(outcomeId),
    now: () => later(60),
  };
};

describe("delivering", () => {
  it("writes the outcome, learns from it, announces it and closes the case", async () => {
    const delivery = aDelivery();
    await deliverOutcome(caseId, delivery);
    expect([...delivery.outcomes.objects.keys()]).toEqual([`invoices/${caseId}.json`]);
    expect(delivery.learned).toEqual([`${caseId}-o1`]);
    expect(delivery.announcer.events).toMatchObject([
      { type: "CaseDecided", detail: { outcomeId: `${caseId}-o1`, key: `invoices/${caseId}.json`, reference: "PO-7" } },
    ]);
    expect(await delivery.cases.find(caseId)).toMatchObject({ status: "closed", outcomeId: `${caseId}-o1` });
    expect(await delivery.cases.history(caseId)).toMatchObject([{ type: "OutcomeDelivered" }]);
  });

  it("announces a rejection as one", async () => {
    const delivery = aDelivery(decided({ action: "reject", note: "Paid twice." }));
    await deliverOutcome(caseId, delivery);
    expect(delivery.announcer.events.map(({ type }) => type)).toEqual(["CaseRejected"]);
  });

  it("again after a crash writes the very same bytes under the same name and closes the case once", async () => {
    const delivery = aDelivery();
    delivery.announcer.refuse();
    await expect(deliverOutcome(caseId, delivery)).rejects.toThrow("The bus is down.");
    expect((await delivery.cases.find(caseId))?.status).toBe("decided");
    await deliverOutcome(caseId, { ...delivery, now: () => later(999) });
    const [bytes] = delivery.outcomes.objects.values();
    expect(bytes).toHaveLength(2);
    expect(new Set(bytes).size).toBe(1);
    expect(await delivery.cases.history(caseId)).toHaveLength(1);
  });

  it("of a case that was reopened, sent again, and passed takes the place of the outcome before", async () => {
    const before = { outcomes: 1, outcomeId: `${caseId}-o1`, outcomeHash: "another", firstRound: 3, rounds: 2 };
    const delivery = aDelivery({ ...passed, ...before });
    await deliverOutcome(caseId, delivery);
    expect(delivered(delivery)).toMatchObject({ outcomeId: `${caseId}-o2`, supersedes: `${caseId}-o1` });
    expect(await delivery.cases.find(caseId)).toMatchObject({ status: "closed", outcomes: 2 });
  });

  it("a closed case changes nothing", async () => {
    const delivery = aDelivery({ ...passed, status: "closed" });
    await deliverOutcome(caseId, delivery);
    expect(delivery.outcomes.objects.size).toBe(0);
    expect(delivery.announcer.events).toEqual([]);
  });

  it("an undecided case writes nothing: an execution that lost it to another comes here", async () => {
    const delivery = aDelivery(aCase());
    expect(await deliverOutcome(caseId, delivery)).toEqual({ audit: null });
    expect(delivery.outcomes.objects.size).toBe(0);
    expect(await delivery.cases.history(caseId)).toEqual([]);
  });

  it("what the sender took back says so, whatever was found", async () => {
    const withdrawal = { by: "sam", byName: "Sam", at: noon.toISOString(), because: "Sent by mistake." };
    const delivery = aDelivery(aCase({ status: "decided", disposition: aReviewDisposition(), withdrawal }));
    await deliverOutcome(caseId, delivery);
    expect(delivery.announcer.events).toMatchObject([{ type: "CaseWithdrawn", detail: { action: "withdraw" } }]);
    expect(delivered(delivery)).toMatchObject({ decidedBy: { kind: "sender", name: "Sam" }, note: "Sent by mistake." });
  });
});

const delivered = ({ outcomes }: ReturnType<typeof aDelivery>) => {
  const bytes = [...outcomes.objects.values()].flat().at(-1);
  return bytes === undefined ? null : outcomeSchema.parse(JSON.parse(bytes));
};

describe("a case drawn for an audit", () => {
  const audited = { ...passed, disposition: aPass({ audited: true, routing: threeRungs }) };

  it("is delivered, stays open, and says where its review goes, however often it is asked", async () => {
    const delivery = aDelivery(audited);
    const answer = { audit: { round: 1, routing: threeRungs } };
    expect(await deliverOutcome(caseId, delivery)).toEqual(answer);
    expect(await deliverOutcome(caseId, delivery)).toEqual(answer);
    expect(await delivery.cases.find(caseId)).toMatchObject({ status: "auditing", audit: "due", outcomes: 1 });
    expect(delivery.announcer.events).toHaveLength(1);
  });

  const auditedBy = async (decision: DecisionRecord["decision"]) => {
    const delivery = aDelivery(audited);
    await deliverOutcome(caseId, delivery);
    const before = await delivery.cases.find(caseId);
    if (!before) throw new Error("The case is missing.");
    delivery.cases.given({ ...before, status: "decided", next: null, decision: aDecision({ decision }) });
    expect(await deliverOutcome(caseId, delivery)).toEqual({ audit: null });
    return { delivery, record: await delivery.cases.find(caseId) };
  };

  it("is upheld by an answer that comes to the same: nothing new is delivered", async () => {
    const { delivery, record } = await auditedBy({
      action: "correct",
      fields: { gross: "120.00", supplier: "Brandt GmbH" },
    });
    expect(record).toMatchObject({ status: "closed", audit: "upheld", outcomes: 1, outcomeId: `${caseId}-o1` });
    expect(delivery.announcer.events).toHaveLength(1);
  });

  it("is superseded by one that does not, which names the outcome it takes the place of", async () => {
    const { delivery, record } = await auditedBy({ action: "correct", fields: { gross: "12.00" } });
    expect(record).toMatchObject({ status: "closed", audit: "superseded", outcomes: 2, outcomeId: `${caseId}-o2` });
    expect(delivered(delivery)).toMatchObject({ supersedes: `${caseId}-o1`, fields: { gross: "12.00" } });
    expect(delivery.announcer.events.at(-1)).toMatchObject({ detail: { supersedes: `${caseId}-o1` } });
  });
});

describe("closing", () => {
  it("closes on what is there when somebody changed the case meanwhile", async () => {
    const delivery = aDelivery();
    const software = { kind: "software" as const, id: "signoff", name: "software" };
    delivery.cases.meanwhile(async () => {
      const entry = { type: "CaseRecovered" as const, actor: software, summary: "Continued", details: {} };
      const before = await delivery.cases.find(caseId);
      if (before) await delivery.cases.commit({ before, after: { ...before, recoveries: 1 }, entry }, noon);
    });
    await deliverOutcome(caseId, delivery);
    expect(await delivery.cases.find(caseId)).toMatchObject({ status: "closed", recoveries: 1 });
  });
});
