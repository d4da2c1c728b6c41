import type { ReviewRecord } from "../case/case-record.ts";
import type { Claim } from "../contracts/case.ts";
import type { Person } from "../contracts/people.ts";

/** The claim that counts at this moment; null where nobody holds the review, or the time of whoever did has run out. */
export const heldAt = ({ claim }: Pick<ReviewRecord, "claim">, at: Date): Claim | null =>
  claim && claim.until > at.toISOString() ? claim : null;

/**
 * The claim of whoever works on the review from this moment on. What they hold for longer already, as after an assignment, is not
 * cut short by working on it. It takes no claim from others: `atTheDesk` lets nobody come so far while another's lasts.
 */
export function claimOf(
  { personId, name }: Pick<Person, "personId" | "name">,
  review: Pick<ReviewRecord, "claim">,
  at: Date,
  claimSeconds: number,
): Claim {
  const held = heldAt(review, at);
  const own = held?.by === personId ? held : null;
  const lasts = new Date(at.getTime() + claimSeconds * 1000).toISOString();
  const until = own && own.until > lasts ? own.until : lasts;
  return { by: personId, byName: name, until, assignedBy: own?.assignedBy ?? null };
}
