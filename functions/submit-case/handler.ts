import type { IdempotencyStore } from "../../shared/aws/dynamodb/idempotency.ts";
import { routeHandler } from "../../shared/aws/http/route-handler.ts";
import { type SubmitCasePorts, submitCase } from "../../shared/case/submit-case.ts";

/** POST /api/cases: announces a document and answers where to upload it. */
export const createHandler = (ports: SubmitCasePorts & { idempotency: IdempotencyStore }) =>
  routeHandler("submitCase", ports, ({ personId, body, idempotency }) =>
    submitCase(personId, idempotency?.key ?? "", body, ports),
  );
