import type { IdempotencyStore } from "../../shared/aws/dynamodb/idempotency.ts";
import { routeHandler } from "../../shared/aws/http/route-handler.ts";
import { type ProposeChangePorts, proposeChange } from "../../shared/policy/propose-change.ts";

/** POST /api/workflows/{workflow}/policy/changes. The rule lives in shared/policy/propose-change.ts. */
export const createHandler = (ports: ProposeChangePorts & { idempotency: IdempotencyStore }) =>
  routeHandler("proposePolicyChange", ports, ({ personId, path, body, idempotency }) =>
    proposeChange(
      {
        workflow: path.workflow,
        document: body.policy,
        because: body.because,
        personId,
        idempotencyKey: idempotency?.key ?? "",
      },
      ports,
    ),
  );
