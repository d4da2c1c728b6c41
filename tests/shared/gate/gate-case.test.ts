import { describe, expect, it } from "vitest";
import { CaseNotFoundError, requireCase } from "../../../shared/case/case-store.ts";
import { gateCase } from "../../../shared/gate/gate-case.ts";
import { firstBroken, hashOf } from "../../../shared/ledger/chain.ts";
import { createCompiler } from "../../../shared/policy/compile-once.ts";
import { PolicyVersionReusedError } from "../../../shared/policy/policy-store.ts";
import { aCase, aProposal, aReason, caseId, caseIdNumber, noon } from "../case/builders.ts";
import { inMemoryCases } from "../case/in-memory-cases.ts";
import { inMemoryProposals } from "../case/in-memory-ports.ts";
import { aPolicy, aTrigger, aVocabulary } from "../policy/a-policy.ts";
import { inMemoryPolicies } from "../policy/in-memory-policies.ts";

const draws = { pilot: 0.5, audit: 0.5, blind: 0.5 };

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
    policies: inMemoryPolicies(aPolicy({ triggers })),
    compile: createCompiler({ invoices: aVocabulary }),
    draw: () => draws,
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
        details: {
          policyVersion: 3,
          policyHash: hashOf(aPolicy({ triggers: [aTrigger({ when: "field.gross.amount > 100.0" })] })),
          accountableOwner: "Head of accounts payable",
          draws,
          triggers: ["a-trigger"],
          producers: [{ name: "test", version: "1" }],
        },
      },
    ]);
    expect(events[0]?.details.proposalHash).toBe(hashOf(await gate.proposals.find(caseId)));
    expect(firstBroken(events)).toBeNull();
  });

  it("decides a case that passes", async () => {
    const gate = aGate({}, undefined, []);
    expect(await gateCase(caseId, null, gate)).toEqual({ disposition: "pass", routing: null, audited: false });
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

  it("lets a case that its sender took back go on to delivery, unjudged", async () => {
    const withdrawal = { by: "sam", byName: "Sam", at: noon.toISOString(), because: "Sent twice" };
    const gate = aGate({ status: "decided", withdrawal });
    expect((await gateCase(caseId, null, gate)).disposition).toBe("pass");
    expect(await gate.cases.find(caseId)).toMatchObject({ disposition: null });
    expect(await gate.cases.history(caseId)).toEqual([]);
  });

  it("judges nothing for an execution that died, once another one asks people", async () => {
    const gate = aGate({ status: "waiting", disposition: null }, undefined, []);
    expect((await gateCase(caseId, null, gate)).disposition).toBe("pass");
    expect(await gate.cases.find(caseId)).toMatchObject({ status: "waiting", disposition: null });
    expect(await gate.cases.history(caseId)).toEqual([]);
  });

  it("judges anew what the sender sent again", async () => {
    const gate = aGate({}, undefined, []);
    await gateCase(caseId, null, gate);
    const judged = await requireCase(gate.cases, caseId);
    gate.cases.given({ ...judged, status: "opened", disposition: null });
    gate.policies.become(aPolicy({ version: 4, stopped: true }));
    expect((await gateCase(caseId, null, gate)).disposition).toBe("review");
    expect(await gate.cases.history(caseId)).toHaveLength(2);
  });

  it("acts on a stop at once, and keeps the version it judged with before the case refers to it", async () => {
    const gate = aGate({}, undefined, []);
    gate.policies.become(aPolicy({ version: 4, stopped: true }));
    await gateCase(caseId, null, gate);
    expect((await gate.cases.find(caseId))?.disposition).toMatchObject({ policyVersion: 4, sampled: "stopped" });
    expect(await gate.policies.version("invoices", 4)).toMatchObject({ stopped: true });
  });

  it("refuses a version that was used with another content, and judges nothing", async () => {
    const gate = aGate({}, undefined, []);
    await gate.policies.keep(aPolicy({ accountableOwner: "As it was" }));
    await expect(gateCase(caseId, null, gate)).rejects.toBeInstanceOf(PolicyVersionReusedError);
    expect((await gate.cases.find(caseId))?.disposition).toBeNull();
  });

  it("draws once, also when somebody else was faster", async () => {
    const gate = aGate();
    let drawn = 0;
    gate.cases.meanwhile(async () => gate.cases.given({ ...aCase(), ledgerSequence: 1 }));
    await gateCase(caseId, null, { ...gate, draw: () => ({ pilot: ++drawn / 10, audit: 0.5, blind: 0.5 }) });
    expect((await gate.cases.find(caseId))?.disposition?.draws).toEqual({ pilot: 0.1, audit: 0.5, blind: 0.5 });
  });

  it("tells the machine of an audit, and counts what it judged", async () => {
    const gate = aGate({}, undefined, []);
    gate.policies.become(aPolicy({ version: 4, audit: { share: 1, hold: false } }));
    expect(await gateCase(caseId, null, gate)).toEqual({ disposition: "pass", routing: null, audited: true });
    expect(gate.cases.tally).toMatchObject([{ type: "gated", kind: "pass", sampled: "audited", policyVersion: 4 }]);
  });

  it("fails for a case that was never opened", async () => {
    await expect(gateCase(caseIdNumber(9), null, aGate())).rejects.toBeInstanceOf(CaseNotFoundError);
  });
});
