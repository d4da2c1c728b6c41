import type { IdempotencyStore } from "../../shared/aws/dynamodb/idempotency.ts";
import { routeHandler } from "../../shared/aws/http/route-handler.ts";
import { type AttachEvidencePorts, attachEvidence } from "../../shared/review/attach-evidence.ts";

/** POST /api/reviews/{reviewId}/attachments */
export const createHandler = (ports: AttachEvidencePorts & { idempotency: IdempotencyStore }) =>
  routeHandler("attachEvidence", ports, ({ personId, path, body, idempotency }) => {
    const { fileName, contentType, content } = body;
    const file = { fileName, contentType, bytes: Buffer.from(content, "base64") };
    return attachEvidence(path.reviewId, personId, { file, idempotencyKey: idempotency?.key ?? "" }, ports);
  });
