import type { Reason } from "../contracts/disposition.ts";
import { percent } from "../policy/cel-environment.ts";

export const noAnswer: Reason = {
  triggerId: "no-answer",
  kind: "data-quality",
  severity: "high",
  message: "The software has no answer",
  observed: "No action was proposed",
  limit: "Only a proposed action can pass alone",
  passesIf: "the software could propose an action",
  fields: [],
};

export const notPermitted = (action: string, permitted: readonly string[]): Reason => ({
  triggerId: "action-not-permitted",
  kind: "policy",
  severity: "high",
  message: "The software may not do this alone",
  observed: action,
  limit: permitted.length === 0 ? "Nothing is permitted alone" : `Alone it may: ${permitted.join(", ")}`,
  passesIf: `the policy permitted “${action}” alone`,
  fields: [],
});

/** Reasons that say nothing against the case come last. */
const withheld = { kind: "policy", severity: "low", fields: [] } as const;

export const workflowStopped: Reason = {
  ...withheld,
  fields: [],
  triggerId: "workflow-stopped",
  message: "The workflow is stopped",
  observed: "Every case goes to people",
  limit: "A stopped workflow lets nothing pass alone",
  passesIf: "its owner had not stopped the workflow",
};

export const shadowOnly: Reason = {
  ...withheld,
  fields: [],
  triggerId: "autonomy-shadow",
  message: "The software is still being graded",
  observed: "In shadow people decide everything",
  limit: "Nothing passes alone before the pilot",
  passesIf: "the workflow had left the shadow stage",
};

export const pilotOnly = (pilotShare: number): Reason => ({
  ...withheld,
  fields: [],
  triggerId: "autonomy-pilot",
  message: "The workflow is in pilot, and this case was drawn for people",
  observed: "Drawn at random",
  limit: `In the pilot ${percent(pilotShare)} of what passes the rules pass alone`,
  passesIf: "it had been drawn for the share that passes alone",
});

export const auditHeld = (share: number): Reason => ({
  ...withheld,
  fields: [],
  triggerId: "audit",
  message: "This case was drawn for an audit",
  observed: "Drawn at random",
  limit: `${percent(share)} of what passes the rules are looked at before they go out`,
  passesIf: "it had not been drawn for an audit",
});
