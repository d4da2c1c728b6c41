import type * as z from "zod";
import type { submitCaseRequest, submitCaseResponse } from "../contracts/api.ts";
import { uploadExpirySeconds } from "../contracts/limits.ts";
import type { Person } from "../contracts/people.ts";
import { isSubmitter, requireRole } from "../people/authority.ts";
import type { People } from "../people/people.ts";
import { CaseNotWaitingError } from "../review/review-errors.ts";
import { caseIdOfSubmission } from "./case-id.ts";
import { CaseNotFoundError, type CaseStore } from "./case-store.ts";
import { announcedKey } from "./drop.ts";
import type { Submission } from "./open-case.ts";

export interface SubmitCasePorts {
  readonly people: People;
  readonly cases: Pick<CaseStore, "find">;
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

/**
 * Announces a document: the case has its id, and opens when the document is uploaded. One that replaces what a case asked about is
 * uploaded where that lies, and the case goes on.
 * @throws {NotAllowedError, CaseNotFoundError, CaseNotWaitingError}
 */
export async function submitCase(
  personId: string,
  idempotencyKey: string,
  request: z.infer<typeof submitCaseRequest>,
  ports: SubmitCasePorts,
): Promise<z.infer<typeof submitCaseResponse>> {
  const { people, submissions, uploads, now } = ports;
  const person = requireRole(await people.find(personId), request.workflow, "submitter");
  const at = now();
  const expiresAt = new Date(at.getTime() + uploadExpirySeconds * 1000).toISOString();
  const { contentType, sizeBytes, replaces } = request;
  if (replaces !== undefined) {
    const key = await awaitedKeyOf(replaces, person, ports);
    const { url, headers } = await uploads.presign(key, { contentType, sizeBytes });
    return { caseId: replaces, upload: { method: "PUT", url, headers, expiresAt } };
  }
  const caseId = caseIdOfSubmission(personId, idempotencyKey);
  // The sender's file name is kept as data only.
  const key = announcedKey(request.workflow, caseId);
  const { workflow, fileName, reference, dueAt } = request;
  const told = { ...(reference !== undefined && { reference }), ...(dueAt !== undefined && { dueAt }) };
  await submissions.announce(key, { caseId, workflow, fileName, submitter: person.personId, ...told }, at);
  const { url, headers } = await uploads.presign(key, { contentType, sizeBytes });
  return { caseId, upload: { method: "PUT", url, headers, expiresAt } };
}

/** Where the document lies that the sender is asked about. */
async function awaitedKeyOf(caseId: string, person: Person, { cases }: SubmitCasePorts): Promise<string> {
  const record = await cases.find(caseId);
  if (!record || !isSubmitter(person, record.submitter)) throw new CaseNotFoundError(caseId);
  if (!record.senderAsked)
    throw new CaseNotWaitingError(
      "No question is out to you on this case. Leave out `replaces` to open a case of its own.",
    );
  return record.source.key;
}
