import { EventBridgeClient } from "@aws-sdk/client-eventbridge";
import { SFNClient } from "@aws-sdk/client-sfn";
import { describe, expect, it } from "vitest";
import { busAnnouncer, EventRefusedError } from "../../../shared/aws/announcer.ts";
import { sfnExecutions, sfnTaskTokens } from "../../../shared/aws/executions.ts";
import { caseId, reviewId } from "../case/builders.ts";
import { givenEndpoint, refusal } from "./an-aws-endpoint.ts";

const caseMachineArn = "arn:aws:states:us-east-1:000000000000:stateMachine:Case";
const input = {
  caseId,
  workflow: "invoices" as const,
  enterAt: "automate" as const,
  round: 1,
  routing: null,
  rung: 0,
  cause: "gate" as const,
};

const executionsThat = async (...answer: Parameters<typeof givenEndpoint>) => {
  const { client, calls } = await givenEndpoint(...answer);
  return { ...sfnExecutions({ client: new SFNClient(client), caseMachineArn }), calls };
};

describe("executions of the case machine", () => {
  it("are started under the name given, so that a second start is none", async () => {
    const body = { executionArn: "arn", startDate: 1 };
    const executions = await executionsThat(() => ({ status: 200, body }));
    await executions.start(caseId, input);
    expect(executions.calls).toMatchObject([
      { operation: "StartExecution", input: { name: caseId, stateMachineArn: caseMachineArn } },
    ]);
    await (await executionsThat(() => refusal("ExecutionAlreadyExists"))).start(caseId, input);
  });

  it("fail to start loudly for any other reason", async () => {
    const throttled = await executionsThat(() => refusal("ThrottlingException"));
    await expect(throttled.start(caseId, input)).rejects.toThrow();
  });

  it.each([
    ["RUNNING", "running"],
    ["PENDING_REDRIVE", "running"],
    ["SUCCEEDED", "succeeded"],
    ["FAILED", "dead"],
    ["TIMED_OUT", "dead"],
    ["ABORTED", "dead"],
  ])("that are %s are %s", async (status, expected) => {
    const executions = await executionsThat(() => ({ status: 200, body: { status } }));
    expect(await executions.statusOf(caseId)).toBe(expected);
    expect(executions.calls).toMatchObject([
      { input: { executionArn: `arn:aws:states:us-east-1:000000000000:execution:Case:${caseId}` } },
    ]);
  });

  it("that nobody started are unknown; any other refusal is not an answer", async () => {
    const missing = await executionsThat(() => refusal("ExecutionDoesNotExist"));
    expect(await missing.statusOf(caseId)).toBe("unknown");
    const denied = await executionsThat(() => refusal("AccessDeniedException"));
    await expect(denied.statusOf(caseId)).rejects.toThrow();
  });
});

describe("a task token", () => {
  const tokensThat = async (...answer: Parameters<typeof givenEndpoint>) =>
    sfnTaskTokens({ client: new SFNClient((await givenEndpoint(...answer)).client) });
  const wakeUp = { caseId, reviewId, action: "approve" };

  it("wakes its workflow", async () => {
    expect(await (await tokensThat(() => ({ status: 200, body: {} }))).succeed("token", wakeUp)).toBe("woken");
  });

  it.each(["TaskTimedOut", "TaskDoesNotExist", "InvalidToken"])("that ends in %s is gone", async (name) => {
    expect(await (await tokensThat(() => refusal(name))).succeed("token", wakeUp)).toBe("gone");
  });

  it.each(["ThrottlingException", "AccessDeniedException"])("that ends in %s is tried again", async (name) => {
    await expect((await tokensThat(() => refusal(name))).succeed("token", wakeUp)).rejects.toThrow();
  });
});

describe("an announcement", () => {
  const event = { type: "CaseOpened" as const, detail: { caseId, workflow: "invoices" as const, reference: null } };
  const announcerThat = async (...answer: Parameters<typeof givenEndpoint>) => {
    const { client, calls } = await givenEndpoint(...answer);
    return { ...busAnnouncer({ client: new EventBridgeClient(client), bus: "signoff" }), calls };
  };

  it("goes to the bus with its source and type", async () => {
    const announcer = await announcerThat(() => ({ status: 200, body: { FailedEntryCount: 0, Entries: [] } }));
    await announcer.announce(event);
    expect(announcer.calls).toMatchObject([
      { input: { Entries: [{ EventBusName: "signoff", Source: "signoff", DetailType: "CaseOpened" }] } },
    ]);
  });

  it("that the bus took and refused is a failure", async () => {
    const body = { FailedEntryCount: 1, Entries: [{ ErrorCode: "InternalFailure" }] };
    await expect((await announcerThat(() => ({ status: 200, body }))).announce(event)).rejects.toBeInstanceOf(
      EventRefusedError,
    );
  });
});
