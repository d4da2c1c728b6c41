import type { Decision } from "../contracts/decision.ts";
import type { Outcome } from "../contracts/outcome.ts";
import type { Proposal } from "../contracts/proposal.ts";
import { hashOf } from "../ledger/chain.ts";

/** What is to happen with a case, whoever decided it: the part of an outcome that two answers can agree on. */
export type Effect = Pick<Outcome, "action" | "fields" | "lines">;

/**
 * What an answer (or, without one, the proposal itself) comes to.
 * @param actions - of the workflow, the usual one first: what is done with a case that is let through though nothing was proposed.
 */
export function effectOf(proposal: Proposal | null, decision: Decision | null, actions: readonly string[]): Effect {
  return {
    action: decision?.action === "reject" ? "reject" : (proposal?.action ?? actions[0] ?? "accept"),
    fields: finalFields(proposal, decision),
    lines: finalLines(proposal, decision),
  };
}

/** Equal effects have equal hashes. Two rejections agree, whatever was read before. */
export const effectHash = (effect: Effect): string =>
  effect.action === "reject" ? hashOf({ action: "reject" }) : hashOf(effect);

function finalFields(proposal: Proposal | null, decision: Decision | null): Effect["fields"] {
  // Where a field was found twice the first counts, as it did for the gate.
  const findings = (proposal?.findings ?? []).toReversed();
  const proposed = Object.fromEntries(findings.map(({ field, value }) => [field, value]));
  return decision?.action === "correct" ? { ...proposed, ...decision.fields } : proposed;
}

function finalLines(proposal: Proposal | null, decision: Decision | null): Effect["lines"] {
  const corrected = decision?.action === "correct" ? decision.lines : undefined;
  return corrected ?? (proposal?.lines ?? []).map(({ cells }) => cells);
}
