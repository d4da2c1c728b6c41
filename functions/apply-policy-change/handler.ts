import { taskHandler } from "../../shared/aws/task-handler.ts";
import { policyChangeReference } from "../../shared/contracts/payloads.ts";
import { type SettleChangePorts, settleChange } from "../../shared/policy/settle-change.ts";

/** Looks what became of a change, announces or ends it. The rule lives in shared/policy/settle-change.ts. */
export const createHandler = (ports: SettleChangePorts) =>
  taskHandler(policyChangeReference, ({ changeId }) => settleChange(changeId, ports));
