import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type DecisionAction, decisionAction } from "../../../shared/contracts/decision.ts";
import type { Cover, Membership, Person } from "../../../shared/contracts/people.ts";
import type { Policy } from "../../../shared/contracts/policy.ts";
import {
  AboveAuthorityError,
  allowedActions,
  maySeeCase,
  requireAuthority,
  requireReviewer,
  requireRole,
} from "../../../shared/people/authority.ts";
import { aMembership, aPerson, later, noon } from "../case/builders.ts";
import { aPolicy } from "../policy/a-policy.ts";
import { isAllowed } from "./is-allowed.ts";

const roles = ["submitter", "reviewer", "expert", "owner"] as const;
const reviewRoles = ["reviewer", "expert", "owner"] as const;

describe("who may work on a review", () => {
  const cases = {
    member: [true, false],
    role: roles,
    needed: reviewRoles,
    queues: ["*", ["invoices"], ["invoices/it"], []] as const,
    submitter: [null, "rita", "Rita", " RITA ", "somebody"],
    earlier: [[], ["rita"], ["ron"]],
  };
  const combinations = cases.member.flatMap((member) =>
    cases.role.flatMap((role) =>
      cases.needed.flatMap((needed) =>
        cases.queues.flatMap((queues) =>
          cases.submitter.flatMap((submitter) =>
            cases.earlier.map((earlier) => ({ member, role, needed, queues, submitter, earlier })),
          ),
        ),
      ),
    ),
  );

  it(`is decided alike in all ${combinations.length} combinations: member, role, queue, not the submitter, not an earlier reviewer`, () => {
    for (const { member, role, needed, queues, submitter, earlier } of combinations) {
      const rita = aPerson("rita", { role, queues: queues === "*" ? "*" : [...queues] });
      const person = member ? rita : { ...rita, memberships: [] };
      const review = {
        workflow: "invoices",
        queue: "invoices",
        role: needed,
        submitter,
        earlierReviewers: earlier,
      };
      const expected =
        member &&
        roles.indexOf(role) >= roles.indexOf(needed) &&
        (queues === "*" || queues.some((queue) => queue === "invoices")) &&
        submitter?.trim().toLowerCase() !== "rita" &&
        !earlier.includes("rita");
      const told = JSON.stringify({ member, role, needed, queues, submitter, earlier });
      expect(
        isAllowed(() => requireReviewer(person, review, noon)),
        told,
      ).toBe(expected);
    }
  });

  const review = {
    workflow: "invoices",
    queue: "invoices",
    role: "reviewer" as const,
    submitter: null,
    earlierReviewers: [],
  };

  it("is nobody by default: not a stranger, not somebody of another workflow", () => {
    expect(isAllowed(() => requireReviewer(null, review, noon))).toBe(false);
    const elsewhere = aPerson("rita", { role: "owner" });
    expect(isAllowed(() => requireReviewer(elsewhere, { ...review, workflow: "claims" }, noon))).toBe(false);
  });

  it.each([
    ["composed the other way", "José", "Jose\u0301"],
    ["with a character nobody sees", "Rita", "Ri\u200bta"],
    ["in full-width letters", "Rita", "Ｒｉｔａ"],
  ])("is not the submitter, also when the drop names them %s", (_, name, submitter) => {
    const person = aPerson("r-1", {}, { name });
    expect(isAllowed(() => requireReviewer(person, { ...review, submitter }, noon))).toBe(false);
  });

  it("is told what is missing", () => {
    expect(() => requireReviewer(null, review, noon)).toThrow("You have no role in invoices");
    const needs = { ...review, role: "owner" as const };
    expect(() => requireReviewer(aPerson("rita"), needs, noon)).toThrow("needs the role owner; yours is reviewer");
  });
});

const anAct = { edgeCases: [] as string[], amountMinor: 100, currency: "EUR" };
const by = (...memberships: readonly Membership[]) =>
  memberships.map((membership) => ({ membership, onBehalfOf: null }));

