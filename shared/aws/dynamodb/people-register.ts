import { paginateQuery, type TransactWriteItem, TransactWriteItemsCommand } from "@aws-sdk/client-dynamodb";
import { peopleChainId } from "../../case/case-id.ts";
import { type PeopleChange, PeopleChangedError, type PeopleRegister } from "../../people/register.ts";
import { chainLock } from "./chain-lock.ts";
import { fromItem, type Item, isConditionFailed, toItem } from "./item.ts";
import { type PeopleTable, readPerson } from "./people.ts";
import {
  absenceItem,
  absenceKey,
  absenceOf,
  absencePartition,
  coverItem,
  coverKey,
  memberOf,
  membershipItem,
  membershipKey,
} from "./people-rows.ts";

interface Tables extends PeopleTable {
  /** Left out by functions that only list. */
  readonly ledgerTable?: string;
}

export function dynamoPeopleRegister({ client, peopleTable, ledgerTable }: Tables): PeopleRegister {
  const chain = chainLock(client, ledgerTable);

  /** One partition of the index: a workflow's members, or everybody who is away. */
  const listed = async (partition: string): Promise<Record<string, unknown>[]> => {
    const items: Item[] = [];
    const pages = paginateQuery(
      { client },
      {
        TableName: peopleTable,
        IndexName: "members",
        KeyConditionExpression: "workflow = :workflow",
        ExpressionAttributeValues: toItem({ ":workflow": partition }),
      },
    );
    for await (const page of pages) items.push(...(page.Items ?? []));
    return items.map(fromItem);
  };

  return {
    head: (workflow) => chain.head(peopleChainId(workflow)),
    member: async (personId) => {
      const { name, memberships, absence } = await readPerson({ client, peopleTable }, personId);
      return name === null ? null : { personId, name, memberships, absence };
    },
    membersOf: async (workflow) => {
      const [members, away] = await Promise.all([listed(workflow), listed(absencePartition)]);
      const absences = new Map(away.map((row) => [row.personId, absenceOf(row)]));
      return members.map(memberOf).map((member) => ({ ...member, absence: absences.get(member.personId) ?? null }));
    },
    commit: async (change, at) => {
      const events = change.events.map(({ workflow, head, entry }) =>
        chain.next(peopleChainId(workflow), head, entry, at),
      );
      const TransactItems = [...events, ...rowsOf(change, peopleTable)];
      try {
        await client.send(new TransactWriteItemsCommand({ TransactItems }));
      } catch (error) {
        throw isConditionFailed(error) ? new PeopleChangedError(change.events.map(({ workflow }) => workflow)) : error;
      }
    },
  };
}

function rowsOf({ membership, absence }: PeopleChange, peopleTable: string): TransactWriteItem[] {
  const put = (Item: Item) => ({ Put: { TableName: peopleTable, Item } });
  const remove = (key: Record<string, string>) => ({ Delete: { TableName: peopleTable, Key: toItem(key) } });
  const rows: TransactWriteItem[] = [];
  if (membership) {
    const { personId, name, workflow, after } = membership;
    rows.push(after ? put(membershipItem(personId, name, after)) : remove(membershipKey(personId, workflow)));
  }
  if (absence) {
    const { personId, name, before, after } = absence;
    rows.push(after ? put(absenceItem(personId, after)) : remove(absenceKey(personId)));
    if (after) rows.push(put(coverItem(personId, name, after)));
    if (before && before.coveredBy !== after?.coveredBy) rows.push(remove(coverKey(before.coveredBy, personId)));
  }
  return rows;
}
