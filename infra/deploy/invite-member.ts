import type { Membership } from "../../shared/contracts/people.ts";
import type { Invitation } from "./invitation.ts";

/** One row of the people table. */
export interface MembershipRow extends Membership {
  readonly personId: string;
  readonly name: string;
}

export interface InvitePorts {
  readonly directory: {
    /** Id of the person with this e-mail address, created and sent an invitation if need be. */
    ensurePerson(email: string, name: string): Promise<{ personId: string; created: boolean }>;
  };
  readonly memberships: { put(row: MembershipRow): Promise<void> };
}

/** Grants the membership, in place of an earlier one in the same workflow. Answers what happened, in a sentence. */
export async function invite(
  { who, name, membership }: Invitation,
  { directory, memberships }: InvitePorts,
): Promise<string> {
  const { workflow, role } = membership;
  if (who.kind === "program") {
    await memberships.put({ personId: who.clientId, name, ...membership });
    return `The program ${who.clientId} may now submit cases to ${workflow}.`;
  }
  const { personId, created } = await directory.ensurePerson(who.email, name);
  await memberships.put({ personId, name, ...membership });
  const mail = created
    ? "They were sent an e-mail with a password for the first sign-in."
    : "They could sign in already.";
  return `${who.email} is now ${role} in ${workflow}. ${mail}`;
}
