import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decisionAction } from "../../../shared/contracts/decision.ts";
import type { Membership } from "../../../shared/contracts/people.ts";
import type { Policy } from "../../../shared/contracts/policy.ts";
import { type Act, requireAuthority, requireReviewer } from "../../../shared/people/authority.ts";
import { aPerson, noon } from "../case/builders.ts";
import { aPolicy } from "../policy/a-policy.ts";
import { isAllowed } from "./is-allowed.ts";

const roles = ["submitter", "reviewer", "expert", "owner"] as const;

describe("more authority", () => {
  const anyLimits = fc.dictionary(fc.constantFrom("EUR", "USD"), fc.nat(100));
  const anyMembership = fc.record({
    workflow: fc.constant("invoices" as const),
    role: fc.constantFrom(...roles, "owner" as const),
    queues: fc.constantFrom<Membership["queues"]>("*", "*", ["invoices"], ["invoices/it"], []),
    limits: anyLimits,
    unlimited: fc.boolean(),
  });
  const anyAuthority = fc.record({
    actions: fc.subarray([...decisionAction.options], { minLength: 3 }),
    maxAmounts: fc.option(anyLimits),
    edgeCases: fc.constantFrom<"*" | string[]>("*", [], ["legal"]),
  });
  type RoleAuthority = Policy["authority"]["reviewer"];
  const anyReview = fc.record({
    workflow: fc.constant("invoices"),
    queue: fc.constantFrom("invoices", "invoices/it"),
    role: fc.constantFrom("reviewer" as const, "reviewer" as const, "expert" as const, "owner" as const),
    submitter: fc.constantFrom(null, null, "sam", "rita"),
    earlierReviewers: fc.constantFrom<string[]>([], [], ["ron"], ["ron", "rita"]),
  });
  const anyAct = fc.record({
    action: fc.constantFrom(...decisionAction.options),
    amountMinor: fc.option(fc.integer({ min: -120, max: 120 })),
    currency: fc.constantFrom(null, "EUR", "USD", "JPY"),
    edgeCases: fc.subarray(["legal"]),
  });
  /** Every currency of either, each with the larger amount. */
  const atLeast = (one: Readonly<Record<string, number>>, other: Readonly<Record<string, number>>) =>
    Object.fromEntries(
      [...new Set([...Object.keys(one), ...Object.keys(other)])].map((currency) => [
        currency,
        Math.max(one[currency] ?? 0, other[currency] ?? 0),
      ]),
    );
  const wider = (one: Membership, other: Membership): Membership => ({
    ...one,
    queues: one.queues === "*" || other.queues === "*" ? "*" : [...one.queues, ...other.queues],
    limits: atLeast(one.limits, other.limits),
    unlimited: one.unlimited || other.unlimited,
  });
  const widerRole = (one: RoleAuthority, other: RoleAuthority): RoleAuthority => ({
    actions: [...new Set([...one.actions, ...other.actions])],
    maxAmounts: one.maxAmounts && other.maxAmounts && atLeast(one.maxAmounts, other.maxAmounts),
    edgeCases: one.edgeCases === "*" || other.edgeCases === "*" ? "*" : [...one.edgeCases, ...other.edgeCases],
  });
  const alike = (authority: RoleAuthority) =>
    aPolicy({ authority: { reviewer: authority, expert: authority, owner: authority } });
  const may = (membership: Membership, review: Parameters<typeof requireReviewer>[1], act: Act, policy: Policy) =>
    isAllowed(() =>
      requireAuthority(requireReviewer(aPerson("rita", membership), review, noon).standings, act, policy),
    );

  it("never refuses what less of it allowed: a higher role, more queues, larger limits, a policy that lets roles do more", () => {
    let allowed = 0;
    const given = [anyMembership, anyMembership, anyAuthority, anyAuthority, anyReview, anyAct] as const;
    fc.assert(
      fc.property(...given, (one, other, authority, more, review, act) => {
        if (!may(one, review, act, alike(authority))) return;
        allowed += 1;
        const higher = roles[Math.max(roles.indexOf(one.role), roles.indexOf(other.role))] ?? one.role;
        const larger = { ...wider(one, other), role: higher };
        expect(may(larger, review, act, alike(authority))).toBe(true);
        expect(may(one, review, act, alike(widerRole(authority, more)))).toBe(true);
        expect(may(larger, review, act, alike(widerRole(authority, more)))).toBe(true);
      }),
      { numRuns: 2_000 },
    );
    expect(allowed).toBeGreaterThan(50);
  });

  it("is never needed for less: what may be let through may be at any smaller amount, and without its edge cases", () => {
    let allowed = 0;
    const given = [anyMembership, anyAuthority, anyReview, anyAct, fc.double({ min: 0, max: 1, noNaN: true })] as const;
    fc.assert(
      fc.property(...given, (membership, authority, review, act, share) => {
        if (!may(membership, review, act, alike(authority))) return;
        allowed += 1;
        const amountMinor = act.amountMinor === null ? null : Math.trunc(act.amountMinor * share);
        expect(may(membership, review, { ...act, amountMinor, edgeCases: [] }, alike(authority))).toBe(true);
      }),
      { numRuns: 2_000 },
    );
    expect(allowed).toBeGreaterThan(50);
  });

  it("lets nobody do what nobody may: review what they submitted or have answered, decide above their limits or the role's", () => {
    const given = [anyMembership, anyAuthority, anyReview, anyAct] as const;
    fc.assert(
      fc.property(...given, (membership, authority, review, act) => {
        if (!may(membership, review, act, alike(authority))) return;
        expect([review.submitter, ...review.earlierReviewers]).not.toContain("rita");
        expect(authority.actions).toContain(act.action);
        expect(roles.indexOf(membership.role)).toBeGreaterThanOrEqual(roles.indexOf(review.role));
        if (act.action !== "approve" && act.action !== "correct") return;
        const amount = Math.abs(act.amountMinor ?? Number.POSITIVE_INFINITY);
        const limits = [
          ...(membership.unlimited ? [] : [membership.limits]),
          ...(authority.maxAmounts ? [authority.maxAmounts] : []),
        ];
        for (const limit of limits) expect(amount).toBeLessThanOrEqual(limit[act.currency ?? ""] ?? -1);
      }),
      { numRuns: 2_000 },
    );
  });
});
