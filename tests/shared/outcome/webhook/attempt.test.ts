import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { afterAttempt } from "../../../../shared/outcome/webhook/attempt.ts";
import { later, noon } from "../../case/builders.ts";
import { aWebhookRow } from "./a-webhook.ts";

describe("an attempt to send an outcome", () => {
  it.each([200, 201, 202, 204, 299])("is the last one after %i", (status) => {
    expect(afterAttempt(aWebhookRow(), { status }, noon, 0)).toMatchObject({ status: "delivered", attempts: 1 });
  });

  it.each([400, 401, 403, 404, 405, 410, 413, 422])("is given up at once after %i", (status) => {
    expect(afterAttempt(aWebhookRow(), { status }, noon, 0)).toMatchObject({
      status: "dead",
      lastAnswer: String(status),
    });
  });

  it.each([301, 302, 307, 308, 408, 409, 425, 429, 500, 502, 503, 504])("is repeated after %i", (status) => {
    expect(afterAttempt(aWebhookRow(), { status }, noon, 0)).toMatchObject({
      status: "due",
      lastAnswer: String(status),
    });
  });

  it("is repeated when there was no answer", () => {
    const after = afterAttempt(aWebhookRow(), { errorName: "TimeoutError" }, noon, 0);
    expect(after).toMatchObject({ status: "due", lastAnswer: "TimeoutError" });
  });

  it("comes back after 10 s, twice as long each time, at most an hour, less up to half", () => {
    const pauseAfter = (attempts: number, draw: number) => {
      const { nextAt } = afterAttempt(aWebhookRow({ attempts }), { status: 500 }, noon, draw);
      return (new Date(nextAt).getTime() - noon.getTime()) / 1000;
    };
    expect([0, 1, 2, 3].map((attempts) => pauseAfter(attempts, 0))).toEqual([5, 10, 20, 40]);
    fc.assert(
      fc.property(fc.nat(1_000), fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), (attempts, draw) => {
        const most = Math.min(3_600, 10 * 2 ** attempts);
        expect(pauseAfter(attempts, draw)).toBeGreaterThanOrEqual(most / 2 - 0.001);
        expect(pauseAfter(attempts, draw)).toBeLessThanOrEqual(most);
      }),
    );
  });

  it("is the last one after three days, whatever the draws; and there are fewer than 200 until then", () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), (draw) => {
        let row = aWebhookRow();
        while (row.status === "due" && row.attempts < 1_000)
          row = afterAttempt(row, { status: 503 }, new Date(row.nextAt), draw);
        expect(row).toMatchObject({ status: "dead" });
        expect(row.attempts).toBeLessThan(200);
        expect(new Date(row.nextAt) <= later(3 * 24 * 3600)).toBe(true);
        expect(new Date(row.nextAt) > later(3 * 24 * 3600 - 2 * 3600)).toBe(true);
      }),
      { numRuns: 20 },
    );
  });
});
