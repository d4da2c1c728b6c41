import { describe, expect, it } from "vitest";
import type { Principal } from "../../../local/iam/principal.ts";
import { runningBus } from "./running-bus.ts";

const announcer: Principal = {
  name: "Announcer",
  arn: "arn:aws:iam::000000000000:role/announcer",
  statements: [
    {
      Effect: "Allow",
      Action: "events:PutEvents",
      Resource: "arn:aws:events:us-east-1:000000000000:event-bus/cases",
      Condition: { StringEquals: { "events:source": "signoff" } },
    },
  ],
};

const { bus, queues } = runningBus();
const put = async (...Entries: Record<string, unknown>[]) => {
  const response = await bus.handle({
    method: "POST",
    path: "/",
    query: new URLSearchParams(),
    headers: { "x-amz-target": "AWSEvents.PutEvents" },
    body: Buffer.from(JSON.stringify({ Entries })),
    principal: announcer,
  });
  return JSON.parse(String(response.body));
};
const decided = { Source: "signoff", DetailType: "CaseDecided", Detail: '{"caseId":"c"}', EventBusName: "cases" };

describe("PutEvents", () => {
  it("publishes each entry and answers its id", async () => {
    expect(await put(decided)).toEqual({ FailedEntryCount: 0, Entries: [{ EventId: expect.any(String) }] });
    await bus.quiet();
    expect(await queues.count(queues.find("Signoff-Dead"))).toEqual({ visible: 1, hidden: 0 });
  });

  it("fails the entry whose detail is no JSON object, and publishes the others", async () => {
    expect(await put({ ...decided, Detail: "[1]" }, decided)).toEqual({
      FailedEntryCount: 1,
      Entries: [{ ErrorCode: "MalformedDetail", ErrorMessage: expect.any(String) }, { EventId: expect.any(String) }],
    });
  });

  it("is refused under a source that the role's condition does not allow", async () => {
    await expect(put({ ...decided, Source: "aws.s3" })).rejects.toMatchObject({ name: "AccessDeniedException" });
  });

  it("is refused on a bus that the role does not name", async () => {
    await expect(put({ ...decided, EventBusName: "default" })).rejects.toMatchObject({ name: "AccessDeniedException" });
  });

  it("is refused on a bus that does not exist", async () => {
    await expect(put({ ...decided, EventBusName: "nowhere" })).rejects.toMatchObject({
      name: "ResourceNotFoundException",
    });
  });

  it("takes from one to ten entries", async () => {
    await expect(put()).rejects.toMatchObject({ name: "ValidationException" });
    await expect(put(...Array.from({ length: 11 }, () => decided))).rejects.toMatchObject({
      name: "ValidationException",
    });
  });
});
