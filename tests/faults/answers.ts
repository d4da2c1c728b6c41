import type { ReviewSummary } from "../../shared/contracts/case.ts";
import type { Decision } from "../../shared/contracts/decision.ts";
import type { Dice } from "./dice.ts";
import { type Actor, actors, reaches } from "./people.ts";

/** What a reviewer may do next with a waiting review. To add one is a line here. */
interface Choice {
  readonly weight: number;
  readonly fits: (review: ReviewSummary) => boolean;
  readonly decision: (drawn: Dice) => Decision;
}

const always = () => true;
const hasAmount = ({ headline }: ReviewSummary) => headline.amountMinor !== null;

/** All that a case needs of which nothing was found. Amounts above 5 000.00 are more than a reviewer may decide. */
const filledIn = (gross: string): Decision => ({
  action: "correct",
  fields: { supplier: "Thistlecombe Stationery Ltd", number: "F-1", issueDate: "2026-02-20", currency: "EUR", gross },
});

const choices: readonly Choice[] = [
  { weight: 4, fits: hasAmount, decision: () => ({ action: "approve" }) },
  { weight: 4, fits: always, decision: (drawn) => filledIn(`${drawn.int(100, 140)}.00`) },
  { weight: 4, fits: always, decision: (drawn) => filledIn(`${drawn.int(6_000, 9_000)}.00`) },
  { weight: 3, fits: always, decision: (drawn) => ({ action: "reject", note: `No (${drawn.int(1, 3)})` }) },
  { weight: 3, fits: always, decision: (drawn) => ({ action: "escalate", note: `Is it? (${drawn.int(1, 3)})` }) },
];

export function drawDecision(drawn: Dice, review: ReviewSummary): Decision {
  const fitting = choices.filter(({ fits }) => fits(review));
  const many = fitting.flatMap((choice) => Array<Choice>(choice.weight).fill(choice));
  return (drawn.pick(many) ?? choices[0])?.decision(drawn) ?? { action: "approve" };
}

/** Mostly somebody who may; now and then anybody. */
export function drawActor(drawn: Dice, review: ReviewSummary): Actor {
  const able = actors.filter(({ role }) => reaches(role, review.role));
  return (drawn.chance(0.8) ? drawn.pick(able) : drawn.pick(actors)) ?? outsider;
}

const [outsider] = actors.filter(({ role }) => role === null) as [Actor];
