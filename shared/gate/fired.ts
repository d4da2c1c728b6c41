import type { Reason } from "../contracts/disposition.ts";
import type { Proposal } from "../contracts/proposal.ts";
import type { CompiledCondition, CompiledPolicy, Facts } from "../policy/compile.ts";
import { edgeReason } from "../policy/contradictions.ts";
import { passesIf } from "./counterfactual.ts";
import type { RoutingWish } from "./strictest.ts";

/** A rule that fired: its reason, where it wants the case, and the edge case that it found. */
export interface Fired {
  readonly reason: Reason;
  readonly routing?: RoutingWish | undefined;
  readonly edgeCase?: string;
}

export function firedTriggers(proposal: Proposal, facts: Facts, compiled: CompiledPolicy): Fired[] {
  return compiled.triggers.flatMap((one) => {
    const outcome = one.evaluate(facts);
    if (outcome === false) return [];
    const { id, kind, severity, fields, routing } = one.trigger;
    const about = { triggerId: id, kind, severity, fields };
    const reason =
      outcome === "failed"
        ? { ...about, ...notEvaluated(id) }
        : { ...about, ...one.tell(facts), passesIf: otherwise(one, proposal, facts, compiled) };
    return [{ reason, routing }];
  });
}

export function firedEdgeCases(proposal: Proposal, facts: Facts, compiled: CompiledPolicy): Fired[] {
  return compiled.edgeCases.flatMap((one) => {
    const outcome = one.evaluate(facts);
    if (outcome === false) return [];
    const about = { triggerId: edgeReason(one.id), kind: "policy" as const, severity: "high" as const, fields: [] };
    const told = {
      message: one.label,
      observed: "The case is of this kind",
      limit: "Cases of this kind always pause",
    };
    const reason =
      outcome === "failed"
        ? { ...about, ...notEvaluated(one.id) }
        : { ...about, ...told, passesIf: otherwise(one, proposal, facts, compiled) };
    return [{ reason, edgeCase: one.id }];
  });
}

function otherwise(
  { condition }: CompiledCondition,
  { findings, signals }: Proposal,
  facts: Facts,
  { environment, vocabulary }: CompiledPolicy,
): string {
  const currency = findings.find((finding) => finding.field === "currency")?.value ?? "";
  return passesIf(condition, { environment, vocabulary, facts, signals, currency });
}

const notEvaluated = (id: string) => ({
  message: `The rule “${id}” could not be evaluated`,
  observed: "Its expression fails on this case",
  limit: "Only what every rule was applied to can pass alone",
  passesIf: `the rule “${id}” could be evaluated`,
});