describe("what amount may be let through", () => {
  const anAmount = fc.option(fc.integer({ min: -1_000_000, max: 1_000_000 }));
  const aCurrency = fc.option(fc.constantFrom("EUR", "USD", "JPY", "constructor", "toString", "__proto__", ""));
  const limits = fc.dictionary(fc.constantFrom("EUR", "USD"), fc.nat(1_000_000));
  const lettingThrough = fc.constantFrom<DecisionAction>("approve", "correct");
  const anything = { actions: decisionAction.options, edgeCases: "*" as const };

  it("is none by default: only a known amount, up to the narrower of the person's and the role's limit, credit or debit alike", () => {
    fc.assert(
      fc.property(anAmount, aCurrency, limits, fc.boolean(), fc.option(limits), lettingThrough, (...given) => {
        const [amountMinor, currency, known, unlimited, maxAmounts, action] = given;
        const membership = aMembership({ limits: known, unlimited });
        const policy = aPolicy({ authority: { ...aPolicy().authority, reviewer: { ...anything, maxAmounts } } });
        const within = (all: Record<string, number>) => {
          const limit = currency === "EUR" || currency === "USD" ? all[currency] : undefined;
          return limit !== undefined && amountMinor !== null && Math.abs(amountMinor) <= limit;
        };
        const expected =
          amountMinor !== null &&
          currency !== null &&
          (unlimited || within(known)) &&
          (maxAmounts === null || within(maxAmounts));
        const act = { action, amountMinor, currency, edgeCases: [] };
        expect(isAllowed(() => requireAuthority(by(membership), act, policy))).toBe(expected);
      }),
    );
  });

  it("does not matter for what lets nothing through", () => {
    const nobody = aMembership({ limits: {} });
    for (const action of ["reject", "escalate", "ask", "answer"] as const) {
      const act = { action, amountMinor: null, currency: null, edgeCases: [] };
      expect(isAllowed(() => requireAuthority(by(nobody), act, aPolicy()))).toBe(true);
    }
  });

  it("is told with the remedy", () => {
    const membership = by(aMembership({ limits: { EUR: 100 } }));
    const approve =
      (amountMinor: number | null, currency: string, policy = aPolicy()) =>
      () =>
        requireAuthority(membership, { action: "approve", amountMinor, currency, edgeCases: [] }, policy);
    expect(approve(101, "EUR")).toThrow("Escalate this case.");
    expect(approve(1, "USD")).toThrow("You may let nothing through in USD. Escalate this case.");
    expect(approve(null, "EUR")).toThrow("Enter it, or escalate this case.");
    const narrow = { ...anything, maxAmounts: { EUR: 50 } };
    const policy = aPolicy({ authority: { ...aPolicy().authority, reviewer: narrow } });
    expect(approve(51, "EUR", policy)).toThrow(
      "By the policy the role reviewer may decide up to 0.50 EUR; this is 0.51 EUR.",
    );
  });
});

describe("what the policy lets a role do", () => {
  const withReviewer = (reviewer: Partial<Policy["authority"]["reviewer"]>) => {
    const { authority } = aPolicy();
    return aPolicy({ authority: { ...authority, reviewer: { ...authority.reviewer, ...reviewer } } });
  };
  const reviewer = by(aMembership({ unlimited: true }));

  it("is only the actions that it lists", () => {
    const policy = withReviewer({ actions: ["escalate", "reject"] });
    for (const action of decisionAction.options) {
      const expected = action === "escalate" || action === "reject";
      expect(isAllowed(() => requireAuthority(reviewer, { ...anAct, action }, policy))).toBe(expected);
      expect(isAllowed(() => requireAuthority(by(aMembership({ role: "expert" })), { ...anAct, action }, policy))).toBe(
        true,
      );
    }
    expect(() => requireAuthority(reviewer, { ...anAct, action: "approve" }, policy)).toThrow(
      "it may escalate, reject",
    );
  });

  it("is a verdict only on edge cases that it lists; anybody may ask and escalate", () => {
    const policy = withReviewer({ edgeCases: ["credit-note"] });
    const on = (edgeCases: string[], action: DecisionAction) =>
      isAllowed(() => requireAuthority(reviewer, { ...anAct, edgeCases, action }, policy));
    expect([on([], "approve"), on(["credit-note"], "approve"), on(["credit-note", "legal"], "approve")]).toEqual([
      true,
      true,
      false,
    ]);
    expect([on(["legal"], "reject"), on(["legal"], "escalate"), on(["legal"], "ask")]).toEqual([false, true, true]);
  });

  it("never lets a submitter decide", () => {
    for (const action of decisionAction.options)
      expect(
        isAllowed(() =>
          requireAuthority(by(aMembership({ role: "submitter", unlimited: true })), { ...anAct, action }, aPolicy()),
        ),
      ).toBe(false);
  });
});

