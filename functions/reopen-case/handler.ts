import type { IdempotencyStore } from "../../shared/aws/dynamodb/idempotency.ts";
import { routeHandler } from "../../shared/aws/http/route-handler.ts";
import { type ReopenCasePorts, reopenCase } from "../../shared/case/reopen-case.ts";

/** POST /api/cases/{caseId}/reopen: owners only. */
export const createHandler = (ports: ReopenCasePorts & { idempotency: IdempotencyStore }) =>
  routeHandler("reopenCase", ports, async ({ personId, path, body }) => {
    await reopenCase(path.caseId, personId, body.because, ports);
    return undefined;
  });
