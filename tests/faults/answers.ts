import type { ReviewSummary } from "../../shared/contracts/case.ts";
import type { Decision } from "../../shared/contracts/decision.ts";
import { ibanOf } from "../../shared/values/iban.ts";
import { type Dice, dice } from "./dice.ts";
import { type Actor, actorBySub, actors, reaches } from "./people.ts";

/** What a reviewer may do next with a waiting review. To add one is a line here. */
interface Choice {
  readonly weight: number;
  readonly fits: (review: ReviewSummary) => boolean;
  readonly decision: (drawn: Dice) => Decision;
}

const always = () => true;
const isBlind = ({ blind, blindAnswer }: ReviewSummary) => blind && blindAnswer === null;
const hasAmount = (review: ReviewSummary) => review.headline.amountMinor !== null && !isBlind(review);

/** All that a case needs of which nothing was found. Amounts above 5 000.00 are more than a reviewer may decide. */
const filledIn = (gross: string): Decision => ({
  action: "correct",
  fields: { supplier: "Thistlecombe Stationery Ltd", number: "F-1", issueDate: "2026-02-20", currency: "EUR", gross },
});
const anotherAccount = ibanOf("DE", "299900010000009999");

const choices: Readonly<Record<string, Choice>> = {
  approve: { weight: 6, fits: hasAmount, decision: () => ({ action: "approve" }) },
  small: { weight: 4, fits: always, decision: (drawn) => filledIn(`${drawn.int(100, 140)}.00`) },
  dear: { weight: 3, fits: always, decision: (drawn) => filledIn(`${drawn.int(6_000, 9_000)}.00`) },
  account: {
    weight: 2,
    fits: hasAmount,
    decision: () => ({ action: "correct", fields: { iban: anotherAccount } }),
  },
  reject: { weight: 3, fits: always, decision: (drawn) => ({ action: "reject", note: `No (${drawn.int(1, 3)})` }) },
  escalate: {
    weight: 3,
    fits: always,
    decision: (drawn) => ({ action: "escalate", note: `Is it? (${drawn.int(1, 3)})` }),
  },
  answer: {
    weight: 8,
    fits: ({ cause, question }) => cause === "escalation" || question !== null,
    decision: (drawn) => ({ action: "answer", note: `It is (${drawn.int(1, 3)})` }),
  },
  ask: { weight: 4, fits: always, decision: (drawn) => ({ action: "ask", note: `Which? (${drawn.int(1, 3)})` }) },
};

/** How much each choice weighs in one schedule. */
export type Taste = Readonly<Record<string, number>>;

/** @see Groce et al., Swarm Testing (2012): what is left out of a schedule leaves room for more of the others. */
export function tasteOf(seed: number): Taste {
  const drawn = dice(seed, "taste");
  return Object.fromEntries(Object.keys(choices).map((name) => [name, drawn.pick([0, 1, 1, 1, 3])]));
}

/** `knowing`: where a blind answer is kept, this is the one that knows everything; now and then it forgets to say so. */
export function drawDecision(drawn: Dice, review: ReviewSummary, taste: Taste): Decision {
  const many = Object.entries(choices)
    .filter(([, { fits }]) => fits(review))
    .flatMap(([name, choice]) => Array<Choice>(choice.weight * (taste[name] ?? 1)).fill(choice));
  const decision = (drawn.pick(many) ?? choices.reject)?.decision(drawn) ?? { action: "reject", note: "No" };
  return review.blindAnswer && drawn.chance(0.8) ? { ...decision, knowing: true } : decision;
}

/** Mostly somebody who may, first of all who works on it already; now and then anybody. */
export function drawActor(drawn: Dice, review: ReviewSummary): Actor {
  const able = actors.filter(({ role }) => reaches(role, review.role));
  const holder = review.claim && actorBySub(review.claim.by);
  if (holder && drawn.chance(0.6)) return holder;
  return (drawn.chance(0.85) ? drawn.pick(able) : drawn.pick(actors)) ?? outsider;
}

const [outsider] = actors.filter(({ role }) => role === null) as [Actor];
