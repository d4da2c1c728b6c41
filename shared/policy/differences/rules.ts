import type { Environment } from "@marcbachmann/cel-js";
import { serialize } from "@marcbachmann/cel-js";
import type { ReviewRole } from "../../contracts/identifiers.ts";
import type { EvidenceRule, Policy, PolicyDifference, Trigger } from "../../contracts/policy.ts";
import { implies } from "../implies.ts";
import { byId, difference, type Effect, figure, figures, members, whatever, words } from "./difference.ts";

type Change = readonly [before: Policy, after: Policy];

const standing: Readonly<Record<ReviewRole, number>> = { reviewer: 0, expert: 1, owner: 2 };

/** A condition of a rule that hands cases to people: firing on more is tighter. */
function condition(
  path: readonly PropertyKey[],
  name: string,
  [before, after]: readonly [string, string],
  environment: Environment,
): PolicyDifference[] {
  if (before === after) return [];
  const [was, is] = [environment.parse(before).ast, environment.parse(after).ast];
  const told = `${name}: condition from ${before} to ${after}`;
  if (serialize(was) === serialize(is))
    return [difference(path, "neutral", `${name}: condition is spaced differently`)];
  return [difference(path, implies(was, is) ? "tightens" : "loosens", told)];
}

/** Adding a rule never lets anything more pass, but its routing can take a case from those who would have had it. */
function effectOfAdding({ routing = {} }: Trigger, base: Policy["routing"]): Effect {
  const { ladder, queue } = routing;
  if (queue !== undefined) return "loosens";
  const [first, last] = [ladder?.[0], ladder?.at(-1)];
  if (!ladder || !first || !last) return "tightens";
  const start = base.ladder[0]?.role ?? "owner";
  return last.role === "owner" && standing[first.role] >= standing[start] ? "tightens" : "loosens";
}

const severities = ["low", "medium", "high"];

export const triggers = ([before, after]: Change, environment: Environment): PolicyDifference[] => [
  ...whatever(["triggers"], "order of the triggers that name a queue", orderOfQueues([before, after])),
  ...byId(["triggers"], [before.triggers, after.triggers], {
    added: (one) => [effectOfAdding(one, after.routing), `trigger ${one.id} is new: ${one.when}`],
    removed: (one) => ["loosens", `trigger ${one.id} is gone: ${one.when}`],
    changed: (path, was, is) => [
      ...condition([...path, "when"], `trigger ${is.id}`, [was.when, is.when], environment),
      ...whatever([...path, "kind"], `trigger ${is.id}: kind`, [was.kind, is.kind]),
      ...(was.severity === is.severity
        ? []
        : figureOfSeverity([...path, "severity"], is.id, [was.severity, is.severity])),
      ...(["message", "observed", "limit", "fields"] as const).flatMap((part) =>
        words([...path, part], `trigger ${is.id}: ${part}`, [was[part], is[part]]),
      ),
      ...routingOfTrigger([...path, "routing"], is.id, [was.routing ?? {}, is.routing ?? {}]),
    ],
  }),
];

/** The first queue that is named wins; of the triggers that both have, which name one and in what order? */
function orderOfQueues([before, after]: Change): readonly [string[], string[]] {
  const naming = ({ triggers: all }: Policy) => all.filter(({ routing }) => routing?.queue).map(({ id }) => id);
  const [was, is] = [naming(before), naming(after)];
  return [was.filter((id) => is.includes(id)), is.filter((id) => was.includes(id))];
}

const figureOfSeverity = (path: readonly PropertyKey[], id: string, [was, is]: readonly [string, string]) => [
  difference(
    path,
    severities.indexOf(is) > severities.indexOf(was) ? "tightens" : "loosens",
    `trigger ${id}: severity from ${was} to ${is}`,
  ),
];

function routingOfTrigger(
  path: readonly PropertyKey[],
  id: string,
  [was, is]: readonly [NonNullable<Trigger["routing"]>, NonNullable<Trigger["routing"]>],
): PolicyDifference[] {
  return [
    ...whatever([...path, "queue"], `trigger ${id}: queue`, [was.queue, is.queue]),
    ...figure([...path, "priority"], `trigger ${id}: priority`, [was.priority ?? 0, is.priority ?? 0], "up"),
    ...whatever([...path, "ladder"], `trigger ${id}: ladder`, [was.ladder, is.ladder]),
  ];
}

export const edgeCases = ([before, after]: Change, environment: Environment): PolicyDifference[] =>
  byId(["edgeCases"], [before.edgeCases, after.edgeCases], {
    added: (one) => ["tightens", `edge case ${one.id} is new: ${one.when}`],
    removed: (one) => ["loosens", `edge case ${one.id} is gone: ${one.when}`],
    changed: (path, was, is) => [
      ...condition([...path, "when"], `edge case ${is.id}`, [was.when, is.when], environment),
      ...words([...path, "label"], `edge case ${is.id}: label`, [was.label, is.label]),
    ],
  });

export const evidence = ([before, after]: Change): PolicyDifference[] =>
  byId(["evidence"], [before.evidence, after.evidence], {
    added: (one) => ["tightens", `evidence rule ${one.id} is new: ${one.label}`],
    removed: (one) => ["loosens", `evidence rule ${one.id} is gone: ${one.label}`],
    changed: (path, was, is) => [
      ...whatever([...path, "kind"], `evidence rule ${is.id}: kind`, [was.kind, is.kind]),
      ...words([...path, "label"], `evidence rule ${is.id}: label`, [was.label, is.label]),
      ...reasons([...path, "reasons"], is.id, [was.reasons, is.reasons]),
    ],
  });

function reasons(
  path: readonly PropertyKey[],
  id: string,
  [was, is]: readonly [EvidenceRule["reasons"], EvidenceRule["reasons"]],
): PolicyDifference[] {
  if (was === "*" && is === "*") return [];
  if (is === "*") return [difference(path, "tightens", `evidence rule ${id} is for every reviewed case`)];
  if (was === "*") return [difference(path, "loosens", `evidence rule ${id} is no longer for every reviewed case`)];
  return members(path, [was, is], {
    added: (reason) => ["tightens", `evidence rule ${id} is for ${reason}, too`],
    removed: (reason) => ["loosens", `evidence rule ${id} is no longer for ${reason}`],
  });
}

export function fourEyes([{ fourEyes: was }, { fourEyes: is }]: Change, environment: Environment): PolicyDifference[] {
  const path = ["fourEyes", "when"];
  const ofCondition =
    was.when !== null && is.when !== null
      ? condition(path, "four eyes", [was.when, is.when], environment)
      : was.when === is.when
        ? []
        : [
            is.when === null
              ? difference(path, "loosens", `four eyes: condition is gone: ${was.when}`)
              : difference(path, "tightens", `four eyes: condition is new: ${is.when}`),
          ];
  return [
    ...ofCondition,
    ...figures(["fourEyes", "amountAbove"], [was.amountAbove, is.amountAbove], {
      name: (currency) => `four eyes above an amount in ${currency}`,
      tightens: "down",
      adding: "tightens",
    }),
    ...members(["fourEyes", "correctedFields"], [was.correctedFields, is.correctedFields], {
      added: (field) => ["tightens", `four eyes where ${field} was corrected`],
      removed: (field) => ["loosens", `no four eyes where ${field} was corrected`],
    }),
  ];
}