describe("whoever covers for an absent colleague", () => {
  const absence = (changes: Partial<Cover> = {}): Cover => ({
    personId: "eva",
    name: "Eva",
    until: later(60).toISOString(),
    memberships: [aMembership({ role: "expert", limits: { EUR: 5_000_000 } })],
    ...changes,
  });
  const rita = (cover: Partial<Cover> = {}, own: Partial<Membership> = {}) =>
    aPerson("rita", own, { covers: [absence(cover)] });
  const forExperts = {
    workflow: "invoices",
    queue: "invoices",
    role: "expert" as const,
    submitter: null,
    earlierReviewers: [],
  };
  const standings = (person: Person, review = {}) =>
    requireReviewer(person, { ...forExperts, ...review }, noon).standings;

  it("reviews what only the colleague could, and says in whose place", () => {
    expect(standings(rita())).toEqual([
      { membership: absence().memberships[0], onBehalfOf: { personId: "eva", name: "Eva" } },
    ]);
  });

  it("uses their own authority where it is enough, and the colleague's where it is not", () => {
    const both = standings(rita(), { role: "reviewer" });
    const approve = (amountMinor: number) =>
      requireAuthority(both, { action: "approve", amountMinor, currency: "EUR", edgeCases: [] }, aPolicy());
    expect(approve(1_000_000).onBehalfOf).toBeNull();
    expect(approve(5_000_000).onBehalfOf).toEqual({ personId: "eva", name: "Eva" });
    expect(() => approve(5_000_001)).toThrow(AboveAuthorityError);
  });

  it.each([
    ["once the absence is over", rita({ until: noon.toISOString() }), {}],
    ["when the colleague has no role any more", rita({ memberships: [] }), {}],
    ["when they have no role there themselves any more", { ...rita(), memberships: [] }, {}],
    ["when they only submit there themselves", rita({}, { role: "submitter" }), {}],
    ["on what the colleague submitted", rita(), { submitter: "eva" }],
    ["on what the colleague submitted, named by name", rita(), { submitter: " EVA" }],
    ["on what the colleague has answered", rita(), { earlierReviewers: ["eva"] }],
    ["on what they submitted themselves", rita(), { submitter: "rita" }],
    ["on what they have answered themselves", rita(), { earlierReviewers: ["rita"] }],
  ])("may not %s", (_, person, review) => {
    expect(isAllowed(() => standings(person, review))).toBe(false);
  });

  const anyMembership = fc.record({
    workflow: fc.constant("invoices" as const),
    role: fc.constantFrom(...roles),
    queues: fc.constantFrom<Membership["queues"]>("*", ["invoices"], ["invoices/it"], []),
    limits: fc.dictionary(fc.constantFrom("EUR", "USD"), fc.nat(100)),
    unlimited: fc.boolean(),
  });
  const anyReview = fc.record({
    workflow: fc.constant("invoices"),
    queue: fc.constantFrom("invoices", "invoices/it"),
    role: fc.constantFrom(...reviewRoles),
    submitter: fc.constantFrom(null, "rita", "Eva", "sam"),
    earlierReviewers: fc.subarray(["rita", "eva", "ron"]),
  });
  const anyAct = fc.record({
    action: fc.constantFrom(...decisionAction.options),
    amountMinor: fc.option(fc.integer({ min: -120, max: 120 })),
    currency: fc.constantFrom(null, "EUR", "USD", "JPY"),
    edgeCases: fc.subarray(["legal"]),
  });
  const anyAuthority = fc.record({
    actions: fc.subarray([...decisionAction.options]),
    maxAmounts: fc.option(fc.dictionary(fc.constantFrom("EUR", "USD"), fc.nat(100))),
    edgeCases: fc.constantFrom<"*" | string[]>("*", [], ["legal"]),
  });
  const anyPolicy = fc
    .record({ reviewer: anyAuthority, expert: anyAuthority, owner: anyAuthority })
    .map((authority) => aPolicy({ authority }));

  it("never may more than one of the two may alone, nor anything that either submitted or answered", () => {
    fc.assert(
      fc.property(anyMembership, anyMembership, anyReview, anyAct, anyPolicy, (own, covered, review, act, policy) => {
        const may = (person: Person) =>
          isAllowed(() => requireAuthority(requireReviewer(person, review, noon).standings, act, policy));
        const alone = aPerson("rita", own);
        const eva = aPerson("eva", covered);
        const covering = { ...alone, covers: [absence({ memberships: [covered] })] };
        if (may(covering)) expect(may(alone) || may(eva)).toBe(true);
        if (may(alone)) expect(may(covering)).toBe(true);
        const isTheirs = review.submitter === "rita" || review.earlierReviewers.includes("rita");
        if (isTheirs) expect(may(covering)).toBe(false);
      }),
      { numRuns: 500 },
    );
  });

  it("is offered by the page exactly what would be taken, and correcting also where the amount is too high", () => {
    fc.assert(
      fc.property(anyMembership, anyMembership, anyReview, anyAct, anyPolicy, (own, covered, review, act, policy) => {
        const person = { ...aPerson("rita", own), covers: [absence({ memberships: [covered] })] };
        const offered = allowedActions(person, review, noon, act, policy);
        for (const action of decisionAction.options) {
          const taken = isAllowed(() =>
            requireAuthority(requireReviewer(person, review, noon).standings, { ...act, action }, policy),
          );
          if (action !== "correct") expect(offered.includes(action)).toBe(taken);
          else if (taken) expect(offered).toContain("correct");
        }
      }),
      { numRuns: 300 },
    );
  });
});

