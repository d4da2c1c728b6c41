import { describe, expect, it } from "vitest";
import { CaseNotFoundError } from "../../../shared/case/case-store.ts";
import { gateCase } from "../../../shared/gate/gate-case.ts";
import { firstBroken, hashOf } from "../../../shared/ledger/chain.ts";
import { compilePolicy } from "../../../shared/policy/compile.ts";
import { aCase, aProposal, aReason, caseId, caseIdNumber, noon } from "../case/builders.ts";
import { inMemoryCases } from "../case/in-memory-cases.ts";
import { inMemoryProposals } from "../case/in-memory-ports.ts";
import { aPolicy, aTrigger, aVocabulary } from "../policy/a-policy.ts";

const aGate = (
  record: Parameters<typeof aCase>[0] = {},
  proposals = inMemoryProposals({ [caseId]: aProposal({ departmentQueue: "invoices/it" }) }),
  triggers = [aTrigger({ when: "field.gross.amount > 100.0" })],
) => {
  const cases = inMemoryCases();
  cases.given(aCase({ headline: { title: "a.pdf", subtitle: "", amountMinor: null, currency: null }, ...record }));
  return {
    cases,
    proposals,
    policies: { invoices: compilePolicy(aPolicy({ triggers }), aVocabulary) },
    now: () => noon,
  };
};

describe("gating a case", () => {
  it("writes down the disposition with its reasons and answers where the case goes", async () => {
    const gate = aGate();
    expect(await gateCase(caseId, null, gate)).toMatchObject({
      disposition: "review",
      routing: { queue: "invoices/it" },
    });
    expect(await gate.cases.find(caseId)).toMatchObject({
      status: "opened",
      headline: { title: "Brandt GmbH", amountMinor: 12_000 },
      disposition: { kind: "review", reasons: [{ triggerId: "a-trigger" }] },
    });
    const events = await gate.cases.history(caseId);
    expect(events).toMatchObject([
      {
        type: "ProposalGated",
        details: { policyVersion: 3, triggers: ["a-trigger"], producers: [{ name: "test", version: "1" }] },
      },
    ]);
    expect(events[0]?.details.proposalHash).toBe(hashOf(await gate.proposals.find(caseId)));
    expect(firstBroken(events)).toBeNull();
  });

  it("decides a case that passes", async () => {
    const gate = aGate({}, undefined, []);
    expect(await gateCase(caseId, null, gate)).toEqual({ disposition: "pass", routing: null });
    expect((await gate.cases.find(caseId))?.status).toBe("decided");
  });

  it("answers what it answered when it is asked again, whatever was proposed since", async () => {
    const gate = aGate();
    const first = await gateCase(caseId, null, gate);
    gate.proposals.saved.set(caseId, aProposal({ findings: [] }));
    expect(await gateCase(caseId, { error: "Late", cause: "" }, gate)).toEqual(first);
    expect(await gate.cases.history(caseId)).toHaveLength(1);
  });

  it.each([
    ["failed", { error: "DocumentEmptyError", cause: "" }, "The file is empty"],
    ["ended without a proposal", null, "The first pass ended without a proposal"],
  ])("hands over a case whose first pass %s", async (_, failure, message) => {
    const gate = aGate({}, inMemoryProposals());
    expect((await gateCase(caseId, failure, gate)).disposition).toBe("review");
    expect((await gate.cases.find(caseId))?.disposition).toMatchObject({ reasons: [{ message }] });
  });

  it("does not trust a proposal that a failed first pass left behind", async () => {
    const gate = aGate({}, undefined, []);
    expect((await gateCase(caseId, { error: "States.Timeout", cause: "" }, gate)).disposition).toBe("review");
  });

  it("hands over what the proposal itself calls a failure", async () => {
    const failure = { error: "DocumentEncryptedError", message: "It asks for a password." };
    const gate = aGate({}, inMemoryProposals({ [caseId]: aProposal({ action: null, failure }) }));
    await gateCase(caseId, null, gate);
    expect((await gate.cases.find(caseId))?.disposition).toMatchObject({
      reasons: [{ message: "The PDF is locked with a password", observed: "It asks for a password." }, {}],
    });
  });

  it("keeps what the drop's own obstacles said", async () => {
    const gate = aGate({ obstacles: [aReason({ triggerId: "metadata-unreadable" })] }, undefined, []);
    expect((await gateCase(caseId, null, gate)).disposition).toBe("review");
  });

  it("fails for a case that was never opened", async () => {
    await expect(gateCase(caseIdNumber(9), null, aGate())).rejects.toBeInstanceOf(CaseNotFoundError);
  });
});
