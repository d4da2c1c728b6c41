import type { Workflow } from "../contracts/identifiers.ts";
import type { Policy, PolicyChange } from "../contracts/policy.ts";
import type { LedgerHead } from "../ledger/chain.ts";
import type { Entry } from "../ledger/event.ts";

/** A workflow's policy as a change finds it. */
export interface PolicyStanding {
  readonly current: Policy;
  /** Since when the workflow is in its stage of autonomy; the beginning of time for the file's own. */
  readonly stageSince: Date;
  /** End of the policy's chain of events: whoever appends to it first wins. */
  readonly head: LedgerHead;
}

/** One step of a change. Written in one transaction: change, ledger event and, where it takes effect, the new version. */
export interface PolicyStep {
  readonly head: LedgerHead;
  readonly change: PolicyChange;
  readonly entry: Entry;
  /** What is in force from now on; null when nothing changes yet. */
  readonly becomes: { readonly policy: Policy; readonly stageSince: Date } | null;
}

/** Changes of policies, and the versions they become. */
export interface PolicyChanges {
  /** Consistent: what is read after it cannot have changed unseen when `commit` succeeds. */
  standing(workflow: Workflow): Promise<PolicyStanding>;
  find(changeId: string): Promise<PolicyChange | null>;
  /** Of the newest versions first; at most 20. */
  latest(workflow: Workflow): Promise<PolicyChange[]>;
  /** @throws {PolicyContendedError} when something else happened to the policy meanwhile. */
  commit(step: PolicyStep, at: Date): Promise<void>;
}

/** Tokens of the executions that wait for a signature. */
export interface SignatureTokens {
  /** Replaces the token of an earlier attempt; `order` sorts attempts by time, and an earlier one never replaces a later. */
  keep(changeId: string, taskToken: string, order: string): Promise<void>;
  find(changeId: string): Promise<string | null>;
}

/** Executions of the policy-change machine. */
export interface ChangeExecutions {
  /** Starting the same change again changes nothing. */
  start(change: { readonly changeId: string; readonly workflow: Workflow }): Promise<void>;
}

/** Happens when something else happened to the policy between read and write. HTTP 409; read again and decide anew. */
export class PolicyContendedError extends Error {
  override readonly name = "PolicyContendedError";

  constructor(workflow: string) {
    super(`The policy of ${workflow} was changed by somebody else meanwhile. Read it again and decide anew.`);
  }
}

/** Happens when a change was made on a version that is no longer in force. HTTP 409; not retried: it is made anew. */
export class PolicyOutdatedError extends Error {
  override readonly name = "PolicyOutdatedError";

  constructor(workflow: string, version: number, current: number) {
    super(
      `The policy of ${workflow} is at version ${current}; this change was made on version ${version}. ` +
        `Read version ${current}, make the change there, and send it with that version.`,
    );
  }
}

/** Happens when there is no such change. HTTP 404. */
export class PolicyChangeNotFoundError extends Error {
  override readonly name = "PolicyChangeNotFoundError";

  constructor(changeId: string) {
    super(`There is no policy change ${changeId}. Check the id.`);
  }
}

/** Happens when there is no such version. HTTP 404. */
export class PolicyVersionNotFoundError extends Error {
  override readonly name = "PolicyVersionNotFoundError";

  constructor(workflow: string, version: number) {
    super(
      `The policy of ${workflow} has no version ${version}. Versions are kept from the first one that judged a case.`,
    );
  }
}

const ends = { applied: "signed", refused: "refused", expired: "left to expire", superseded: "overtaken", waiting: "" };

/** Happens when a change that is no longer open is answered otherwise. HTTP 409, with who, when and what. */
export class PolicyChangeAnsweredError extends Error {
  override readonly name = "PolicyChangeAnsweredError";
  readonly change: PolicyChange;

  constructor(change: PolicyChange) {
    const { changeId, status, answeredByName, answeredAt, expiresAt } = change;
    const by = answeredByName ? ` by ${answeredByName}` : "";
    super(
      `The change ${changeId} was ${ends[status] || "ended"}${by} at ${answeredAt ?? expiresAt}. Propose it again if it is still wanted.`,
    );
    this.change = change;
  }
}

/** Runs a read-decide-write step again when somebody else was first. */
export async function retryOnContention<T>(step: () => Promise<T>, attempts = 5): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await step();
    } catch (error) {
      if (!(error instanceof PolicyContendedError) || attempt === attempts) throw error;
    }
  }
}