describe("default deny", () => {
  it("leaves nothing to somebody without a membership in the workflow, whatever else they hold", () => {
    const anyReview = fc.record({
      workflow: fc.constantFrom("claims", "invoices"),
      queue: fc.constantFrom("claims", "invoices"),
      role: fc.constantFrom(...reviewRoles),
      submitter: fc.option(fc.string()),
      earlierReviewers: fc.array(fc.string()),
    });
    const everything = aMembership({ role: "owner", unlimited: true });
    fc.assert(
      fc.property(anyReview, fc.boolean(), (review, covers) => {
        const elsewhere = review.workflow === "claims" ? [everything] : [];
        const cover = { personId: "eva", name: "Eva", until: later(60).toISOString(), memberships: [everything] };
        const person: Person = { personId: "x", name: "x", memberships: elsewhere, covers: covers ? [cover] : [] };
        expect(isAllowed(() => requireReviewer(person, review, noon))).toBe(false);
        expect(allowedActions(person, review, noon, anAct, aPolicy())).toEqual([]);
      }),
    );
  });
});

describe("who may see a case", () => {
  it.each([
    ["a reviewer", aPerson("rita"), "sam", true],
    ["its submitter", aPerson("sam", { role: "submitter" }), "sam", true],
    ["another submitter", aPerson("sue", { role: "submitter" }), "sam", false],
    ["a submitter, where nobody is named", aPerson("sue", { role: "submitter" }), null, false],
    ["its submitter without a role any more", { ...aPerson("sam"), memberships: [] }, "sam", false],
    ["a stranger", null, "sam", false],
  ])("%s: %#", (_, person, submitter, expected) => {
    expect(maySeeCase(person, { workflow: "invoices", submitter })).toBe(expected);
  });
});

it("asks for a role in exactly this workflow", () => {
  for (const has of roles) {
    for (const needed of roles) {
      const person = aPerson("rita", { role: has });
      expect(isAllowed(() => requireRole(person, "invoices", needed))).toBe(
        roles.indexOf(has) >= roles.indexOf(needed),
      );
      expect(isAllowed(() => requireRole(person, "claims", needed))).toBe(false);
      expect(isAllowed(() => requireRole(null, "invoices", needed))).toBe(false);
    }
  }
});

it("counts a colleague's role only where it is asked to", () => {
  const covers = [
    { personId: "olga", name: "Olga", until: later(60).toISOString(), memberships: [aMembership({ role: "owner" })] },
  ];
  const rita = aPerson("rita", {}, { covers });
  expect(isAllowed(() => requireRole(rita, "invoices", "owner"))).toBe(false);
  expect(isAllowed(() => requireRole(rita, "invoices", "owner", noon))).toBe(true);
  expect(isAllowed(() => requireRole(rita, "invoices", "owner", later(60)))).toBe(false);
});
