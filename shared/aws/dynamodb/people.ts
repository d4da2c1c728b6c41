import { type DynamoDBClient, QueryCommand } from "@aws-sdk/client-dynamodb";
import * as z from "zod";
import { membership } from "../../contracts/people.ts";
import type { People } from "../../people/people.ts";
import { fromItem, toItem } from "./item.ts";

const row = membership.extend({ personId: z.string(), name: z.string() });

/** One row a person and workflow; a person has a handful. Rows that are not memberships are refused, not skipped. */
export function dynamoPeople({ client, peopleTable }: { client: DynamoDBClient; peopleTable: string }): People {
  return {
    find: async (personId) => {
      const answer = await client.send(
        new QueryCommand({
          TableName: peopleTable,
          KeyConditionExpression: "personId = :personId",
          ExpressionAttributeValues: toItem({ ":personId": personId }),
          ConsistentRead: true,
        }),
      );
      const rows = (answer.Items ?? []).map((item) => row.parse(fromItem(item)));
      const [first] = rows;
      if (!first) return null;
      const memberships = rows.map(({ personId: _, name: __, ...rest }) => rest);
      return { personId, name: first.name, memberships };
    },
  };
}
