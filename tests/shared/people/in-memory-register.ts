import type { Workflow } from "../../../shared/contracts/identifiers.ts";
import type { Person } from "../../../shared/contracts/people.ts";
import { append, firstHash } from "../../../shared/ledger/chain.ts";
import type { LedgerEvent } from "../../../shared/ledger/event.ts";
import type { People } from "../../../shared/people/people.ts";
import { type Member, PeopleChangedError, type PeopleRegister } from "../../../shared/people/register.ts";
import { caseIdNumber } from "../case/builders.ts";

export interface InMemoryRegister {
  readonly people: People;
  readonly register: PeopleRegister;
  /** The workflow's chain, first event first. */
  chainOf(workflow: Workflow): Promise<LedgerEvent[]>;
  /** Runs before the next commit: whoever was a moment faster. */
  meanwhile(action: () => Promise<unknown>): void;
}

/** Both ports over one memory; the contract suite holds it to the same rules as the DynamoDB adapters. */
export function inMemoryRegister(now: () => Date, ...everybody: readonly Person[]): InMemoryRegister {
  const members = new Map<string, Member>(
    everybody.map(({ personId, name, memberships }) => [personId, { personId, name, memberships, absence: null }]),
  );
  const chains = new Map<Workflow, LedgerEvent[]>();
  let faster: (() => Promise<unknown>) | null = null;
  const chain = (workflow: Workflow) => chains.get(workflow) ?? [];
  const head = (workflow: Workflow) => {
    const last = chain(workflow).at(-1);
    return { sequence: last?.sequence ?? 0, hash: last?.hash ?? firstHash };
  };
  const present = (personId: string) => {
    const member = members.get(personId);
    return member && member.memberships.length > 0 ? structuredClone(member) : null;
  };

  return {
    meanwhile: (action) => {
      faster = action;
    },
    chainOf: async (workflow) => structuredClone(chain(workflow)),
    people: {
      find: async (personId) => {
        const member = present(personId);
        if (!member) return null;
        const covers = [...members.values()].flatMap(({ personId: absentId, name, memberships, absence }) =>
          absence?.coveredBy === personId && absence.until > now().toISOString() && memberships.length > 0
            ? [{ personId: absentId, name, until: absence.until, memberships: [...memberships] }]
            : [],
        );
        return { personId, name: member.name, memberships: [...member.memberships], covers };
      },
    },
    register: {
      head: async (workflow) => head(workflow),
      member: async (personId) => present(personId),
      membersOf: async (workflow) =>
        [...members.values()].flatMap(({ personId, name, memberships, absence }) =>
          memberships
            .filter((membership) => membership.workflow === workflow)
            .map((membership) => ({ personId, name, membership, absence })),
        ),
      commit: async ({ events, membership, absence }, at) => {
        const action = faster;
        faster = null;
        await action?.();
        if (events.some((event) => head(event.workflow).sequence !== event.head.sequence))
          throw new PeopleChangedError(events.map(({ workflow }) => workflow));
        for (const { workflow, head: last, entry } of events)
          chains.set(workflow, [...chain(workflow), append(caseIdNumber(0), last, entry, at)]);
        if (membership) {
          const { personId, name, workflow, after } = membership;
          const known = members.get(personId) ?? { personId, name, memberships: [], absence: null };
          const others = known.memberships.filter((held) => held.workflow !== workflow);
          members.set(personId, { ...known, name, memberships: after ? [...others, after] : others });
        }
        const away = absence && members.get(absence.personId);
        if (away) members.set(away.personId, { ...away, absence: absence.after });
      },
    },
  };
}
