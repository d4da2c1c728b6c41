import type * as z from "zod";
import type { getPageResponse } from "../contracts/api.ts";
import { pageExpirySeconds } from "../contracts/limits.ts";
import { requireRole } from "../people/authority.ts";
import type { People } from "../people/people.ts";
import type { Attachments } from "../review/attachments.ts";
import { CaseNotFoundError, type CaseStore } from "./case-store.ts";
import { visibleCase } from "./get-case.ts";

export interface GetAttachmentPorts {
  readonly cases: Pick<CaseStore, "find">;
  readonly people: People;
  readonly attachments: Pick<Attachments, "inspect" | "address">;
  readonly now: () => Date;
}

/** What a reviewer attached, for other reviewers; not for the sender. @throws {CaseNotFoundError} also for a file that is not there */
export async function getAttachment(
  { caseId, attachmentId }: { readonly caseId: string; readonly attachmentId: string },
  personId: string,
  ports: GetAttachmentPorts,
): Promise<z.infer<typeof getPageResponse>> {
  const { record, person } = await visibleCase(caseId, personId, ports);
  requireRole(person, record.workflow, "reviewer");
  if (!(await ports.attachments.inspect(caseId, attachmentId))) throw new CaseNotFoundError(caseId);
  const expiresAt = new Date(ports.now().getTime() + pageExpirySeconds * 1000).toISOString();
  return { url: await ports.attachments.address(caseId, attachmentId), expiresAt };
}
