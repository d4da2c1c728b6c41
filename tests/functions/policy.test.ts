import { describe, expect, it } from "vitest";
import { createHandler as answerPolicyChange } from "../../functions/answer-policy-change/handler.ts";
import { createHandler as applyPolicyChange } from "../../functions/apply-policy-change/handler.ts";
import { createHandler as awaitSignature } from "../../functions/await-signature/handler.ts";
import { createHandler as getPolicy } from "../../functions/get-policy/handler.ts";
import { createHandler as getPolicyVersion } from "../../functions/get-policy-version/handler.ts";
import { createHandler as proposePolicyChange } from "../../functions/propose-policy-change/handler.ts";
import { createHandler as stopWorkflow } from "../../functions/stop-workflow/handler.ts";
import { getPolicyResponse, policy, policyChange } from "../../shared/contracts/policy.ts";
import { aContext, anEvent, inMemoryIdempotency, read } from "../shared/aws/http/an-event.ts";
import { noon } from "../shared/case/builders.ts";
import { aPolicy } from "../shared/policy/a-policy.ts";
import { aPolicyDesk } from "../shared/policy/a-policy-desk.ts";

const everything = () => ({ ...aPolicyDesk(), idempotency: inMemoryIdempotency() });
type Ports = ReturnType<typeof everything>;

const event = (sub: string, body?: unknown, more: Record<string, string> = {}, key = `key-of-${sub}`) =>
  anEvent({
    pathParameters: { workflow: "invoices", ...more },
    headers: { "idempotency-key": key },
    claims: { sub },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
const looser = { policy: aPolicy({ claimSeconds: 600 }), because: "Claims are forgotten" };
const proposed = async (ports: Ports) =>
  policyChange.parse(read(await proposePolicyChange(ports)(event("olga", looser), aContext)).body);

describe("the routes of a policy, from event to answer", () => {
  it("show it, and a version of it", async () => {
    const ports = everything();
    const shown = read(await getPolicy(ports)(event("rita"), aContext));
    expect(shown.status).toBe(200);
    expect(getPolicyResponse.parse(shown.body)).toEqual(shown.body);
    const version = read(await getPolicyVersion(ports)(event("rita", undefined, { version: "3" }), aContext));
    expect(policy.parse(version.body)).toEqual(aPolicy());
    const other = read(await getPolicyVersion(ports)(event("rita", undefined, { version: "9" }), aContext));
    expect(other).toMatchObject({ status: 404, body: { type: "urn:signoff:problem:not-found" } });
  });

  it("take a change, have it signed by somebody else, and tell who comes late", async () => {
    const ports = everything();
    const { changeId } = await proposed(ports);
    const answer = (sub: string, how: string, key?: string) =>
      answerPolicyChange(ports)(event(sub, { answer: how }, { changeId }, key), aContext);
    expect(read(await answer("olga", "sign", "key-own-1"))).toMatchObject({ status: 403 });
    const signed = read(await answer("oskar", "sign"));
    expect(signed.status).toBe(200);
    expect(policyChange.parse(signed.body)).toMatchObject({ status: "applied", version: 4 });
    expect(read(await answer("olga", "refuse", "key-own-2"))).toMatchObject({
      status: 409,
      body: {
        type: "urn:signoff:problem:change-already-answered",
        decidedBy: "Oskar",
        decidedAt: noon.toISOString(),
        action: "applied",
      },
    });
  });

  it.each([
    ["a policy that cannot be used", { ...aPolicy(), confidenceLimits: { colour: 1 } }, 422, "policy-invalid"],
    ["a version that is not in force", aPolicy({ version: 2, claimSeconds: 600 }), 409, "policy-changed"],
    [
      "a step of the dial that was not earned",
      aPolicy({ ...aPolicy(), autonomy: { ...aPolicy().autonomy, stage: "live" } }),
      422,
      "exit-criteria-unmet",
    ],
  ])("refuse %s with its problem", async (_, document, status, type) => {
    const file = aPolicy({ autonomy: { ...aPolicy().autonomy, stage: "pilot" } });
    const ports = { ...aPolicyDesk(file), idempotency: inMemoryIdempotency() };
    const body = { policy: document, because: "A try" };
    const refused = read(await proposePolicyChange(ports)(event("olga", body), aContext));
    expect(refused).toMatchObject({ status, body: { type: `urn:signoff:problem:${type}` } });
  });

  it("name the place of what is wrong", async () => {
    const body = { policy: { ...aPolicy(), confidenceLimits: { colour: 1 } }, because: "A try" };
    const refused = read(await proposePolicyChange(everything())(event("olga", body), aContext));
    expect(refused.body).toMatchObject({ errors: [{ pointer: "/confidenceLimits/colour" }] });
  });

  it("refuse a change without a reason, and a used key with another change", async () => {
    const ports = everything();
    const silent = read(await proposePolicyChange(ports)(event("olga", { ...looser, because: " " }), aContext));
    expect(silent).toMatchObject({ status: 400, body: { errors: [{ pointer: "/because" }] } });
    await proposed(ports);
    const reused = event("olga", { ...looser, because: "Another reason" });
    expect(read(await proposePolicyChange(ports)(reused, aContext))).toMatchObject({ status: 422 });
  });

  it("stop the workflow at once", async () => {
    const ports = everything();
    const stopped = read(await stopWorkflow(ports)(event("olga", { because: "Something is wrong" }), aContext));
    expect(policyChange.parse(stopped.body)).toMatchObject({ status: "applied", policy: { stopped: true } });
    expect((await ports.policies.current("invoices")).stopped).toBe(true);
  });
});

describe("the steps of the policy-change machine", () => {
  it("keep the token, and the newest of several", async () => {
    const ports = everything();
    const { changeId } = await proposed(ports);
    const asked = (taskToken: string, attempt: number) =>
      awaitSignature(ports)(
        { changeId, workflow: "invoices", taskToken, enteredAt: noon.toISOString(), attempt },
        aContext,
      );
    await asked("newer", 10);
    await asked("older", 9);
    expect(await ports.tokens.find(changeId)).toBe("newer");
  });

  it("say whether there is anything to wait for", async () => {
    const ports = everything();
    const { changeId } = await proposed(ports);
    expect(await applyPolicyChange(ports)({ changeId, workflow: "invoices" }, aContext)).toEqual({ settled: false });
  });
});
