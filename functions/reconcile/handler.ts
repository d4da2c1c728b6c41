import * as z from "zod";
import { count, logger } from "../../shared/aws/observation.ts";
import { type ReconcilePorts, reconcile, reconcileCase } from "../../shared/case/reconcile.ts";
import { caseInput } from "../../shared/contracts/payloads.ts";

/** "Step Functions Execution Status Change"; its input names the case. A schedule's event has no such detail. */
const statusChange = z.object({
  "detail-type": z.literal("Step Functions Execution Status Change"),
  detail: z.object({ input: z.string() }),
});

/** On the end of a dead `case` execution: that case at once. On schedule: every open case. */
export const createHandler = (ports: ReconcilePorts) => async (event: unknown) => {
  const changed = statusChange.safeParse(event);
  const caseId = changed.success ? caseInput.parse(JSON.parse(changed.data.detail.input)).caseId : null;
  const recovered = caseId === null ? await reconcile(ports) : (await reconcileCase(caseId, ports)) ? [caseId] : [];
  if (recovered.length === 0) return;
  count("CaseRecovered", recovered.length);
  logger.warn("Continued cases whose execution had ended", { recovered });
};
