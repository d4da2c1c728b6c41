import fc from "fast-check";
import type { Decision } from "../../../shared/contracts/decision.ts";
import { aPerson, seen } from "../case/builders.ts";

/** Sam submitted the case, Quinn has another queue, Mallory no role at all; the others may, each as far as their role reaches. */
export const people = [
  aPerson("rita"),
  aPerson("ron"),
  aPerson("sam"),
  aPerson("quinn", { queues: ["invoices/it"] }),
  aPerson("eva", { role: "expert" }),
  aPerson("olga", { role: "owner", unlimited: true }),
];
export const names: readonly string[] = [...people.map(({ personId }) => personId), "mallory"];

/** What one person does with a review. */
export type Step =
  | { readonly kind: "claim" | "release"; readonly by: string }
  | { readonly kind: "assign"; readonly by: string; readonly to: string }
  | { readonly kind: "decide"; readonly by: string; readonly answer: Decision };

/** What up to three people do at once; then time passes, and nobody may have answered in time, or somebody is no member any more. */
export interface Moment {
  readonly steps: readonly Step[];
  readonly seconds: number;
  readonly ends: "quietly" | "with its time" | { readonly leaves: string };
}

const somebody = fc.constantFrom(...names);
const anAnswer = fc.constantFrom<Decision>(
  { action: "approve" },
  { action: "approve", knowing: true },
  { action: "correct", fields: seen },
  { action: "reject", note: "Paid twice." },
  { action: "escalate", note: "Is this account known?" },
);
const aStep: fc.Arbitrary<Step> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ kind: fc.constant("claim" as const), by: somebody }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("release" as const), by: somebody }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("assign" as const), by: somebody, to: somebody }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("decide" as const), by: somebody, answer: anAnswer }) },
);

export const aMoment: fc.Arbitrary<Moment> = fc.record({
  steps: fc.array(aStep, { minLength: 1, maxLength: 3 }),
  // A claim lasts 900 seconds.
  seconds: fc.oneof(fc.constantFrom(0, 1, 899, 900, 901), fc.nat(4_000), fc.nat(200_000)),
  ends: fc.oneof(
    { weight: 8, arbitrary: fc.constant("quietly" as const) },
    { weight: 1, arbitrary: fc.constant("with its time" as const) },
    { weight: 1, arbitrary: fc.record({ leaves: fc.constantFrom("rita", "eva", "ron") }) },
  ),
});
