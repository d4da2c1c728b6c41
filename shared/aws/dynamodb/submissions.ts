import { type DynamoDBClient, GetItemCommand, PutItemCommand } from "@aws-sdk/client-dynamodb";
import * as z from "zod";
import type { Submission, Submissions } from "../../case/open-case.ts";
import { dropMetadata } from "../../contracts/case.ts";
import { caseId, workflow } from "../../contracts/identifiers.ts";
import { fromItem, toItem } from "./item.ts";

const submission = dropMetadata.extend({ caseId, workflow, fileName: z.string() });
/** How long an announced upload is remembered after its address expired, in seconds: late events find it. */
const rememberSeconds = 7 * 24 * 60 * 60;

const keyOf = (key: string) => ({ pk: `SUBMISSION#${key}`, sk: "SUBMISSION" });

export interface SubmissionStore extends Submissions {
  announce(key: string, submission: Submission, now: Date): Promise<void>;
}

export function dynamoSubmissions({
  client,
  caseTable,
}: {
  client: DynamoDBClient;
  caseTable: string;
}): SubmissionStore {
  return {
    find: async (key) => {
      // Consistent: an upload may follow its announcement within milliseconds.
      const { Item } = await client.send(
        new GetItemCommand({ TableName: caseTable, Key: toItem(keyOf(key)), ConsistentRead: true }),
      );
      return Item ? stripped(submission.parse(fromItem(Item).submission)) : null;
    },
    announce: async (key, told, now) => {
      const expiresAt = Math.floor(now.getTime() / 1000) + rememberSeconds;
      await client.send(
        new PutItemCommand({ TableName: caseTable, Item: toItem({ ...keyOf(key), expiresAt, submission: told }) }),
      );
    },
  };
}

/** Without the members that are undefined, which `exactOptionalPropertyTypes` tells from absent ones. */
const stripped = ({ submitter, reference, dueAt, ...rest }: z.infer<typeof submission>): Submission => ({
  ...rest,
  ...(submitter !== undefined && { submitter }),
  ...(reference !== undefined && { reference }),
  ...(dueAt !== undefined && { dueAt }),
});
