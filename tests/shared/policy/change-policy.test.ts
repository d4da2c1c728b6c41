import { describe, expect, it } from "vitest";
import type { Policy } from "../../../shared/contracts/policy.ts";
import { firstBroken } from "../../../shared/ledger/chain.ts";
import { NotAllowedError } from "../../../shared/people/authority.ts";
import { answerChange } from "../../../shared/policy/answer-change.ts";
import { awaitSignature, PolicyChangeSettledError } from "../../../shared/policy/await-signature.ts";
import { ExitCriteriaUnmetError } from "../../../shared/policy/exit-criteria-unmet-error.ts";
import { getPolicy, getPolicyVersion } from "../../../shared/policy/get-policy.ts";
import {
  PolicyChangeAnsweredError,
  PolicyChangeNotFoundError,
  PolicyOutdatedError,
  PolicyVersionNotFoundError,
} from "../../../shared/policy/policy-changes.ts";
import { PolicyInvalidError } from "../../../shared/policy/policy-invalid-error.ts";
import { proposeChange } from "../../../shared/policy/propose-change.ts";
import { settleChange } from "../../../shared/policy/settle-change.ts";
import { stopWorkflow } from "../../../shared/policy/stop-workflow.ts";
import { later, noon } from "../case/builders.ts";
import { aPolicy, aTrigger } from "./a-policy.ts";
import { aPolicyDesk } from "./a-policy-desk.ts";

type Desk = ReturnType<typeof aPolicyDesk>;

const propose = (desk: Desk, document: unknown, personId = "olga", idempotencyKey = "key-00001") =>
  proposeChange({ workflow: "invoices", document, because: "It is time", personId, idempotencyKey }, desk);
const stop = (desk: Desk, personId = "olga", idempotencyKey = "key-00001") =>
  stopWorkflow({ workflow: "invoices", because: "Something is wrong", personId, idempotencyKey }, desk);
const answer = (
  desk: Desk,
  changeId: string,
  personId = "oskar",
  how: "sign" | "refuse" = "sign",
  note: string | null = null,
) => answerChange({ workflow: "invoices", changeId, answer: how, note, personId }, desk);

const looser = aPolicy({ claimSeconds: 600 });
const tighter = aPolicy({ confidenceLimits: { gross: 0.99 } });
const inStage = (stage: Policy["autonomy"]["stage"], changes: Partial<Policy["autonomy"]> = {}) =>
  aPolicy({ autonomy: { ...aPolicy().autonomy, stage, ...changes } });

describe("a change that only tightens", () => {
  it("is in force at once on one signature, as the next version, and is announced by its execution", async () => {
    const desk = aPolicyDesk();
    const change = await propose(desk, tighter);
    expect(change).toMatchObject({ status: "applied", baseVersion: 3, version: 4, expiresAt: null });
    expect(await desk.policies.current("invoices")).toEqual({ ...tighter, version: 4 });
    expect(desk.started).toEqual([change.changeId]);
    expect(await settleChange(change.changeId, desk)).toEqual({ settled: true });
    expect(desk.announcer.events).toEqual([
      { type: "PolicyChanged", detail: { workflow: "invoices", version: 4, changeId: change.changeId } },
    ]);
  });

  it("keeps the version that it was made on, which cases refer to", async () => {
    const desk = aPolicyDesk();
    await propose(desk, tighter);
    expect(desk.policies.stored.get("invoices/3")).toEqual(aPolicy());
  });

  it("takes no version that a deployment has used", async () => {
    const desk = aPolicyDesk();
    await desk.policies.keep(aPolicy({ version: 4, accountableOwner: "Of a deployment" }));
    expect(await propose(desk, tighter)).toMatchObject({ version: 5 });
  });
});

