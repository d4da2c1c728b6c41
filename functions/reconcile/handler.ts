import * as z from "zod";
import { count, framesOf, logger } from "../../shared/aws/observation.ts";
import { CasesUnreconciledError, type ReconcilePorts, reconcile, reconcileCase } from "../../shared/case/reconcile.ts";
import { caseInput } from "../../shared/contracts/payloads.ts";

/** "Step Functions Execution Status Change"; its input names the case. A schedule's event has no such detail. */
const statusChange = z.object({
  "detail-type": z.literal("Step Functions Execution Status Change"),
  detail: z.object({ input: z.string() }),
});

/** On the end of a dead `case` execution: that case at once. On schedule: every open case. @throws {CasesUnreconciledError} after all others */
export const createHandler = (ports: ReconcilePorts) => async (event: unknown) => {
  const changed = statusChange.safeParse(event);
  const caseId = changed.success ? caseInput.parse(JSON.parse(changed.data.detail.input)).caseId : null;
  const { recovered, failed } =
    caseId === null
      ? await reconcile(ports)
      : { recovered: (await reconcileCase(caseId, ports)) ? [caseId] : [], failed: [] };
  if (recovered.length > 0) {
    count("CaseRecovered", recovered.length);
    logger.warn("Continued cases whose execution had ended", { recovered });
  }
  for (const { caseId, error } of failed) {
    const errorName = error instanceof Error ? error.name : "unknown";
    logger.error("A case could not be reconciled", { caseId, errorName, frames: framesOf(error) });
  }
  if (failed.length > 0) throw new CasesUnreconciledError(failed.map(({ caseId }) => caseId));
};
