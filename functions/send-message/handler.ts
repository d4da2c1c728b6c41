import type { IdempotencyStore } from "../../shared/aws/dynamodb/idempotency.ts";
import { routeHandler } from "../../shared/aws/http/route-handler.ts";
import { sendMessage } from "../../shared/case/send-message.ts";
import type { SenderPorts } from "../../shared/case/sender.ts";
import { type WakingPorts, wake } from "../../shared/review/record-decision.ts";

/** POST /api/cases/{caseId}/messages: whoever submitted the case. */
export const createHandler = (ports: SenderPorts & WakingPorts & { idempotency: IdempotencyStore }) =>
  routeHandler("sendMessage", ports, async ({ personId, path, body }) => {
    const outbox = await sendMessage(path.caseId, personId, body.text, ports);
    if (outbox) await wake(outbox, ports);
    return undefined;
  });
