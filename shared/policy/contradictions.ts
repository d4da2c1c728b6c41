import type { Routing } from "../contracts/disposition.ts";
import type { ReviewRole } from "../contracts/identifiers.ts";
import type { Policy } from "../contracts/policy.ts";
import { type PolicyProblem, pointerTo, shown } from "./policy-invalid-error.ts";
import type { Vocabulary } from "./vocabulary.ts";

const standing: Readonly<Record<ReviewRole, number>> = { reviewer: 0, expert: 1, owner: 2 };

/** Ids that the gate gives reasons of its own; a trigger with one of them could not be told from it. */
export const edgeReason = (id: string): string => `edge-${id}`;
export const confidenceReason = (field: string): string => `confidence-${field}`;

/** What a policy's parts say against each other, or about things that do not exist. All of it, not only the first. */
export function contradictions(policy: Policy, vocabulary: Vocabulary): PolicyProblem[] {
  return [
    ...unknownFields(policy, vocabulary),
    ...unknownActions(policy, vocabulary),
    ...repeatedIds(policy),
    ...unknownEdgeCases(policy),
    ...idleEvidence(policy, vocabulary),
    ...routings(policy),
    ...idlePilot(policy),
  ];
}

const problem = (path: readonly PropertyKey[], detail: string): PolicyProblem => ({ pointer: pointerTo(path), detail });
const oneOf = (known: readonly string[]): string =>
  known.length > 0 ? `Choose one of ${known.join(", ")}.` : "Leave it out: there are none.";

function unknownFields(policy: Policy, { fields }: Vocabulary): PolicyProblem[] {
  const named: (readonly [PropertyKey[], string])[] = [
    ...Object.keys(policy.confidenceLimits).map((field) => [["confidenceLimits", field], field] as const),
    ...policy.triggers.flatMap((trigger, index) =>
      trigger.fields.map((field, at) => [["triggers", index, "fields", at], field] as const),
    ),
    ...policy.fourEyes.correctedFields.map((field, at) => [["fourEyes", "correctedFields", at], field] as const),
  ].map(([path, field]) => [[...path], field]);
  return named
    .filter(([, field]) => !Object.hasOwn(fields, field))
    .map(([path, field]) =>
      problem(path, `${shown(field)}: no proposal of this workflow has this field. ${oneOf(Object.keys(fields))}`),
    );
}

function unknownActions({ permissions }: Policy, { actions }: Vocabulary): PolicyProblem[] {
  return permissions.actions.flatMap((action, at) =>
    actions.includes(action)
      ? []
      : [problem(["permissions", "actions", at], `${shown(action)}: this workflow never does that. ${oneOf(actions)}`)],
  );
}

function repeatedIds({ triggers, edgeCases, evidence }: Policy): PolicyProblem[] {
  const repeated = (list: string, ids: readonly string[]) =>
    ids.flatMap((id, at) =>
      ids.indexOf(id) < at ? [problem([list, at, "id"], `${id}: this id stands twice. Rename one.`)] : [],
    );
  const taken = triggers.flatMap(({ id }, at) => {
    const path = ["triggers", at, "id"];
    if (edgeCases.some((edgeCase) => edgeCase.id === id))
      return [problem(path, `${id}: an edge case has this id, too. Rename one.`)];
    return /^(edge|confidence)-/.test(id)
      ? [problem(path, `${id}: the gate's own reasons begin like that. Rename it.`)]
      : [];
  });
  return [
    ...repeated(
      "triggers",
      triggers.map(({ id }) => id),
    ),
    ...repeated(
      "edgeCases",
      edgeCases.map(({ id }) => id),
    ),
    ...repeated(
      "evidence",
      evidence.map(({ id }) => id),
    ),
    ...taken,
  ];
}

function unknownEdgeCases({ authority, edgeCases }: Policy): PolicyProblem[] {
  const known = edgeCases.map(({ id }) => id);
  const roles = Object.entries(authority);
  const unknown = roles.flatMap(([role, { edgeCases: may }]) =>
    (may === "*" ? [] : may).flatMap((id, at) =>
      known.includes(id)
        ? []
        : [problem(["authority", role, "edgeCases", at], `${shown(id)}: there is no such edge case. ${oneOf(known)}`)],
    ),
  );
  const undecidable = edgeCases.flatMap(({ id }, at) =>
    roles.some(([, { edgeCases: may, actions }]) => (may === "*" || may.includes(id)) && letsThrough(actions))
      ? []
      : [problem(["edgeCases", at], `${id}: no role may let it through. Name it in /authority/owner/edgeCases.`)],
  );
  return [...unknown, ...undecidable];
}

