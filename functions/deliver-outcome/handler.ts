import { taskHandler } from "../../shared/aws/task-handler.ts";
import { caseReference } from "../../shared/contracts/payloads.ts";
import { type DeliverOutcomePorts, deliverOutcome } from "../../shared/outcome/deliver-outcome.ts";

/** Last step of `case`: the outcome object, the event, the end of the case. */
export const createHandler = (ports: DeliverOutcomePorts) =>
  taskHandler(caseReference, ({ caseId }) => deliverOutcome(caseId, ports));
