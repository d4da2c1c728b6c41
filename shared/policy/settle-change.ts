import type { Announcer } from "../case/executions.ts";
import type { PolicyChange } from "../contracts/policy.ts";
import { software } from "../ledger/event.ts";
import { hasExpired } from "./change-expiry.ts";
import {
  PolicyChangeNotFoundError,
  type PolicyChanges,
  type PolicyStanding,
  retryOnContention,
} from "./policy-changes.ts";
import { aboutChange } from "./take-effect.ts";

export interface SettleChangePorts {
  readonly changes: Pick<PolicyChanges, "standing" | "find" | "commit">;
  readonly announcer: Announcer;
  readonly now: () => Date;
}

/**
 * Looks what became of a change: one that took effect is announced, one that nobody signed in time, or that another one
 * overtook, ends. Safe to repeat; a receiver meets the same announcement again. Answers whether there is anything left to wait for.
 * @throws {PolicyChangeNotFoundError} for an execution that somebody else started
 */
export async function settleChange(
  changeId: string,
  { changes, announcer, now }: SettleChangePorts,
): Promise<{ settled: boolean }> {
  const change = await retryOnContention(async () => {
    const found = await changes.find(changeId);
    if (!found) throw new PolicyChangeNotFoundError(changeId);
    if (found.status !== "waiting") return found;
    const standing = await changes.standing(found.workflow);
    const at = now();
    const ended = endOf(found, standing, at);
    if (!ended) return found;
    await changes.commit(ended, at);
    return ended.change;
  });
  const { status, workflow, version } = change;
  if (status === "applied" && version !== null)
    await announcer.announce({ type: "PolicyChanged", detail: { workflow, version, changeId } });
  return { settled: status !== "waiting" };
}

function endOf(found: PolicyChange, { head, current }: PolicyStanding, at: Date) {
  const overtaken = found.baseVersion !== current.version;
  if (!overtaken && !hasExpired(found, at)) return null;
  const change: PolicyChange = { ...found, status: overtaken ? "superseded" : "expired" };
  const entry = {
    type: overtaken ? ("PolicyChangeSuperseded" as const) : ("PolicyChangeExpired" as const),
    actor: software,
    summary: overtaken
      ? `A change on version ${found.baseVersion} was overtaken by version ${current.version}`
      : "Nobody signed a change in time",
    details: { ...aboutChange(change), currentVersion: current.version },
  };
  return { head, change, entry, becomes: null };
}
