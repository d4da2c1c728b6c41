import { taskHandler } from "../../shared/aws/task-handler.ts";
import { awaitSignatureInput } from "../../shared/contracts/payloads.ts";
import { type AwaitSignaturePorts, awaitSignature } from "../../shared/policy/await-signature.ts";

/** Invoked with a task token; the execution waits until an owner answers, or an hour. */
export const createHandler = (ports: AwaitSignaturePorts) =>
  taskHandler(awaitSignatureInput, ({ changeId, taskToken, enteredAt, attempt }) =>
    awaitSignature({ changeId, taskToken, order: `${enteredAt}#${String(attempt).padStart(4, "0")}` }, ports),
  );
