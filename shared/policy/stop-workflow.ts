import { policyChangeIdOf } from "../case/case-id.ts";
import type { Workflow } from "../contracts/identifiers.ts";
import type { PolicyChange } from "../contracts/policy.ts";
import { requireRole } from "../people/authority.ts";
import { difference } from "./differences/difference.ts";
import { retryOnContention } from "./policy-changes.ts";
import { applyNow, freshChange, type ProposeChangePorts } from "./propose-change.ts";

export interface Stop {
  readonly workflow: Workflow;
  readonly because: string;
  readonly personId: string;
  readonly idempotencyKey: string;
}

/**
 * From now on every case of the workflow goes to people: the gate reads the policy anew for each. One owner, at once; nothing
 * but the store is asked, so that a policy that cannot be compiled any more can still be stopped. Stopping what is stopped
 * changes nothing, and is answered with the version in force.
 *
 * @throws {NotAllowedError}
 */
export async function stopWorkflow(
  { workflow, because, personId, idempotencyKey }: Stop,
  ports: Pick<ProposeChangePorts, "people" | "policies" | "changes" | "executions" | "now">,
): Promise<PolicyChange> {
  const { people, changes, executions, now } = ports;
  const person = requireRole(await people.find(personId), workflow, "owner");
  // Apart from the same key of a proposal; keys hold no spaces.
  const idOn = (version: number) => policyChangeIdOf(workflow, version, personId, `stop ${idempotencyKey}`);
  const { change, isNew } = await retryOnContention(async () => {
    const standing = await changes.standing(workflow);
    const { current } = standing;
    const stop = difference(["stopped"], "tightens", "the workflow stops: every case goes to people");
    const fresh = freshChange(idOn(current.version), { ...current, stopped: true }, [stop], because, person, now());
    if (!current.stopped) return { change: await applyNow(fresh, standing, person, ports), isNew: true };
    // Sent again after a crash: the stop that this very request made has its execution still to be started.
    const mine = (await changes.latest(workflow)).find(({ baseVersion, changeId }) => changeId === idOn(baseVersion));
    if (mine) return { change: mine, isNew: true };
    const already: PolicyChange = { ...fresh, status: "applied", version: current.version, differences: [] };
    return { change: already, isNew: false };
  });
  if (isNew) await executions.start({ changeId: change.changeId, workflow });
  return change;
}
