import middy from "@middy/core";
import * as z from "zod";
import { framesOf, logger } from "../../shared/aws/observation.ts";
import { type OpenCasePorts, openCase } from "../../shared/case/open-case.ts";

/** @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/ev-events.html */
const objectCreated = z.object({
  detail: z.object({
    bucket: z.object({ name: z.string() }),
    object: z.object({ key: z.string(), size: z.int().nonnegative(), "version-id": z.string() }),
  }),
});

/** S3 "Object Created" from the intake bucket. Delivered at least once and in no order; the case's id makes it once. */
export const createHandler = (ports: OpenCasePorts) =>
  middy()
    .use({
      // Until the case has its id; a warm process would go on with the one before.
      before: ({ context }) => logger.setCorrelationId(context.awsRequestId),
      onError: ({ error }) =>
        logger.error("A drop could not be opened", { errorName: error?.name, frames: framesOf(error) }),
    })
    .handler(async (event: unknown) => {
      const { bucket, object } = objectCreated.parse(event).detail;
      const caseId = await openCase(
        { bucket: bucket.name, key: object.key, versionId: object["version-id"], sizeBytes: object.size },
        ports,
      );
      if (caseId === null) return logger.info("A drop opens no case: a folder marker or a sidecar");
      logger.setCorrelationId(caseId);
      logger.info("A case is open", { sizeBytes: object.size });
    });
