import type { Disposition, Reason } from "../contracts/disposition.ts";
import type { Proposal } from "../contracts/proposal.ts";
import { percent } from "../policy/cel-environment.ts";
import type { CompiledPolicy, Facts } from "../policy/compile.ts";
import { passesIf } from "./counterfactual.ts";
import { factsOf } from "./facts.ts";
import { type RoutingWish, strictest } from "./strictest.ts";

interface Judged {
  /** Null when the first pass died before it could propose anything. */
  readonly proposal: Proposal | null;
  /** Why there is no proposal, or what else keeps the case from passing, whatever the policy says. */
  readonly obstacles: readonly Reason[];
  /** The department that the invoice's cost centre belongs to; its queue wins over the policy's. */
  readonly departmentQueue: string | null;
  readonly now: Date;
}

/**
 * Decides whether software may act alone. Pure: the same proposal and policy give the same disposition, always.
 * All triggers that fire are recorded; the strictest routing wins. A required field that was not found or not scored never passes.
 */
export function judge({ proposal, obstacles, departmentQueue, now }: Judged, compiled: CompiledPolicy): Disposition {
  const { policy } = compiled;
  const wanted: RoutingWish[] = [];
  const reasons: Reason[] = [...obstacles];
  if (proposal) {
    const facts = factsOf(proposal, compiled.vocabulary);
    for (const { reason, routing } of fired(proposal, facts, compiled)) {
      reasons.push(reason);
      if (routing) wanted.push(routing);
    }
    // What is wrong says more than how unsure the software was, and a queue shows the first reason.
    reasons.push(...belowConfidence(proposal, compiled));
  }
  const at = now.toISOString();
  if (reasons.length === 0 && proposal?.action) return { kind: "pass", policyVersion: policy.version, at };
  if (reasons.length === 0) reasons.push(noAnswer);
  const routing = strictest(policy.routing, wanted);
  return {
    kind: "review",
    policyVersion: policy.version,
    at,
    reasons,
    passesIf: [...new Set(reasons.map((reason) => reason.passesIf))].join(", and "),
    routing: departmentQueue ? { ...routing, queue: departmentQueue } : routing,
  };
}

const noAnswer: Reason = {
  triggerId: "no-answer",
  kind: "data-quality",
  message: "The software has no answer",
  observed: "No action was proposed",
  limit: "Only a proposed action can pass alone",
  passesIf: "the software could propose an action",
  fields: [],
};

function* fired(proposal: Proposal, facts: Facts, { triggers, environment, vocabulary }: CompiledPolicy) {
  const currency = proposal.findings.find((finding) => finding.field === "currency")?.value ?? "";
  for (const { trigger, condition, fires, tell } of triggers) {
    if (!fires(facts)) continue;
    const reason: Reason = {
      triggerId: trigger.id,
      kind: trigger.kind,
      ...tell(facts),
      passesIf: passesIf(condition, { environment, vocabulary, facts, signals: proposal.signals, currency }),
      fields: trigger.fields,
    };
    yield { reason, routing: trigger.routing };
  }
}

function belowConfidence(proposal: Proposal, { policy, vocabulary }: CompiledPolicy): Reason[] {
  return Object.entries(policy.confidenceLimits).flatMap(([field, limit]) => {
    const label = vocabulary.fields[field]?.label ?? field;
    const finding = proposal.findings.find((candidate) => candidate.field === field);
    const missing = !finding?.value?.trim();
    const confidence = finding?.confidence ?? null;
    if (!missing && confidence !== null && confidence >= limit) return [];
    return [
      {
        triggerId: `confidence-${field}`,
        kind: missing ? ("data-quality" as const) : ("confidence" as const),
        message: missing
          ? `${label} was not found`
          : confidence === null
            ? `${label} could not be scored`
            : `${label} read at ${percent(confidence)}`,
        observed: missing
          ? "Nothing on the document was recognised as this field"
          : confidence === null
            ? "No confidence"
            : percent(confidence),
        limit: `Alone it may act from ${percent(limit)}`,
        passesIf: missing
          ? `${label.toLowerCase()} were found with at least ${percent(limit)}`
          : `confidence in ${label.toLowerCase()} were at least ${percent(limit)}`,
        fields: [field],
      },
    ];
  });
}