describe("any other change", () => {
  it("waits for a second owner and changes nothing meanwhile", async () => {
    const desk = aPolicyDesk();
    const change = await propose(desk, looser);
    expect(change).toMatchObject({ status: "waiting", version: null, proposedByName: "Olga" });
    expect(change.expiresAt).toBe(later(14 * 24 * 60 * 60).toISOString());
    expect(await desk.policies.current("invoices")).toEqual(aPolicy());
  });

  it("is in force once another owner signs, and wakes the execution that waits", async () => {
    const desk = aPolicyDesk();
    const { changeId } = await propose(desk, looser);
    await awaitSignature({ changeId, taskToken: "token-1", order: "1" }, desk);
    expect(await answer(desk, changeId)).toMatchObject({ status: "applied", version: 4, answeredByName: "Oskar" });
    expect(await desk.policies.current("invoices")).toEqual({ ...looser, version: 4 });
    expect(desk.waiting.woken).toEqual([{ taskToken: "token-1", output: { changeId, workflow: "invoices" } }]);
  });

  it("is never signed by who proposed it; they may take it back", async () => {
    const desk = aPolicyDesk();
    const { changeId } = await propose(desk, looser);
    await expect(answer(desk, changeId, "olga")).rejects.toThrow("another owner signs it");
    expect(await answer(desk, changeId, "olga", "refuse", "Wrong figure")).toMatchObject({ status: "refused" });
    expect(await desk.policies.current("invoices")).toEqual(aPolicy());
  });

  it("is answered alike when the answer is repeated, and a different one is told who, when and what", async () => {
    const desk = aPolicyDesk();
    const { changeId } = await propose(desk, looser);
    const first = await answer(desk, changeId);
    expect(await answer(desk, changeId)).toEqual(first);
    const other = await answer(desk, changeId, "oskar", "refuse").catch((error: unknown) => error);
    expect(other).toBeInstanceOf(PolicyChangeAnsweredError);
    expect(String(other)).toContain(`was signed by Oskar at ${noon.toISOString()}`);
    await expect(answer(desk, changeId, "olga", "refuse")).rejects.toBeInstanceOf(PolicyChangeAnsweredError);
    expect(desk.changes.events).toHaveLength(2);
  });

  it("is overtaken by a change that came first, and says so to whoever signs, again and again", async () => {
    const desk = aPolicyDesk();
    const { changeId } = await propose(desk, looser);
    await stop(desk);
    await expect(answer(desk, changeId)).rejects.toBeInstanceOf(PolicyOutdatedError);
    await expect(answer(desk, changeId)).rejects.toThrow("at version 4; this change was made on version 3");
    expect(await desk.changes.find(changeId)).toMatchObject({ status: "superseded" });
    expect((await desk.policies.current("invoices")).stopped).toBe(true);
  });

  it("is overtaken, too, when the other one is a moment faster than the signature", async () => {
    const desk = aPolicyDesk();
    const { changeId } = await propose(desk, looser);
    desk.changes.meanwhile(() => stop(desk));
    await expect(answer(desk, changeId)).rejects.toBeInstanceOf(PolicyOutdatedError);
    expect(await desk.policies.current("invoices")).toMatchObject({ stopped: true, claimSeconds: 900 });
  });

  it("expires: nobody signs it any more, and its execution ends it", async () => {
    const desk = aPolicyDesk();
    const { changeId } = await propose(desk, looser);
    expect(await settleChange(changeId, desk)).toEqual({ settled: false });
    desk.clock.at = later(14 * 24 * 60 * 60);
    await expect(answer(desk, changeId)).rejects.toThrow("left to expire");
    expect((await getPolicy("invoices", "rita", desk)).changes).toMatchObject([{ status: "expired" }]);
    expect(await settleChange(changeId, desk)).toEqual({ settled: true });
    expect(await settleChange(changeId, desk)).toEqual({ settled: true });
    expect(await desk.changes.find(changeId)).toMatchObject({ status: "expired" });
    expect(desk.announcer.events).toEqual([]);
  });

  it("stands, though its execution could not be woken", async () => {
    const desk = aPolicyDesk();
    const { changeId } = await propose(desk, looser);
    await awaitSignature({ changeId, taskToken: "token-1", order: "1" }, desk);
    desk.waiting.fail();
    expect((await answer(desk, changeId)).status).toBe("applied");
    expect(desk.failures).toHaveLength(1);
    expect(await settleChange(changeId, desk)).toEqual({ settled: true });
    expect(desk.announcer.events).toHaveLength(1);
  });

  it("tells an execution whose token came after the answer that nobody is waited for", async () => {
    const desk = aPolicyDesk();
    const { changeId } = await propose(desk, looser);
    await answer(desk, changeId);
    await expect(awaitSignature({ changeId, taskToken: "late", order: "1" }, desk)).rejects.toBeInstanceOf(
      PolicyChangeSettledError,
    );
  });
});

it("proposing again is proposing once: the change is found, and its execution started again", async () => {
  for (const document of [looser, tighter]) {
    const desk = aPolicyDesk();
    const first = await propose(desk, document);
    expect(await propose(desk, document)).toEqual(first);
    expect(desk.started).toEqual([first.changeId, first.changeId]);
    expect(desk.changes.events).toHaveLength(1);
  }
});

