import type { Workflow } from "../contracts/identifiers.ts";
import type { Policy } from "../contracts/policy.ts";

/** Policies as they are in force. The file beside a workflow is the first version; its owners' changes follow it. */
export interface Policies {
  /** The version in force now. Read anew each time: a stop acts at once. */
  current(workflow: Workflow): Promise<Policy>;
  /** The version a case was gated with, kept for ever. Null when there is no such version. */
  version(workflow: Workflow, version: number): Promise<Policy | null>;
}

/** What the gate needs besides: the version it judges with stays readable for as long as its cases do. */
export interface PolicyKeeper extends Policies {
  /**
   * Stores a version that is about to be used, once. It costs a write each cold start, not one each case.
   * @throws {PolicyVersionReusedError}
   */
  keep(policy: Policy): Promise<void>;
}

/** Happens when a version is stored already and says something else. Not retried: raise the version, deploy again. */
export class PolicyVersionReusedError extends Error {
  override readonly name = "PolicyVersionReusedError";

  constructor(workflow: string, version: number) {
    super(
      `Version ${version} of the policy of ${workflow} was used with another content. ` +
        `Raise \`version\` in shared/workflows/${workflow}/policy.json above every version that was in force.`,
    );
  }
}
