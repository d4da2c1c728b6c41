import { type DynamoDBClient, paginateQuery } from "@aws-sdk/client-dynamodb";
import type { People } from "../../people/people.ts";
import { type Item, toItem } from "./item.ts";
import { type PersonRows, personOf } from "./people-rows.ts";

export interface PeopleTable {
  readonly client: DynamoDBClient;
  readonly peopleTable: string;
  /** @default the system's clock */
  readonly now?: () => Date;
}

/**
 * One query for the person's own rows and whom they cover for, then one for each absent colleague: their authority is read where
 * it is kept, so that what an owner takes from them is gone for whoever covers, too.
 */
export function dynamoPeople({ client, peopleTable, now = () => new Date() }: PeopleTable): People {
  return {
    find: async (personId) => {
      const { name, memberships, covers } = await readPerson({ client, peopleTable }, personId);
      if (name === null) return null;
      const at = now().toISOString();
      const found = await Promise.all(
        covers
          .filter(({ until }) => until > at)
          .map(async ({ absentId, absentName, until }) => {
            const absent = await readPerson({ client, peopleTable }, absentId);
            return { personId: absentId, name: absent.name ?? absentName, until, memberships: absent.memberships };
          }),
      );
      return { personId, name, memberships, covers: found.filter((cover) => cover.memberships.length > 0) };
    },
  };
}

/** Consistent: a membership removed a minute ago no longer counts. */
export async function readPerson({ client, peopleTable }: PeopleTable, personId: string): Promise<PersonRows> {
  const items: Item[] = [];
  const pages = paginateQuery(
    { client },
    {
      TableName: peopleTable,
      KeyConditionExpression: "personId = :personId",
      ExpressionAttributeValues: toItem({ ":personId": personId }),
      ConsistentRead: true,
    },
  );
  for await (const page of pages) items.push(...(page.Items ?? []));
  return personOf(items);
}
