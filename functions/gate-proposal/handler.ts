import { taskHandler } from "../../shared/aws/task-handler.ts";
import { gateInput } from "../../shared/contracts/payloads.ts";
import { type GateCasePorts, gateCase } from "../../shared/gate/gate-case.ts";

/** Decides whether software may act alone. The rule lives in shared/gate/gate.ts. */
export const createHandler = (ports: GateCasePorts) =>
  taskHandler(gateInput, ({ caseId, failure }) => gateCase(caseId, failure, ports));
