import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createHandler as assignReview } from "../../functions/assign-review/handler.ts";
import { createHandler as attachEvidence } from "../../functions/attach-evidence/handler.ts";
import { createHandler as claimReview } from "../../functions/claim-review/handler.ts";
import { createHandler as getCase } from "../../functions/get-case/handler.ts";
import { createHandler as recordDecision } from "../../functions/record-decision/handler.ts";
import { createHandler as releaseReview } from "../../functions/release-review/handler.ts";
import type { Decision } from "../../shared/contracts/decision.ts";
import type { Policy } from "../../shared/contracts/policy.ts";
import { routes } from "../../shared/contracts/routes.ts";
import { openReview } from "../../shared/review/open-review.ts";
import { recordDecision as decide } from "../../shared/review/record-decision.ts";
import { invoices } from "../../shared/workflows/invoices/workflow.ts";
import { aContext, anEvent, inMemoryIdempotency, read } from "../shared/aws/http/an-event.ts";
import {
  aDecision,
  anOpening,
  aPerson,
  aReview,
  aReviewDisposition,
  caseId,
  later,
  reviewId,
  seen,
} from "../shared/case/builders.ts";
import { aDesk, staff } from "../shared/review/desk.ts";
import { aWholeCase } from "./a-whole-case.ts";

const approve: Decision = { action: "approve" };

describe("human review is switched on", () => {
  const { autonomy } = invoices.policy;
  it.each<[string, Partial<Policy>]>([
    ["by the stop button", { stopped: true }],
    ["by the dial", { autonomy: { ...autonomy, stage: "shadow" } }],
    ["by a rule", { confidenceLimits: { gross: 1 } }],
    ["for outcomes that are held for an audit", { audit: { share: 1, hold: true } }],
  ])(
    "pitfall 2: %s, and no case fails: each waits for a person, and closes with its outcome once they answer",
    async (_, policy) => {
      const alone = await aWholeCase();
      expect([await alone.execution(), (await alone.record())?.status]).toEqual(["SUCCEEDED", "closed"]);
      const asked = await aWholeCase({ policy });
      expect([await asked.execution(), (await asked.record())?.status]).toEqual(["RUNNING", "waiting"]);
      expect(asked.delivered()).toEqual([]);
      const blind = { action: "correct" as const, fields: seen };
      const isBlind = (await asked.waiting())?.blind === true;
      expect((await asked.answer("rita", isBlind ? blind : approve)).status).toBe(200);
      expect([await asked.execution(), (await asked.record())?.status]).toEqual(["SUCCEEDED", "closed"]);
      expect(asked.delivered()).toMatchObject([{ action: "pay", decidedBy: { name: "Rita" } }]);
    },
  );
});