/** Rules on evidence that no reason can ever call up. */
function idleEvidence({ evidence, triggers, edgeCases }: Policy, { fields }: Vocabulary): PolicyProblem[] {
  const known = [
    ...triggers.map(({ id }) => id),
    ...edgeCases.flatMap(({ id }) => [id, edgeReason(id)]),
    ...Object.keys(fields).map(confidenceReason),
  ];
  return evidence.flatMap(({ reasons }, at) =>
    (reasons === "*" ? [] : reasons).flatMap((id, of) =>
      known.includes(id)
        ? []
        : [problem(["evidence", at, "reasons", of], `${shown(id)}: nothing can give this reason. ${oneOf(known)}`)],
    ),
  );
}

const letsThrough = (actions: readonly string[]) => actions.includes("approve") || actions.includes("correct");

function routings(policy: Policy): PolicyProblem[] {
  const base = policy.routing.ladder[0];
  const ofTriggers = policy.triggers.flatMap(({ routing = {} }, index) => {
    const path = ["triggers", index, "routing"];
    const first = routing.ladder?.[0];
    const below = first && base && standing[first.role] < standing[base.role];
    return [
      ...(routing.queue === undefined ? [] : foreignQueue(routing.queue, [...path, "queue"], policy)),
      ...(routing.ladder === undefined ? [] : ladder(routing.ladder, [...path, "ladder"], policy)),
      ...(below
        ? [
            problem(
              [...path, "ladder", 0, "role"],
              `${first.role} is below ${base.role}, where /routing starts, so it never counts. Start at ${base.role} or above.`,
            ),
          ]
        : []),
    ];
  });
  return [
    ...foreignQueue(policy.routing.queue, ["routing", "queue"], policy),
    ...ladder(policy.routing.ladder, ["routing", "ladder"], policy),
    ...ofTriggers,
  ];
}

const foreignQueue = (queue: string, path: readonly PropertyKey[], { workflow }: Policy): PolicyProblem[] =>
  queue === workflow || queue.startsWith(`${workflow}/`)
    ? []
    : [problem(path, `${shown(queue)} is another workflow's queue. Use ${workflow}, or ${workflow}/<department>.`)];

function ladder(rungs: Routing["ladder"], path: readonly PropertyKey[], { authority }: Policy): PolicyProblem[] {
  const descending = rungs.flatMap(({ role }, at) => {
    const before = rungs[at - 1];
    return before && standing[role] < standing[before.role]
      ? [
          problem(
            [...path, at, "role"],
            `${role} comes after ${before.role}, so the ladder goes down. Order it reviewer, expert, owner.`,
          ),
        ]
      : [];
  });
  const idle = rungs.flatMap(({ role }, at) =>
    authority[role].actions.length === 0
      ? [
          problem(
            [...path, at, "role"],
            `${role} has no authority to do anything. Give it actions in /authority/${role}/actions, or leave the rung out.`,
          ),
        ]
      : [],
  );
  const last = rungs.at(-1);
  const stuck =
    last && !letsThrough(authority[last.role].actions)
      ? [
          problem(
            [...path, rungs.length - 1, "role"],
            `${last.role} is asked last and may let nothing through. Add approve or correct to /authority/${last.role}/actions, or a rung above.`,
          ),
        ]
      : [];
  return [...descending, ...idle, ...stuck];
}

function idlePilot({ autonomy: { stage, pilotShare } }: Policy): PolicyProblem[] {
  if (stage !== "pilot" || (pilotShare > 0 && pilotShare < 1)) return [];
  const detail =
    pilotShare === 0
      ? "0: a pilot that lets nothing pass is a shadow. Raise the share, or set the stage to shadow."
      : "1: a pilot that lets everything pass is live. Lower the share, or set the stage to live when its criteria are met.";
  return [problem(["autonomy", "pilotShare"], detail)];
}
