import type { Environment } from "@marcbachmann/cel-js";
import type { AutonomyStage, Policy, PolicyDifference } from "../../contracts/policy.ts";
import { authority } from "./authority.ts";
import { difference, figure, figures, members, whatever } from "./difference.ts";
import { edgeCases, evidence, fourEyes, triggers } from "./rules.ts";

type Change = readonly [before: Policy, after: Policy];

/**
 * Everything that differs between two policies of a workflow, and whether it tightens. Both must compile.
 *
 * tightens: less passes alone, or more is asked of people, whatever the case. neutral: words that nothing is decided by.
 * loosens: everything else. What reviewers go by (criteria, instructions) loosens, since nobody can tell what new words let
 * through. The version is no part of it.
 */
export function differences(before: Policy, after: Policy, environment: Environment): PolicyDifference[] {
  const change = [before, after] as const;
  return [
    ...whatever(["accountableOwner"], "accountable owner", [before.accountableOwner, after.accountableOwner]),
    ...stopped(change),
    ...members(["permissions", "actions"], [before.permissions.actions, after.permissions.actions], {
      added: (action) => ["loosens", `software may ${action} alone`],
      removed: (action) => ["tightens", `software may no longer ${action} alone`],
    }),
    ...autonomy(change),
    ...figures(["confidenceLimits"], [before.confidenceLimits, after.confidenceLimits], {
      name: (field) => `${field}: confidence limit`,
      tightens: "up",
      adding: "tightens",
    }),
    ...triggers(change, environment),
    ...edgeCases(change, environment),
    ...routing(change),
    ...authority(change),
    ...whatever(["criteria"], "acceptance criteria", [before.criteria, after.criteria]),
    ...whatever(["instructions"], "instructions", [before.instructions, after.instructions]),
    ...evidence(change),
    ...audit(change),
    ...fourEyes(change, environment),
    ...whatever(["claimSeconds"], "seconds that a claim lasts", [before.claimSeconds, after.claimSeconds]),
    ...whatever(["senderSeconds"], "seconds that a sender has", [before.senderSeconds, after.senderSeconds]),
    ...whatever(["retention"], "retention", [before.retention, after.retention]),
  ];
}

/** A change that does so applies at once, on one signature. */
export const onlyTightens = (all: readonly PolicyDifference[]): boolean =>
  all.every(({ effect }) => effect !== "loosens");

function stopped([before, after]: Change): PolicyDifference[] {
  if (before.stopped === after.stopped) return [];
  return after.stopped
    ? [difference(["stopped"], "tightens", "the workflow stops: every case goes to people")]
    : [difference(["stopped"], "loosens", "the workflow goes on: what passes the rules passes alone again")];
}

/** In order of what software may do alone. */
export const stages: readonly AutonomyStage[] = ["shadow", "pilot", "live"];

function autonomy([{ autonomy: was }, { autonomy: is }]: Change): PolicyDifference[] {
  const advances = stages.indexOf(is.stage) > stages.indexOf(was.stage);
  return [
    ...(was.stage === is.stage
      ? []
      : [
          difference(
            ["autonomy", "stage"],
            advances ? "loosens" : "tightens",
            `autonomy from ${was.stage} to ${is.stage}`,
          ),
        ]),
    ...figure(["autonomy", "pilotShare"], "share that a pilot lets pass", [was.pilotShare, is.pilotShare], "down"),
    ...stages.flatMap((stage) => {
      const path = ["autonomy", "exit", stage];
      const [before, after] = [was.exit[stage], is.exit[stage]];
      return [
        ...figure([...path, "minCases"], `${stage}: graded cases needed`, [before.minCases, after.minCases], "up"),
        ...figure(
          [...path, "maxErrorRate"],
          `${stage}: largest error rate`,
          [before.maxErrorRate, after.maxErrorRate],
          "down",
        ),
      ];
    }),
  ];
}

/** Another ladder can end lower or take longer for some case, even one that starts higher: it is not known to tighten. */
const routing = ([{ routing: was }, { routing: is }]: Change): PolicyDifference[] => [
  ...whatever(["routing", "queue"], "queue", [was.queue, is.queue]),
  ...figure(["routing", "priority"], "priority", [was.priority, is.priority], "up"),
  ...whatever(["routing", "ladder"], "ladder", [was.ladder, is.ladder]),
];

function audit([{ audit: was }, { audit: is }]: Change): PolicyDifference[] {
  const blind = [was.blindShare ?? was.share, is.blindShare ?? is.share] as const;
  const held = is.hold
    ? difference(["audit", "hold"], "tightens", "outcomes wait for their audit")
    : difference(["audit", "hold"], "loosens", "outcomes no longer wait for their audit");
  return [
    ...figure(["audit", "share"], "share that is audited", [was.share, is.share], "up"),
    ...figure(["audit", "blindShare"], "share of reviews that are blind", blind, "up"),
    ...(was.hold === is.hold ? [] : [held]),
  ];
}