describe("who may not review", () => {
  const file = { fileName: "a.txt", contentType: "text/plain", content: Buffer.from("a").toString("base64") };
  const onBehalf = (sub: string, body?: unknown) =>
    anEvent({
      pathParameters: { reviewId: `${caseId}-2` },
      claims: { sub },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
  type Desk = ReturnType<typeof aDesk>;
  type Given = Omit<NonNullable<Parameters<typeof aDesk>[0]>, "reviews"> & {
    readonly review?: Parameters<typeof aReview>[0];
    readonly answeredBy?: string;
  };
  const remembering = (desk: Desk) => ({ ...desk, idempotency: inMemoryIdempotency() });
  /** Every route that changes a review, called for that person. An assignment is made by an owner, to that person. */
  const routesOnReviews: Readonly<Record<string, (desk: Desk, personId: string) => Promise<unknown>>> = {
    claimReview: (desk, sub) => claimReview(remembering(desk))(onBehalf(sub), aContext),
    releaseReview: (desk, sub) => releaseReview(remembering(desk))(onBehalf(sub), aContext),
    decideReview: (desk, sub) => recordDecision(remembering(desk))(onBehalf(sub, approve), aContext),
    attachEvidence: (desk, sub) => attachEvidence(remembering(desk))(onBehalf(sub, file), aContext),
    assignReview: (desk, sub) => assignReview(remembering(desk))(onBehalf("olga", { personId: sub }), aContext),
  };
  /** The second review of its case, whose first one somebody else has answered. */
  const aSecondDesk = ({ review = {}, answeredBy = "ron", ...given }: Given = {}) => {
    const first = aReview({ status: "decided", decision: aDecision({ decidedBy: answeredBy }) });
    return aDesk({ ...given, reviews: [first, aReview({ round: 2, ...review })] });
  };
  const banned: readonly (readonly [string, Given])[] = [
    ["whoever submitted it", { record: { submitter: "rita" } }],
    ["whoever submitted it, named as the drop names them", { record: { submitter: " RITA" } }],
    ["whoever has answered it before", { answeredBy: "rita" }],
    ["whoever has too low a role", { review: { role: "expert" } }],
    ["whoever has other queues", { people: [aPerson("rita", { queues: ["invoices/it"] }), ...staff.slice(1)] }],
    ["whoever has no role any more", { people: staff.slice(1) }],
  ];

  it("pitfall 7: is asked of one shared rule, on every route that changes a review", async () => {
    const declared = Object.entries(routes).filter(
      ([, { method, path }]) => method === "POST" && path.includes("{reviewId}"),
    );
    expect(declared.map(([name]) => name).sort()).toEqual(Object.keys(routesOnReviews).sort());
  });

  it.each(banned)(
    "pitfall 7: %s is refused on every route, in the same words, and nothing changes",
    async (_, given) => {
      const told = new Set<unknown>();
      for (const [name, call] of Object.entries(routesOnReviews)) {
        const desk = aSecondDesk(given);
        const before = await desk.cases.reviewsOf(caseId);
        const { status, body } = read(await call(desk, "rita"));
        expect([name, status, body.type]).toEqual([name, 403, "urn:signoff:problem:not-allowed"]);
        told.add(body.detail);
        expect(await desk.cases.reviewsOf(caseId)).toEqual(before);
        expect(await desk.cases.history(caseId)).toEqual([]);
        expect([desk.tokens.woken, [...desk.attachments.kept]]).toEqual([[], []]);
      }
      expect(told.size).toBe(1);
    },
  );

  it.each(Object.entries(routesOnReviews))(
    "pitfall 7: whoever may is let through by %s, so that a refusal says something",
    async (_, call) => {
      expect(read(await call(aSecondDesk(), "rita")).status).toBeLessThan(300);
    },
  );
});

describe("an answer", () => {
  const anyAttempts = fc.uniqueArray(fc.record({ entered: fc.nat(3), attempt: fc.nat(3) }), {
    minLength: 1,
    maxLength: 8,
    selector: ({ entered, attempt }) => `${entered}/${attempt}`,
  });

  it("pitfall 10: wakes the newest attempt of its own round, in whatever order attempts were stored, and no other", async () => {
    await fc.assert(
      fc.asyncProperty(anyAttempts, async (attempts) => {
        const desk = aDesk({ reviews: [], record: { status: "opened", rounds: 0 } });
        for (const { entered, attempt } of attempts) {
          const taskToken = `token-${entered}-${attempt}`;
          desk.tokens.open.add(taskToken);
          await openReview(anOpening({ taskToken, attempt, enteredAt: later(entered).toISOString() }), desk);
        }
        const newest = attempts.toSorted((a, b) => a.entered - b.entered || a.attempt - b.attempt).at(-1);
        const expected = `token-${newest?.entered}-${newest?.attempt}`;
        expect((await desk.cases.findReview(reviewId))?.taskToken).toBe(expected);
        await decide(reviewId, "rita", approve, desk);
        expect(desk.tokens.woken.map(({ taskToken }) => taskToken)).toEqual([expected]);
      }),
    );
  });

  it("pitfall 10: of two cases that wait side by side goes to its own, whichever is answered first", async () => {
    const [one, other] = [
      await aWholeCase({ policy: { stopped: true } }),
      await aWholeCase({ policy: { stopped: true } }),
    ];
    const tokens = [one, other].map(({ machines }) => machines.calls("OpenReview").at(-1)?.taskToken);
    expect(new Set(tokens).size).toBe(2);
    await other.answer("rita", { action: "reject", note: "Paid twice." });
    expect([await one.execution(), await other.execution()]).toEqual(["RUNNING", "SUCCEEDED"]);
    await one.answer("ron", approve);
    expect([one.delivered(), other.delivered()]).toMatchObject([[{ action: "pay" }], [{ action: "reject" }]]);
  });
});

describe("people who agree with the machine whatever it says", () => {
  const blindly = () =>
    aDesk({ record: { disposition: aReviewDisposition({ blind: true }) }, reviews: [aReview({ blind: true })] });
  const on = (desk: ReturnType<typeof aDesk>, body: unknown, key: string) =>
    recordDecision({ ...desk, idempotency: inMemoryIdempotency() })(
      anEvent({ pathParameters: { reviewId }, body: JSON.stringify(body), headers: { "idempotency-key": key } }),
      aContext,
    ).then(read);

  it("pitfall 17: state what they see in a share of cases before anything is shown; both answers are counted side by side", async () => {
    const desk = blindly();
    const shown = async () =>
      read(await getCase(desk)(anEvent({ method: "GET", headers: {}, pathParameters: { caseId } }), aContext)).body;
    expect(await shown()).toMatchObject({ masked: true, proposal: null });
    expect(await on(desk, approve, "agreeing")).toMatchObject({
      status: 422,
      body: { type: "urn:signoff:problem:blind-answer-needed" },
    });
    const blind = await on(desk, { action: "correct", fields: { ...seen, gross: "210.00" } }, "blind-answer");
    expect(blind).toMatchObject({ status: 200, body: { unmasked: true } });
    expect(await shown()).toMatchObject({ masked: false });
    expect((await on(desk, { ...approve, knowing: true }, "knowing-answer")).status).toBe(200);
    const gross = { field: "gross", proposed: "120.00" };
    expect(desk.cases.tally).toMatchObject([
      {
        blind: true,
        final: false,
        labels: expect.arrayContaining([expect.objectContaining({ ...gross, final: "210.00" })]),
      },
      {
        blind: false,
        final: true,
        labels: expect.arrayContaining([expect.objectContaining({ ...gross, final: "120.00" })]),
      },
    ]);
  });

  it("pitfall 17: look before they answer: what a reason asks to be looked at is opened first, by the person who answers", async () => {
    const evidence = [{ id: "pages", label: "Every page", kind: "open" as const, reasons: ["totals"] }];
    const desk = aDesk({ policy: { evidence } });
    expect(await on(desk, approve, "unseen-answer")).toMatchObject({
      status: 422,
      body: { type: "urn:signoff:problem:evidence-missing", errors: [{ pointer: "/evidence/pages" }] },
    });
    await desk.openings.add(caseId, 1, "ron", 1);
    expect((await on(desk, approve, "seen-by-another")).status).toBe(422);
    await desk.openings.add(caseId, 1, "rita", 1);
    expect((await on(desk, approve, "seen-answer")).status).toBe(200);
  });
});
