import type * as z from "zod";
import type { Workflow } from "../contracts/identifiers.ts";
import type { Membership, putPersonRequest } from "../contracts/people.ts";
import { canonicalJson } from "../ledger/chain.ts";
import { ValueInvalidError } from "../review/review-errors.ts";
import { isCurrency } from "../values/currency.ts";
import { NotAllowedError, requireRole } from "./authority.ts";
import type { People } from "./people.ts";
import { type PeopleRegister, retryOnPeopleChange } from "./register.ts";

export interface PutPersonPorts {
  readonly people: People;
  readonly register: PeopleRegister;
  readonly now: () => Date;
}

interface Address {
  readonly workflow: Workflow;
  readonly personId: string;
}

/**
 * Gives somebody a role in a workflow in place of the one they have, or takes it away. Owners only, and never of themselves: so
 * whoever changes it stays owner, and no workflow is left without one. The same again changes nothing.
 * @throws {NotAllowedError} @throws {ValueInvalidError} by JSON pointer
 */
export function putPerson(
  { workflow, personId }: Address,
  { name, membership }: z.infer<typeof putPersonRequest>,
  changedBy: string,
  { people, register, now }: PutPersonPorts,
): Promise<void> {
  return retryOnPeopleChange(async () => {
    const head = await register.head(workflow);
    const owner = requireRole(await people.find(changedBy), workflow, "owner");
    if (personId === changedBy)
      throw new NotAllowedError("Nobody changes their own authority. Another owner of the workflow can.");
    const after = membership && checked({ workflow, ...membership });
    const member = await register.member(personId);
    const before = member?.memberships.find((held) => held.workflow === workflow) ?? null;
    const isSame = canonicalJson(before) === canonicalJson(after);
    if (isSame && (after === null || member?.name === name)) return;
    const entry = {
      type: "PersonChanged" as const,
      actor: { kind: "person" as const, id: owner.personId, name: owner.name },
      summary: after ? `Made ${name} ${after.role} in ${workflow}` : `Took every role in ${workflow} from ${name}`,
      details: { workflow, personId, before: told(before), after: told(after) },
    };
    await register.commit(
      { events: [{ workflow, head, entry }], membership: { personId, name, workflow, after } },
      now(),
    );
  });
}

const told = (membership: Membership | null) =>
  membership && { ...membership, queues: membership.queues === "*" ? "*" : [...membership.queues] };

function checked(membership: Membership): Membership {
  const { workflow, queues, limits } = membership;
  const stray = queues === "*" ? [] : queues.filter((queue) => queue.split("/")[0] !== workflow);
  const unknown = Object.keys(limits).filter((currency) => !isCurrency(currency));
  const problems = [
    ...stray.map((queue) => ({
      pointer: "/membership/queues",
      detail: `${queue} is no queue of ${workflow}: write ${workflow}, or ${workflow}/<department>.`,
    })),
    ...unknown.map((currency) => ({
      pointer: `/membership/limits/${currency}`,
      detail: `${currency} is no currency in use (ISO 4217).`,
    })),
  ];
  if (problems.length > 0) throw new ValueInvalidError(problems);
  return membership;
}
