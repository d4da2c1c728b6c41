import { taskHandler } from "../../shared/aws/task-handler.ts";
import { caseReference } from "../../shared/contracts/payloads.ts";
import { type ProposeCasePorts, proposeCase } from "../../shared/workflows/invoices/propose-case.ts";

/** Last step of `automate-invoice`: the proposal that the gate judges. */
export const createHandler = (ports: ProposeCasePorts) =>
  taskHandler(caseReference, ({ caseId }) => proposeCase(caseId, ports));
