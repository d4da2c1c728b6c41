import type { Decision } from "../contracts/decision.ts";
import type { Outcome } from "../contracts/outcome.ts";
import type { Proposal } from "../contracts/proposal.ts";
import { hashOf } from "../ledger/chain.ts";
import { canonicalLines, canonicalValue } from "../values/same-value.ts";
import type { WorkflowDefinition } from "../workflows/workflow.ts";

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

/**
 * Effects that mean the same have equal hashes: "Acme Ltd" is "ACME  Ltd", 12.5 is 12.50, and a field that is empty is one that is
 * not there. Two rejections agree, whatever was read before.
 */
export function effectHash(
  { action, fields, lines }: Effect,
  definition: Pick<WorkflowDefinition, "fields" | "lineCells">,
): string {
  if (action === "reject") return hashOf({ action });
  const values = Object.fromEntries(
    definition.fields.map(({ field, format }) => [field, canonicalValue(format, fields[field])]),
  );
  return hashOf({ action, fields: values, lines: canonicalLines(lines, definition.lineCells) });
}

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
