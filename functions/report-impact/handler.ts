import type { IdempotencyStore } from "../../shared/aws/dynamodb/idempotency.ts";
import { routeHandler } from "../../shared/aws/http/route-handler.ts";
import { type ReportImpactPorts, reportImpact } from "../../shared/learning/report-impact.ts";

/** POST /api/cases/{caseId}/impact: the case's sender, or whoever reviews in its workflow. */
export const createHandler = (ports: ReportImpactPorts & { idempotency: IdempotencyStore }) =>
  routeHandler("reportImpact", ports, ({ personId, path, body, idempotency }) =>
    reportImpact(path.caseId, { personId, idempotencyKey: idempotency?.key ?? "" }, body, ports),
  );
