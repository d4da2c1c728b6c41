import type { Workflow } from "../contracts/identifiers.ts";
import type { Membership } from "../contracts/people.ts";
import type { LedgerHead } from "../ledger/chain.ts";
import type { Entry } from "../ledger/event.ts";

/** Somebody acts in this person's place until then, ISO 8601. */
export interface Absence {
  readonly coveredBy: string;
  readonly coveredByName: string;
  readonly until: string;
}

/** Somebody as those see them who change authority: what they hold themselves, and whether they are away. */
export interface Member {
  readonly personId: string;
  readonly name: string;
  readonly memberships: readonly Membership[];
  readonly absence: Absence | null;
}

/** One change of who may do what, with its place in the chain of every workflow it touches. */
export interface PeopleChange {
  readonly events: readonly { readonly workflow: Workflow; readonly head: LedgerHead; readonly entry: Entry }[];
  /** `after` null: the person has no role in the workflow any more. */
  readonly membership?: {
    readonly personId: string;
    readonly name: string;
    readonly workflow: Workflow;
    readonly after: Membership | null;
  };
  readonly absence?: {
    readonly personId: string;
    readonly name: string;
    readonly before: Absence | null;
    readonly after: Absence | null;
  };
}

/**
 * Who may do what, for those who may change it. A change is decided after its workflows' heads were read and is refused when a
 * chain moved since: two owners who take each other's role away at the same moment do not both succeed.
 */
export interface PeopleRegister {
  /** Latest event of a workflow's chain about its people. */
  head(workflow: Workflow): Promise<LedgerHead>;
  /** Null for somebody without any membership. */
  member(personId: string): Promise<Member | null>;
  /** Everybody of a workflow; may be a second behind. */
  membersOf(workflow: Workflow): Promise<(Omit<Member, "memberships"> & { readonly membership: Membership })[]>;
  /** All of it or nothing. @throws {PeopleChangedError} */
  commit(change: PeopleChange, at: Date): Promise<void>;
}

/** Happens when somebody else changed a workflow's people between read and write. HTTP 409; read again and decide anew. */
export class PeopleChangedError extends Error {
  override readonly name = "PeopleChangedError";

  constructor(workflows: readonly string[]) {
    super(
      `The people of ${workflows.join(", ")} were changed by somebody else meanwhile. Read them again and decide anew.`,
    );
  }
}

/** Happens when a colleague is named who has no part in the workflows at hand. HTTP 404; check the id. */
export class MemberNotFoundError extends Error {
  override readonly name = "MemberNotFoundError";

  constructor(personId: string) {
    super(`Nobody who reviews in one of your workflows has the id ${personId}.`);
  }
}

/** Runs a read-decide-write step again when somebody else was first; each step must be safe to repeat. */
export async function retryOnPeopleChange<T>(step: () => Promise<T>, attempts = 5): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await step();
    } catch (error) {
      if (!(error instanceof PeopleChangedError) || attempt === attempts) throw error;
    }
  }
}