it("an announcement that the bus refuses is made when the step is repeated", async () => {
  const desk = aPolicyDesk();
  const { changeId } = await propose(desk, tighter);
  desk.announcer.refuse();
  await expect(settleChange(changeId, desk)).rejects.toThrow();
  expect(await settleChange(changeId, desk)).toEqual({ settled: true });
});

describe("a change is refused", () => {
  it.each([["rita"], ["mallory"]])("to %s, who is no owner, on every route", async (personId) => {
    const desk = aPolicyDesk();
    const { changeId } = await propose(desk, looser);
    await expect(propose(desk, tighter, personId)).rejects.toBeInstanceOf(NotAllowedError);
    await expect(stop(desk, personId)).rejects.toBeInstanceOf(NotAllowedError);
    for (const how of ["sign", "refuse"] as const)
      await expect(answer(desk, changeId, personId, how)).rejects.toBeInstanceOf(NotAllowedError);
  });

  it("to an owner who was removed a minute ago", async () => {
    const desk = aPolicyDesk();
    const { changeId } = await propose(desk, looser);
    desk.people.everybody.delete("oskar");
    await expect(answer(desk, changeId)).rejects.toBeInstanceOf(NotAllowedError);
  });

  it.each([
    ["a document that is no policy", {}, "/"],
    ["an expression of nothing", aPolicy({ triggers: [aTrigger({ when: "signal.rain" })] }), "/triggers/0/when"],
    ["a document in which nothing differs", aPolicy(), "Nothing differs from version 3"],
    ["no accountable owner", aPolicy({ accountableOwner: "  " }), "A policy names the owner who answers for it."],
  ])("for %s", async (_, document, told) => {
    const desk = aPolicyDesk();
    const refused = await propose(desk, document).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(PolicyInvalidError);
    expect(String(refused)).toContain(told);
    expect(desk.started).toEqual([]);
  });

  it("when it was made on another version than the one in force", async () => {
    await expect(propose(aPolicyDesk(), { ...looser, version: 2 })).rejects.toBeInstanceOf(PolicyOutdatedError);
    await expect(propose(aPolicyDesk(), { ...looser, version: 4 })).rejects.toBeInstanceOf(PolicyOutdatedError);
  });

  it("when there is no such change", async () => {
    await expect(answer(aPolicyDesk(), "invoices-3-zzzzzzzz")).rejects.toBeInstanceOf(PolicyChangeNotFoundError);
    await expect(settleChange("invoices-3-zzzzzzzz", aPolicyDesk())).rejects.toBeInstanceOf(PolicyChangeNotFoundError);
  });
});

describe("the dial goes on", () => {
  it.each([
    [29, 0, "there are 29, 0 of them wrong (0 %)"],
    [30, 6, "there are 30, 6 of them wrong (20 %)"],
    [0, 0, "there are 0, 0 of them wrong (none)"],
  ])("not with %i graded and %i wrong: what is there and what is needed is said", async (cases, wrong, told) => {
    const desk = aPolicyDesk(inStage("shadow"));
    Object.assign(desk.graded, { cases, wrong });
    const refused = await propose(desk, inStage("pilot")).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(ExitCriteriaUnmetError);
    expect(String(refused)).toContain("at least 30 cases");
    expect(String(refused)).toContain("at most 10 %");
    expect(String(refused)).toContain(told);
  });

  it("with enough of them, by the criteria in force and not by those that the change would bring", async () => {
    const desk = aPolicyDesk(inStage("shadow"));
    Object.assign(desk.graded, { cases: 30, wrong: 3 });
    expect((await propose(desk, inStage("pilot"))).status).toBe("waiting");
    const lenient = { minCases: 1, maxErrorRate: 1 };
    const lowered = inStage("pilot", { exit: { shadow: lenient, pilot: lenient, live: lenient } });
    Object.assign(desk.graded, { cases: 5, wrong: 1 });
    await expect(propose(desk, lowered, "olga", "key-00002")).rejects.toBeInstanceOf(ExitCriteriaUnmetError);
  });

  it("by one stage at a time, and only if the criteria are still met when it is signed", async () => {
    const desk = aPolicyDesk(inStage("shadow"));
    Object.assign(desk.graded, { cases: 30, wrong: 0 });
    await expect(propose(desk, inStage("live"))).rejects.toThrow("Go to pilot first.");
    const { changeId } = await propose(desk, inStage("pilot"));
    Object.assign(desk.graded, { cases: 31, wrong: 5 });
    await expect(answer(desk, changeId)).rejects.toBeInstanceOf(ExitCriteriaUnmetError);
  });

  it("counts from when the stage began, and back it goes at once, unasked", async () => {
    const desk = aPolicyDesk(inStage("live"));
    desk.clock.at = later(60);
    expect(await propose(desk, inStage("shadow"))).toMatchObject({ status: "applied" });
    expect(desk.graded.since).toEqual([]);
    await getPolicy("invoices", "olga", desk);
    expect(desk.graded.since).toEqual([later(60)]);
  });
});

