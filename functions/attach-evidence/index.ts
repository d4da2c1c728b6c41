import { readEnvironment } from "../../shared/aws/environment.ts";
import { reviewDeskPorts } from "../../shared/aws/review-desk.ts";
import { s3Attachments } from "../../shared/aws/s3/attachments.ts";
import { s3 } from "../../shared/aws/s3/client.ts";
import { createHandler } from "./handler.ts";

const env = readEnvironment("attach-evidence");

export const handler = createHandler({
  ...reviewDeskPorts(env),
  attachments: s3Attachments({ client: s3(), bucket: env.EVIDENCE_BUCKET }),
});
