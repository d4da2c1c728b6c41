import { dynamoDb } from "../../shared/aws/clients.ts";
import { dynamoPeople } from "../../shared/aws/dynamodb/people.ts";
import { dynamoDepartmentQueues, dynamoReviewListing } from "../../shared/aws/dynamodb/review-listing.ts";
import { readEnvironment } from "../../shared/aws/environment.ts";
import { createHandler } from "./handler.ts";

const env = readEnvironment("list-reviews");
const client = dynamoDb();

export const handler = createHandler({
  people: dynamoPeople({ client, peopleTable: env.PEOPLE_TABLE }),
  listing: dynamoReviewListing({ client, caseTable: env.CASE_TABLE }),
  departmentQueues: dynamoDepartmentQueues({ client, caseTable: env.CASE_TABLE }),
  now: () => new Date(),
});
