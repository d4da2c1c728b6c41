import { GetItemCommand } from "@aws-sdk/client-dynamodb";
import { DescribeExecutionCommand, ListStateMachinesCommand } from "@aws-sdk/client-sfn";
import { expect } from "vitest";
import type * as z from "zod";
import { toItem } from "../../shared/aws/dynamodb/item.ts";
import { tokenKey } from "../../shared/aws/dynamodb/policy-rows.ts";
import { getPolicyResponse, policy, policyChange } from "../../shared/contracts/policy.ts";
import { invoicePdf } from "./an-invoice.ts";
import type { ApiClient } from "./api-client.ts";
import { eventually } from "./api-client.ts";
import type { Scenario } from "./scenarios.ts";
import type { TestStack } from "./test-stack.ts";

const address = "/api/workflows/invoices/policy";
const policyOf = async (client: ApiClient): Promise<z.infer<typeof getPolicyResponse>> =>
  getPolicyResponse.parse((await client.get(address)).body);

/** Once it is, a signature wakes the execution, and nobody waits for the next hour. */
const tokenStored = (test: TestStack, changeId: string) =>
  eventually(async () => {
    const Key = toItem(tokenKey(changeId));
    const { Item } = await test.dynamoDb.send(new GetItemCommand({ TableName: test.output("CaseTable"), Key }));
    return Item ?? null;
  }, `the token of ${changeId}`);

async function announced(test: TestStack, changeId: string): Promise<void> {
  const { stateMachines = [] } = await test.stepFunctions.send(new ListStateMachinesCommand({}));
  const machine = stateMachines.find(({ name }) => name?.includes("PolicyChangeMachine"))?.stateMachineArn ?? "";
  const executionArn = `${machine.replace(":stateMachine:", ":execution:")}:${changeId}`;
  await eventually(async () => {
    const { status } = await test.stepFunctions.send(new DescribeExecutionCommand({ executionArn }));
    return status === "SUCCEEDED" ? status : null;
  }, `the end of ${changeId}`);
}

/** The policy as a document that its owners change. */
export const policyScenarios: readonly Scenario[] = [
  {
    title: "an owner stops a workflow at once, and it goes on when a second one signs",
    roles: [
      "GetPolicy",
      "StopWorkflow",
      "ProposePolicyChange",
      "AnswerPolicyChange",
      "AwaitSignature",
      "ApplyPolicyChange",
      "PolicyChangeMachine",
      "GateProposal",
    ],
    run: async (test) => {
      const [one, two] = [await test.as("owner-1"), await test.as("owner-2")];
      const stopped = await one.post("/api/workflows/invoices/stop", { because: "Something looks wrong" });
      expect(stopped.status).toBe(200);
      expect(policyChange.parse(stopped.body)).toMatchObject({ status: "applied", policy: { stopped: true } });
      const caseId = await test.drop("invoices/while-stopped.pdf", await invoicePdf());
      const judged = await test.caseWhen(caseId, ({ case: { status } }) => status === "waiting");
      const reasons = judged.case.disposition?.kind === "review" ? judged.case.disposition.reasons : [];
      expect(reasons.map(({ triggerId }) => triggerId)).toContain("workflow-stopped");

      const { policy: current } = await policyOf(one);
      const resume = { policy: { ...current, stopped: false }, because: "It was a false alarm" };
      const proposed = await one.post(`${address}/changes`, resume);
      expect(proposed.status).toBe(201);
      const { changeId, status } = policyChange.parse(proposed.body);
      expect(status).toBe("waiting");
      const answerAt = `${address}/changes/${changeId}/answer`;
      const own = await one.post(answerAt, { answer: "sign" });
      expect([own.status, own.problem]).toEqual([403, "not-allowed"]);
      expect((await policyOf(two)).policy.stopped).toBe(true);
      await tokenStored(test, changeId);
      const signed = await two.post(answerAt, { answer: "sign" });
      expect(policyChange.parse(signed.body)).toMatchObject({ status: "applied", answeredByName: "Workflow owner 2" });
      expect((await policyOf(one)).policy).toMatchObject({ stopped: false, version: current.version + 1 });
      await announced(test, changeId);
      const late = await one.post(answerAt, { answer: "refuse" });
      expect([late.status, late.problem]).toEqual([409, "change-already-answered"]);
    },
  },
  {
    title:
      "a change that only tightens is in force at once, a version stays readable, and nonsense is refused by its place",
    roles: ["GetPolicy", "GetPolicyVersion", "ProposePolicyChange", "PolicyChangeMachine", "ApplyPolicyChange"],
    run: async (test) => {
      const owner = await test.as("owner-1");
      const { policy: current } = await policyOf(owner);
      const nonsense = { ...current, confidenceLimits: { ...current.confidenceLimits, colour: 0.9 } };
      const refused = await owner.post(`${address}/changes`, { policy: nonsense, because: "A try" });
      expect([refused.status, refused.problem]).toEqual([422, "policy-invalid"]);
      const tighter = { ...current, confidenceLimits: { ...current.confidenceLimits, gross: 0.95 } };
      const proposed = await owner.post(`${address}/changes`, { policy: tighter, because: "Two were wrong last week" });
      expect(policyChange.parse(proposed.body)).toMatchObject({ status: "applied", version: current.version + 1 });
      const before = await owner.get(`${address}/versions/${current.version}`);
      expect(policy.parse(before.body)).toEqual(current);
      await announced(test, policyChange.parse(proposed.body).changeId);
      const reviewer = await test.as("reviewer-1");
      expect((await policyOf(reviewer)).policy.confidenceLimits.gross).toBe(0.95);
      expect((await reviewer.post(`${address}/changes`, { policy: tighter, because: "Mine" })).status).toBe(403);
    },
  },
];
