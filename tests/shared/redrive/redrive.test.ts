import { describe, expect, it } from "vitest";
import { redriveResponse } from "../../../shared/contracts/api.ts";
import { DeadLetterUnreadableError, originalEvent } from "../../../shared/redrive/dead-letter.ts";
import { type RedrivePorts, redrive } from "../../../shared/redrive/redrive.ts";
import { aCase, aReviewDisposition, caseIdNumber, later, noon } from "../case/builders.ts";
import { inMemoryCases } from "../case/in-memory-cases.ts";
import { inMemoryExecutions } from "../case/in-memory-ports.ts";
import { aWebhookRow, inMemoryWebhooks } from "../outcome/webhook/a-webhook.ts";
import { aDropEvent, failureRecord, inMemoryLetters } from "./in-memory-letters.ts";

const now = later(3_600);
const until = later(60, now);

function house(changes: Partial<RedrivePorts> = {}) {
  const cases = inMemoryCases();
  const executions = inMemoryExecutions();
  const webhooks = inMemoryWebhooks();
  const ports: RedrivePorts = {
    cases,
    openCases: cases,
    executions,
    drops: [],
    outcomes: [],
    webhooks,
    now: () => now,
    ...changes,
  };
  return { cases, executions, webhooks, ports };
}
const nothing = { casesContinued: [], dropsReopened: 0, webhooksRetried: 0, failed: [] };

describe("the event in a dead letter", () => {
  const event = aDropEvent("invoices/a.pdf");
  it.each([
    ["EventBridge's queue, where it lies bare", JSON.stringify(event)],
    ["Lambda's failure destination, in its envelope", failureRecord(event)],
  ])("is found in %s", (_, body) => {
    expect(originalEvent({ messageId: "m", body })).toEqual(event);
  });

  it.each(["", "{", "null", "[]", '{"a":1}', failureRecord({ a: 1 })])("is not guessed: %s", (body) => {
    expect(() => originalEvent({ messageId: "m", body })).toThrow(DeadLetterUnreadableError);
  });
});

describe("redrive", () => {
  it("says that nothing had failed", async () => {
    expect(await redrive(house().ports, until)).toEqual(nothing);
  });

  it("hands every drop over again, however many, and deletes what was taken", async () => {
    const events = Array.from({ length: 25 }, (_, index) => aDropEvent(`invoices/${index}.pdf`));
    const undelivered = inMemoryLetters(events.map((event) => JSON.stringify(event)));
    const unopened = inMemoryLetters([failureRecord(events[0])]);
    const { ports } = house({ drops: [undelivered, unopened] });
    expect(await redrive(ports, until)).toEqual({ ...nothing, dropsReopened: 26 });
    expect(undelivered.handedOver).toEqual(events);
    expect([...undelivered.left, ...unopened.left]).toEqual([]);
  });

  it("keeps a letter that fails again or holds no event, names it, and goes on with the others", async () => {
    const throttled = Object.assign(new Error("a name of a document"), { name: "ThrottlingException" });
    const bad = aDropEvent("invoices/bad.pdf");
    const queue = inMemoryLetters([JSON.stringify(bad), "{", JSON.stringify(aDropEvent("invoices/good.pdf"))], {
      fails: (event) => (JSON.stringify(event).includes("bad.pdf") ? throttled : null),
    });
    const report = await redrive(house({ drops: [queue] }).ports, until);
    expect(report).toMatchObject({ dropsReopened: 1 });
    expect(report.failed.toSorted((a, b) => (a.what < b.what ? -1 : 1))).toEqual([
      { what: "drop of message m0", because: "ThrottlingException" },
      { what: "drop of message m1", because: "DeadLetterUnreadableError" },
    ]);
    expect(queue.left.map(({ messageId }) => messageId)).toEqual(["m0", "m1"]);
  });

  it("goes on with cases and webhooks when a queue cannot be reached", async () => {
    const broken = { ...inMemoryLetters([]), receive: () => Promise.reject(new Error("no")) };
    const { ports, webhooks } = house({ drops: [broken] });
    const row = aWebhookRow({ status: "dead" });
    webhooks.rows.set(row.detail.outcomeId, row);
    expect(await redrive(ports, until)).toEqual({
      ...nothing,
      webhooksRetried: 1,
      failed: [{ what: "the queue of drops", because: "Error" }],
    });
    expect(webhooks.rows.get(row.detail.outcomeId)).toMatchObject({
      status: "due",
      attempts: 0,
      since: now.toISOString(),
    });
  });

  it("continues cases whose execution is dead, without the reconciler's pause, and no others", async () => {
    const { cases, executions, ports } = house();
    const dead = aCase({
      caseId: caseIdNumber(1),
      executionName: `${caseIdNumber(1)}-r3`,
      status: "waiting",
      disposition: aReviewDisposition(),
      recoveries: 3,
      recoveredAt: now.toISOString(),
    });
    cases.given(dead);
    executions.become(dead.executionName, "dead");
    cases.given(aCase({ caseId: caseIdNumber(3), executionName: caseIdNumber(3) }));
    executions.become(caseIdNumber(3), "running");
    cases.given(aCase({ caseId: caseIdNumber(4), executionName: caseIdNumber(4), status: "closed" }));
    executions.become(caseIdNumber(4), "dead");
    expect(await redrive(ports, until)).toEqual({ ...nothing, casesContinued: [caseIdNumber(1)] });
    expect(await redrive(ports, until)).toEqual(nothing);
    expect(executions.started).toHaveLength(1);
  });

  it("twice at the same time does everything once", async () => {
    const queue = inMemoryLetters(
      Array.from({ length: 30 }, (_, index) => JSON.stringify(aDropEvent(`invoices/${index}`))),
    );
    const row = aWebhookRow({ status: "dead" });
    const { cases, executions, ports } = house({ drops: [queue], webhooks: inMemoryWebhooks(row) });
    cases.given(aCase());
    executions.become(aCase().executionName, "dead");
    const [one, other] = await Promise.all([redrive(ports, until), redrive(ports, until)]);
    expect(one.dropsReopened + other.dropsReopened).toBe(30);
    expect(one.webhooksRetried + other.webhooksRetried).toBe(1);
    expect([...one.casesContinued, ...other.casesContinued]).toHaveLength(1);
    expect(queue.handedOver).toHaveLength(30);
  });

  it("stops when its time is over, and says what it left", async () => {
    const queue = inMemoryLetters(Array.from({ length: 30 }, () => JSON.stringify(aDropEvent("invoices/a.pdf"))));
    const { cases, executions, ports } = house({ drops: [queue] });
    for (let number = 0; number < 20; number++) {
      cases.given(aCase({ caseId: caseIdNumber(number), executionName: caseIdNumber(number) }));
      executions.become(caseIdNumber(number), "dead");
    }
    const report = await redrive(ports, now);
    expect(report.dropsReopened).toBe(10);
    expect(report.casesContinued).toHaveLength(16);
    expect(report.failed.map(({ what }) => what)).toEqual(["the rest of the drops", "the rest of the open cases"]);
  });

  it("names at most fifty failures, and answers as the contract says", async () => {
    const { ports } = house({ drops: [inMemoryLetters(Array.from({ length: 80 }, () => "{"))] });
    const report = await redrive(ports, until);
    expect(report.failed).toHaveLength(51);
    expect(report.failed.at(-1)?.what).toBe("30 more");
    expect(redriveResponse.parse(report)).toEqual(report);
    expect(noon < now).toBe(true);
  });
});
