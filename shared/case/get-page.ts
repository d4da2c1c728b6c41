import type * as z from "zod";
import type { getPageResponse } from "../contracts/api.ts";
import { pageExpirySeconds } from "../contracts/limits.ts";
import type { People } from "../people/people.ts";
import { CaseNotFoundError, type CaseStore, type Openings } from "./case-store.ts";
import { visibleCase } from "./get-case.ts";

export interface GetPagePorts {
  readonly cases: Pick<CaseStore, "find">;
  readonly people: People;
  readonly openings: Pick<Openings, "add">;
  readonly images: { address(caseId: string, page: number): Promise<string> };
  readonly now: () => Date;
}

/**
 * The address of a page's image. While a review waits it is noted who opened which page: what its reasons may demand, and the
 * ledger tells with the answer.
 * @throws {CaseNotFoundError} also for a page the case does not have
 */
export async function getPage(
  caseId: string,
  page: number,
  personId: string,
  ports: GetPagePorts,
): Promise<z.infer<typeof getPageResponse>> {
  const { record } = await visibleCase(caseId, personId, ports);
  if (page > record.pages) throw new CaseNotFoundError(caseId);
  if (record.status === "waiting" || record.status === "auditing")
    await ports.openings.add(caseId, record.rounds, personId, page);
  const expiresAt = new Date(ports.now().getTime() + pageExpirySeconds * 1000).toISOString();
  return { url: await ports.images.address(caseId, page), expiresAt };
}
