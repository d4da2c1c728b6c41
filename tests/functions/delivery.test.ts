import { describe, expect, it } from "vitest";
import { createHandler as anchorLedger } from "../../functions/anchor-ledger/handler.ts";
import { createHandler as redrive } from "../../functions/redrive/handler.ts";
import { createHandler as sendWebhooks } from "../../functions/send-webhooks/handler.ts";
import { aContext, anEvent, inMemoryIdempotency, read } from "../shared/aws/http/an-event.ts";
import { aPerson, caseIdNumber, later, noon } from "../shared/case/builders.ts";
import { inMemoryCases } from "../shared/case/in-memory-cases.ts";
import { inMemoryExecutions, inMemoryPeople } from "../shared/case/in-memory-ports.ts";
import { inMemoryAnchors, inMemoryChains } from "../shared/ledger/in-memory-anchors.ts";
import { aDetail, aSender, inMemoryWebhooks } from "../shared/outcome/webhook/a-webhook.ts";
import { aDropEvent, inMemoryLetters } from "../shared/redrive/in-memory-letters.ts";

describe("send-webhooks", () => {
  const announced = {
    version: "0",
    id: "1",
    source: "signoff",
    "detail-type": "CaseRejected",
    time: "2026-03-02T12:00:00Z",
    detail: aDetail({ action: "reject" }),
  };
  const tick = { source: "aws.events", "detail-type": "Scheduled Event", detail: {} };

  it("notes and sends an outcome that is announced, and each minute what is due", async () => {
    const webhooks = inMemoryWebhooks();
    const sender = aSender(webhooks, { status: 500 }, { status: 200 });
    await sendWebhooks(sender.ports)(announced);
    expect(webhooks.rows.get(announced.detail.outcomeId)).toMatchObject({ type: "CaseRejected", status: "due" });
    sender.turn(60);
    await sendWebhooks(sender.ports)(tick);
    expect(webhooks.rows.get(announced.detail.outcomeId)).toMatchObject({ status: "delivered" });
  });

  it("does not fail on a tick, which would lie among outcomes in the dead-letter queue", async () => {
    const webhooks = { ...inMemoryWebhooks(), due: () => Promise.reject(new Error("The table is out of reach.")) };
    await expect(sendWebhooks(aSender(webhooks).ports)(tick)).resolves.toBeUndefined();
  });

  it("fails on what is no outcome's event, so that it lands in the dead-letter queue", async () => {
    const { ports } = aSender(inMemoryWebhooks());
    await expect(sendWebhooks(ports)({ ...announced, "detail-type": "CaseOpened" })).rejects.toThrow();
    await expect(sendWebhooks(ports)({ ...announced, source: "mallory" })).rejects.toThrow();
  });
});

describe("redrive", () => {
  const ports = () => {
    const cases = inMemoryCases();
    return {
      cases,
      openCases: cases,
      executions: inMemoryExecutions(),
      people: inMemoryPeople(aPerson("olga", { role: "owner" }), aPerson("rita", { role: "expert" })),
      idempotency: inMemoryIdempotency(),
      drops: [inMemoryLetters([JSON.stringify(aDropEvent("invoices/a.pdf"))])],
      outcomes: [],
      webhooks: inMemoryWebhooks(),
      now: () => later(60),
    };
  };
  const post = (sub: string) => anEvent({ path: "/api/redrive", claims: { sub }, body: "" });

  it("answers the operator's command with its report", async () => {
    expect(await redrive(ports())({ redrive: "operator" }, aContext)).toMatchObject({ dropsReopened: 1, failed: [] });
  });

  it("answers an owner, alike when asked again with the same key", async () => {
    const handler = redrive(ports());
    const first = read(await handler(post("olga"), aContext));
    expect(first).toMatchObject({ status: 200, body: { dropsReopened: 1 } });
    expect(read(await handler(post("olga"), aContext))).toEqual(first);
  });

  it.each(["rita", "mallory"])(
    "refuses %s, who is no owner, also with the operator's words in the body",
    async (sub) => {
      const house = ports();
      const refused = await redrive(house)({ ...post(sub), body: '{"redrive":"operator"}' }, aContext);
      expect(read(refused).status).toBe(403);
      expect(house.drops[0]?.left).toHaveLength(1);
    },
  );
});

describe("anchor-ledger", () => {
  it("anchors, and fails where ledger and anchor disagree, so that an alarm goes off", async () => {
    const [chains, anchors] = [inMemoryChains(), inMemoryAnchors()];
    const head = { caseId: caseIdNumber(1), sequence: 1, hash: "a".repeat(64) };
    chains.moved.set("2026-03-02", [head]);
    const handler = anchorLedger({ chains, anchors, now: () => noon });
    await handler();
    expect(await anchors.days()).toEqual(["2026-03-02"]);
    chains.moved.set("2026-03-02", [{ ...head, hash: "b".repeat(64) }]);
    await expect(handler()).rejects.toThrow(/not what 2026-03-02 was anchored with/);
  });
});
