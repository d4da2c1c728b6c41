import type { IdempotencyStore } from "../../shared/aws/dynamodb/idempotency.ts";
import { routeHandler } from "../../shared/aws/http/route-handler.ts";
import { stopWorkflow } from "../../shared/policy/stop-workflow.ts";

/** POST /api/workflows/{workflow}/stop. The rule lives in shared/policy/stop-workflow.ts. */
export const createHandler = (
  ports: Parameters<typeof stopWorkflow>[1] & { idempotency: IdempotencyStore; now: () => Date },
) =>
  routeHandler("stopWorkflow", ports, ({ personId, path, body, idempotency }) =>
    stopWorkflow(
      { workflow: path.workflow, because: body.because, personId, idempotencyKey: idempotency?.key ?? "" },
      ports,
    ),
  );
