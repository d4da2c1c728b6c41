import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  AboveAuthorityError,
  maySeeCase,
  NotAllowedError,
  requireAuthority,
  requireReviewer,
  requireRole,
} from "../../../shared/people/authority.ts";
import { aMembership, aPerson } from "../case/builders.ts";

const roles = ["submitter", "reviewer", "expert", "owner"] as const;
const reviewRoles = ["reviewer", "expert", "owner"] as const;
const isAllowed = (act: () => unknown): boolean => {
  try {
    act();
    return true;
  } catch (error) {
    if (error instanceof NotAllowedError || error instanceof AboveAuthorityError) return false;
    throw error;
  }
};

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
        isAllowed(() => requireReviewer(person, review)),
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
    expect(isAllowed(() => requireReviewer(null, review))).toBe(false);
    const elsewhere = aPerson("rita", { role: "owner" });
    expect(isAllowed(() => requireReviewer(elsewhere, { ...review, workflow: "claims" }))).toBe(false);
  });

  it.each([
    ["composed the other way", "José", "Jose\u0301"],
    ["with a character nobody sees", "Rita", "Ri\u200bta"],
    ["in full-width letters", "Rita", "Ｒｉｔａ"],
  ])("is not the submitter, also when the drop names them %s", (_, name, submitter) => {
    const person = aPerson("r-1", {}, { name });
    expect(isAllowed(() => requireReviewer(person, { ...review, submitter }))).toBe(false);
  });

  it("is told what is missing", () => {
    expect(() => requireReviewer(null, review)).toThrow("You have no role in invoices");
    const needs = { ...review, role: "owner" as const };
    expect(() => requireReviewer(aPerson("rita"), needs)).toThrow("needs the role owner; yours is reviewer");
  });
});

describe("what amount may be let through", () => {
  const anAmount = fc.option(fc.integer({ min: -1_000_000, max: 1_000_000 }));
  const aCurrency = fc.option(fc.constantFrom("EUR", "USD", "JPY", "constructor", "toString", "__proto__", ""));
  const limits = fc.dictionary(fc.constantFrom("EUR", "USD"), fc.nat(1_000_000));

  it("is none by default: only a known amount in a currency with a limit, up to that limit, credit or debit alike", () => {
    fc.assert(
      fc.property(anAmount, aCurrency, limits, fc.boolean(), (amountMinor, currency, known, unlimited) => {
        const membership = aMembership({ limits: known, unlimited });
        const limit = currency === "EUR" || currency === "USD" ? known[currency] : undefined;
        const isKnown = amountMinor !== null && currency !== null;
        const expected = isKnown && (unlimited || (limit !== undefined && Math.abs(amountMinor) <= limit));
        expect(isAllowed(() => requireAuthority(membership, amountMinor, currency))).toBe(expected);
      }),
    );
  });

  it("is told with the remedy", () => {
    const membership = aMembership({ limits: { EUR: 100 } });
    expect(() => requireAuthority(membership, 101, "EUR")).toThrow("Escalate this case.");
    expect(() => requireAuthority(membership, 1, "USD")).toThrow("You have no limit in USD. Escalate this case.");
    expect(() => requireAuthority(membership, null, "EUR")).toThrow("Enter it, or escalate this case.");
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
