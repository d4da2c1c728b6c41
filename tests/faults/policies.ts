import { currentItem, versionItem } from "../../shared/aws/dynamodb/policy-rows.ts";
import type { Policy } from "../../shared/contracts/policy.ts";
import { invoices } from "../../shared/workflows/invoices/workflow.ts";
import { nothingDrawn } from "../stack/policy-in-force.ts";
import { dice } from "./dice.ts";
import type { Machine } from "./machine.ts";
import { table } from "./state.ts";

const hour = 60 * 60;
/** Longer than any sender of a schedule has; the time that settling turns past. */
export const longestSenderSeconds = 30 * hour;

/** Versions of one seed: functions outlive schedules, and remember a version for ever. */
const versionsEach = 100;

const shortLadder: Policy["routing"]["ladder"] = [
  { role: "reviewer", dueSeconds: 2 * hour },
  { role: "owner", dueSeconds: 6 * hour },
];
/** Most answers need nothing opened or attached: that rule has its own tests. */
const plain: Partial<Policy> = { ...nothingDrawn, evidence: [] };

/** The policy that a seed is played under: what its owners may ask of people, in every combination. */
export function policyOf(seed: number): Policy {
  const drawn = dice(seed, "policy");
  const { policy } = invoices;
  const audit = drawn.pick([
    { share: 0, hold: false },
    { share: 0, blindShare: 1, hold: false },
    { share: 0, blindShare: 0.5, hold: false },
    { share: 1, blindShare: 0, hold: false },
    { share: 0.5, hold: false },
    { share: 0.5, hold: true },
    { share: 1, hold: true },
  ]);
  const fourEyes = drawn.pick([
    policy.fourEyes,
    policy.fourEyes,
    { ...policy.fourEyes, when: "true" },
    { ...policy.fourEyes, amountAbove: { EUR: 120_00, GBP: 120_00 } },
  ]);
  const ladder = drawn.pick([policy.routing.ladder, policy.routing.ladder, shortLadder]);
  return {
    ...policy,
    ...plain,
    version: versionsEach * (seed + 1),
    audit,
    fourEyes,
    routing: { ...policy.routing, ladder },
    senderSeconds: drawn.pick([hour, 5 * hour, longestSenderSeconds]),
  };
}

/** Puts it in force, as the owners before this schedule would have. */
export async function putInForce(machine: Machine, policy: Policy): Promise<void> {
  const TableName = table(machine.stack.template, "CaseTable");
  for (const Item of [versionItem(policy), currentItem(policy, new Date(0).toISOString())])
    await machine.ask("dynamodb", "DynamoDB_20120810.PutItem", { TableName, Item });
}
