import { attachmentIdOf } from "../case/case-id.ts";
import { displayName } from "../case/drop.ts";
import type { AttachedFile, Attachments } from "./attachments.ts";
import { atTheDesk, type ReviewDeskPorts } from "./review-desk.ts";

export interface AttachEvidencePorts extends ReviewDeskPorts {
  readonly attachments: Pick<Attachments, "keep">;
}

/** Keeps a file for an answer that is still to be given; only who may answer the review may. Repeated, it is kept once. */
export async function attachEvidence(
  reviewId: string,
  personId: string,
  { file, idempotencyKey }: { readonly file: AttachedFile; readonly idempotencyKey: string },
  ports: AttachEvidencePorts,
): Promise<{ attachmentId: string }> {
  const { record } = await atTheDesk(reviewId, personId, ports);
  const attachmentId = attachmentIdOf(reviewId, personId, idempotencyKey);
  await ports.attachments.keep(record.caseId, attachmentId, { ...file, fileName: displayName(file.fileName) });
  return { attachmentId };
}
