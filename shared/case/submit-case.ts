import type * as z from "zod";
import type { submitCaseRequest, submitCaseResponse } from "../contracts/api.ts";
import { uploadExpirySeconds } from "../contracts/limits.ts";
import { requireRole } from "../people/authority.ts";
import type { People } from "../people/people.ts";
import { caseIdOfSubmission } from "./case-id.ts";
import { announcedKey } from "./drop.ts";
import type { Submission } from "./open-case.ts";

export interface SubmitCasePorts {
  readonly people: People;
  readonly submissions: { announce(key: string, submission: Submission, now: Date): Promise<void> };
  readonly uploads: {
    /** A presigned PUT for exactly this many bytes. */
    presign(
      key: string,
      upload: { contentType: string; sizeBytes: number },
    ): Promise<{ url: string; headers: Record<string, string> }>;
  };
  readonly now: () => Date;
}

/** Announces a document: the case has its id, and opens when the document is uploaded. @throws {NotAllowedError} */
export async function submitCase(
  personId: string,
  idempotencyKey: string,
  request: z.infer<typeof submitCaseRequest>,
  { people, submissions, uploads, now }: SubmitCasePorts,
): Promise<z.infer<typeof submitCaseResponse>> {
  const person = requireRole(await people.find(personId), request.workflow, "submitter");
  const caseId = caseIdOfSubmission(personId, idempotencyKey);
  // The sender's file name is kept as data only.
  const key = announcedKey(request.workflow, caseId);
  const at = now();
  const { workflow, fileName, reference, dueAt, contentType, sizeBytes } = request;
  const told = { ...(reference !== undefined && { reference }), ...(dueAt !== undefined && { dueAt }) };
  await submissions.announce(key, { caseId, workflow, fileName, submitter: person.personId, ...told }, at);
  const { url, headers } = await uploads.presign(key, { contentType, sizeBytes });
  const expiresAt = new Date(at.getTime() + uploadExpirySeconds * 1000).toISOString();
  return { caseId, upload: { method: "PUT", url, headers, expiresAt } };
}
