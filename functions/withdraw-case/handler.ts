import type { IdempotencyStore } from "../../shared/aws/dynamodb/idempotency.ts";
import { routeHandler } from "../../shared/aws/http/route-handler.ts";
import type { SenderPorts } from "../../shared/case/sender.ts";
import { withdrawCase } from "../../shared/case/withdraw-case.ts";
import { type WakingPorts, wake } from "../../shared/review/record-decision.ts";

/** POST /api/cases/{caseId}/withdraw: whoever submitted the case. */
export const createHandler = (ports: SenderPorts & WakingPorts & { idempotency: IdempotencyStore }) =>
  routeHandler("withdrawCase", ports, async ({ personId, path, body }) => {
    const outbox = await withdrawCase(path.caseId, personId, body.because, ports);
    if (outbox) await wake(outbox, ports);
    return undefined;
  });