describe("a stop", () => {
  it("is in force when it is answered, on one signature, and resuming needs two", async () => {
    const desk = aPolicyDesk();
    expect(await stop(desk)).toMatchObject({ status: "applied", version: 4, differences: [{ path: "/stopped" }] });
    expect((await desk.policies.current("invoices")).stopped).toBe(true);
    expect((await propose(desk, aPolicy({ version: 4 }))).status).toBe("waiting");
  });

  it("that is sent again answers as before and starts its execution again; of a stopped workflow it changes nothing", async () => {
    const desk = aPolicyDesk();
    const first = await stop(desk);
    expect(await stop(desk)).toEqual(first);
    expect(desk.started).toEqual([first.changeId, first.changeId]);
    expect(await stop(desk, "oskar", "key-other")).toMatchObject({ status: "applied", version: 4, differences: [] });
    expect(desk.changes.events).toHaveLength(1);
    expect(desk.started).toHaveLength(2);
  });

  it("needs no policy that compiles", async () => {
    const desk = aPolicyDesk(aPolicy({ triggers: [aTrigger({ when: "signal.of.an.earlier.deployment" })] }));
    expect((await stop(desk)).status).toBe("applied");
  });

  it("of two owners at the same moment stops once", async () => {
    const desk = aPolicyDesk();
    desk.changes.meanwhile(() => stop(desk, "oskar"));
    expect(await stop(desk)).toMatchObject({ version: 4, differences: [] });
    expect(desk.changes.events).toHaveLength(1);
  });
});

it("every step stands in one chain of the ledger, with who, why and the policy's hash", async () => {
  const desk = aPolicyDesk();
  const { changeId } = await propose(desk, looser);
  await answer(desk, changeId);
  await stop(desk);
  expect(desk.changes.events).toMatchObject([
    { type: "PolicyChangeProposed", actor: { id: "olga" }, details: { because: "It is time", loosens: 1 } },
    { type: "PolicyChanged", actor: { id: "oskar" }, details: { changeId, version: 4, proposedBy: "olga" } },
    { type: "PolicyChanged", summary: "The workflow is stopped", details: { version: 5 } },
  ]);
  expect(firstBroken(desk.changes.events)).toBeNull();
});

describe("the policy as it is shown", () => {
  it("has its hash, what expressions may speak of, where the dial stands, and what waits first", async () => {
    const desk = aPolicyDesk();
    await propose(desk, tighter, "olga", "key-00001");
    await propose(desk, { ...tighter, version: 4, claimSeconds: 600 }, "olga", "key-00002");
    await propose(desk, { ...tighter, version: 4, stopped: true }, "oskar", "key-00003");
    Object.assign(desk.graded, { cases: 20, wrong: 3 });
    const shown = await getPolicy("invoices", "rita", desk);
    expect(shown.policy.version).toBe(5);
    expect(shown.changes.map(({ status }) => status).toSorted()).toEqual(["applied", "applied", "superseded"]);
    expect(shown.vocabulary.fields).toContainEqual({ name: "gross", label: "Gross" });
    expect(shown.progress).toEqual({ cases: 20, wrong: 3, criteria: { minCases: 30, maxErrorRate: 0.1 }, met: false });
    await propose(desk, { ...shown.policy, claimSeconds: 600 }, "olga", "key-00004");
    expect((await getPolicy("invoices", "rita", desk)).changes[0]).toMatchObject({ status: "waiting" });
  });

  it("is shown to reviewers and above, and to nobody else", async () => {
    const desk = aPolicyDesk();
    await expect(getPolicy("invoices", "mallory", desk)).rejects.toBeInstanceOf(NotAllowedError);
    await expect(getPolicyVersion("invoices", 3, "mallory", desk)).rejects.toBeInstanceOf(NotAllowedError);
    expect(await getPolicyVersion("invoices", 3, "rita", desk)).toEqual(aPolicy());
    await expect(getPolicyVersion("invoices", 9, "rita", desk)).rejects.toBeInstanceOf(PolicyVersionNotFoundError);
  });
});
