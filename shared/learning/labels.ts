import type { Decision } from "../contracts/decision.ts";
import type { Proposal } from "../contracts/proposal.ts";
import type { Label } from "../contracts/tally.ts";
import { hashOf } from "../ledger/chain.ts";
import { toMinor } from "../values/amount.ts";
import { canonicalLines, sameValue } from "../values/same-value.ts";
import type { WorkflowDefinition } from "../workflows/workflow.ts";

export interface Answer {
  readonly proposal: Proposal | null;
  readonly decision: Decision;
  /** Given without seeing what the software found: only what was stated says anything. */
  readonly blind: boolean;
  readonly definition: Pick<WorkflowDefinition, "fields" | "lineCells" | "actions" | "amount">;
}

export interface Money {
  readonly amountMinor: number | null;
  readonly currency: string | null;
}

/**
 * What a verdict says of each thing the software stated; nothing for what is no verdict. Where both say the same, `final` is
 * spelled as `proposed`, so that a difference between the two is always one of meaning. A rejection judges the action alone:
 * whoever rejects has not vouched for the fields. "lines" are compared as a whole, by hash: their text stays with the case.
 */
export function labelsOf({ proposal, decision, blind, definition }: Answer): Label[] {
  if (!isVerdict(decision)) return [];
  const proposed = proposal?.action ?? null;
  const action = {
    field: "action",
    proposed,
    final: finalAction({ proposal, decision, definition }),
    confidence: null,
  };
  if (decision.action === "reject") return [action];
  const stated = decision.action === "correct" ? decision.fields : {};
  const fields = definition.fields.flatMap(({ field, format }) => {
    if (blind && !(field in stated)) return [];
    const found = findingOf(proposal, field);
    const before = found?.value ?? null;
    const after = field in stated ? (stated[field] ?? null) : before;
    return [
      {
        field,
        proposed: before,
        final: sameValue(format, before, after) ? before : after,
        confidence: found?.confidence ?? null,
      },
    ];
  });
  return [...fields, ...linesLabel({ proposal, decision, blind, definition }), action];
}

function linesLabel({ proposal, decision, blind, definition }: Answer): Label[] {
  const stated = decision.action === "correct" ? decision.lines : undefined;
  if (blind && !stated) return [];
  const before = (proposal?.lines ?? []).map(({ cells }) => cells);
  if (before.length === 0 && !stated) return [];
  const hash = (lines: Parameters<typeof canonicalLines>[0]) => hashOf(canonicalLines(lines, definition.lineCells));
  const confidences = (proposal?.lines ?? []).map((line) => line.confidence);
  const scored = confidences.filter((confidence) => confidence !== null);
  return [
    {
      field: "lines",
      proposed: before.length === 0 ? null : hash(before),
      final: hash(stated ?? before),
      // As sure as of the least sure line; unscored as soon as one is.
      confidence: scored.length === 0 || scored.length < confidences.length ? null : Math.min(...scored),
    },
  ];
}

export const isChanged = ({ proposed, final }: Label): boolean => proposed !== final;

/** Would the software have done something else than the person decided? Null when it proposed nothing, or nothing was decided. */
export function wouldHaveBeenWrong({ proposal, decision }: Answer, labels: readonly Label[]): boolean | null {
  if (!proposal?.action || !isVerdict(decision)) return null;
  return labels.some(isChanged);
}

/** The amount that the software would have acted on, in minor units; the headline's where no field can be read as one. */
export function proposedMoney(
  proposal: Proposal | null,
  headline: Money,
  { amount }: Pick<WorkflowDefinition, "amount">,
): Money {
  const currency = findingOf(proposal, amount.currencyField)?.value ?? null;
  const text = findingOf(proposal, amount.field)?.value ?? null;
  const amountMinor = text === null || currency === null ? null : toMinor(text, currency);
  return amountMinor === null
    ? { amountMinor: headline.amountMinor, currency: headline.currency }
    : { amountMinor, currency };
}

/**
 * What acting on the proposal would have cost, in minor units of the proposed currency: the difference in the amount, or all of it
 * where it should not have been done, or in another currency. Null without an amount, or where there is nothing to compare.
 */
export function costOfProposal(answer: Answer, { amountMinor, currency }: Money): number | null {
  const { proposal, decision, definition } = answer;
  if (!proposal?.action || !isVerdict(decision) || amountMinor === null || currency === null) return null;
  const whole = Math.abs(amountMinor);
  if (decision.action === "reject") return whole;
  const stated = decision.action === "correct" ? decision.fields : {};
  const { field, currencyField } = definition.amount;
  if (currencyField in stated && !sameValue("currency", stated[currencyField], currency)) return whole;
  if (!(field in stated)) return 0;
  const text = stated[field] ?? null;
  const finalMinor = text === null ? null : toMinor(text, currency);
  return finalMinor === null ? whole : Math.abs(amountMinor - finalMinor);
}

function finalAction({
  proposal,
  decision,
  definition,
}: Pick<Answer, "proposal" | "decision"> & { definition: Pick<WorkflowDefinition, "actions"> }) {
  return decision.action === "reject" ? "reject" : (proposal?.action ?? definition.actions[0]);
}

/** Where a field was found twice the first counts, as it did for the gate. */
const findingOf = (proposal: Proposal | null, field: string) =>
  proposal?.findings.find((finding) => finding.field === field);

/** An answer that says what is to happen with the case. */
const isVerdict = ({ action }: Decision): boolean =>
  action === "approve" || action === "correct" || action === "reject";
