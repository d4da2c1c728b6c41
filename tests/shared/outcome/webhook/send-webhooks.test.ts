import { createHmac } from "node:crypto";
import { describe, expect, it } from "vitest";
import { acceptOutcome, reviveWebhooks, sendDueWebhooks } from "../../../../shared/outcome/webhook/send-webhooks.ts";
import { caseId, caseIdNumber, later, noon } from "../../case/builders.ts";
import { aDetail, anOutcome, aSender, aWebhookRow, inMemoryWebhooks, secret } from "./a-webhook.ts";

const event = { type: "CaseDecided" as const, detail: aDetail(), occurredAt: noon.toISOString() };
const outcomeId = event.detail.outcomeId;

describe("an outcome that is announced", () => {
  it("is posted once, signed, with its reference and what was decided", async () => {
    const webhooks = inMemoryWebhooks();
    const { ports, posted } = aSender(webhooks, { status: 204 });
    expect(await acceptOutcome(event, ports)).toEqual({ delivered: 1, failed: 0, dead: [] });
    const [{ body = "", headers = {} } = {}] = posted;
    expect(JSON.parse(body)).toEqual({
      type: "CaseDecided",
      timestamp: noon.toISOString(),
      data: { ...aDetail(), outcome: anOutcome() },
    });
    const key = Buffer.from(secret.slice("whsec_".length), "base64");
    const signed = `${headers["webhook-id"]}.${headers["webhook-timestamp"]}.${body}`;
    expect(headers["webhook-id"]).toBe(outcomeId);
    expect(headers["webhook-signature"]).toBe(`v1,${createHmac("sha256", key).update(signed).digest("base64")}`);
    expect(webhooks.rows.get(outcomeId)).toMatchObject({ status: "delivered", lastAnswer: "204" });
  });

  it("is posted once however often the bus repeats it", async () => {
    const { ports, posted } = aSender(inMemoryWebhooks(), { status: 200 });
    await acceptOutcome(event, ports);
    expect(await acceptOutcome(event, ports)).toEqual({ delivered: 0, failed: 0, dead: [] });
    expect(posted).toHaveLength(1);
  });

  it("is told by reference when a later outcome has taken its place", async () => {
    const sender = aSender(inMemoryWebhooks());
    sender.lies(anOutcome({ outcomeId: `${caseId}-o2`, supersedes: outcomeId }));
    await acceptOutcome(event, sender.ports);
    expect(JSON.parse(sender.posted[0]?.body ?? "").data).toEqual({ ...aDetail(), outcome: null });
  });

  it("is kept and tried again when the secret or the outcome cannot be read", async () => {
    const webhooks = inMemoryWebhooks();
    const sender = aSender(webhooks);
    const failing = { ...sender.ports, secret: () => Promise.reject(new Error("Secrets Manager is throttled")) };
    expect(await acceptOutcome(event, failing)).toEqual({ delivered: 0, failed: 1, dead: [] });
    expect(webhooks.rows.get(outcomeId)).toMatchObject({ status: "due", lastAnswer: "Error" });
    sender.turn(60);
    expect(await sendDueWebhooks(sender.ports)).toMatchObject({ delivered: 1 });
  });
});

describe("each minute", () => {
  it("what is due is sent again, and what is not due yet is left alone", async () => {
    const due = aWebhookRow({ attempts: 3 });
    const notYet = aWebhookRow({
      detail: aDetail({ caseId: caseIdNumber(5), outcomeId: `${caseIdNumber(5)}-o1` }),
      nextAt: later(1).toISOString(),
    });
    const webhooks = inMemoryWebhooks(due, notYet);
    const { ports, posted } = aSender(webhooks);
    expect(await sendDueWebhooks(ports)).toEqual({ delivered: 1, failed: 0, dead: [] });
    expect(posted.map(({ headers }) => headers["webhook-id"])).toEqual([outcomeId]);
  });

  it("a receiver that fails for a while gets the outcome in the end, once", async () => {
    const webhooks = inMemoryWebhooks();
    const sender = aSender(webhooks, { status: 500 }, { errorName: "TimeoutError" }, { status: 429 }, { status: 200 });
    await acceptOutcome(event, sender.ports);
    for (let minute = 0; minute < 10; minute++) {
      sender.turn(60);
      await sendDueWebhooks(sender.ports);
    }
    expect(sender.posted).toHaveLength(4);
    expect(webhooks.rows.get(outcomeId)).toMatchObject({ status: "delivered", attempts: 4 });
  });

  it("two runs at the same time send each outcome once", async () => {
    const rows = Array.from({ length: 20 }, (_, index) =>
      aWebhookRow({ detail: aDetail({ outcomeId: `${caseId}-o${index}` }) }),
    );
    const { ports, posted } = aSender(inMemoryWebhooks(...rows));
    const [one, other] = await Promise.all([sendDueWebhooks(ports), sendDueWebhooks(ports)]);
    expect(one.delivered + other.delivered).toBe(20);
    expect(posted).toHaveLength(20);
  });

  it("an attempt that a crash ended is made again after three minutes, not before", async () => {
    const webhooks = inMemoryWebhooks(aWebhookRow());
    const crashing = aSender(webhooks);
    const hangs = { ...crashing.ports, post: () => new Promise<never>(() => undefined) };
    void sendDueWebhooks(hangs);
    await new Promise(setImmediate);
    const sender = aSender(webhooks);
    sender.turn(179);
    expect(await sendDueWebhooks(sender.ports)).toMatchObject({ delivered: 0 });
    sender.turn(1);
    expect(await sendDueWebhooks(sender.ports)).toMatchObject({ delivered: 1 });
  });

  it("no attempt is begun that the function would not live to end", async () => {
    const rows = Array.from({ length: 30 }, (_, index) =>
      aWebhookRow({ detail: aDetail({ outcomeId: `${caseId}-o${index}` }) }),
    );
    const sender = aSender(inMemoryWebhooks(...rows));
    const slow = {
      ...sender.ports,
      post: async () => {
        sender.turn(10);
        return { errorName: "TimeoutError" };
      },
    };
    const { failed } = await sendDueWebhooks(slow);
    expect(failed).toBeGreaterThanOrEqual(9);
    expect(failed).toBeLessThan(30);
  });
});

describe("a receiver that says it will never take an outcome", () => {
  it("is not asked again, until somebody redrives", async () => {
    const webhooks = inMemoryWebhooks();
    const sender = aSender(webhooks, { status: 410 }, { status: 200 });
    expect(await acceptOutcome(event, sender.ports)).toEqual({ delivered: 0, failed: 0, dead: [outcomeId] });
    sender.turn(24 * 60 * 60);
    expect(await sendDueWebhooks(sender.ports)).toMatchObject({ delivered: 0 });
    const until = later(60, sender.ports.now());
    expect(await reviveWebhooks(webhooks, { now: sender.ports.now, until })).toBe(1);
    expect(await reviveWebhooks(webhooks, { now: sender.ports.now, until })).toBe(0);
    expect(await sendDueWebhooks(sender.ports)).toMatchObject({ delivered: 1 });
  });
});
