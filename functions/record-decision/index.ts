import { dynamoOpenings } from "../../shared/aws/dynamodb/openings.ts";
import { readEnvironment } from "../../shared/aws/environment.ts";
import { reviewDeskPorts } from "../../shared/aws/review-desk.ts";
import { s3Attachments } from "../../shared/aws/s3/attachments.ts";
import { s3 } from "../../shared/aws/s3/client.ts";
import { s3Proposals } from "../../shared/aws/s3/evidence.ts";
import { waker } from "../../shared/aws/wake.ts";
import { workflows } from "../../shared/workflows/registry.ts";
import { createHandler } from "./handler.ts";

const env = readEnvironment("record-decision");
const desk = reviewDeskPorts(env);
const evidence = { client: s3(), bucket: env.EVIDENCE_BUCKET };

export const handler = createHandler({
  ...desk,
  ...waker(desk.database),
  workflows,
  proposals: s3Proposals(evidence),
  openings: dynamoOpenings(desk.database),
  attachments: s3Attachments(evidence),
});
