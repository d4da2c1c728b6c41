import { taskHandler } from "../../shared/aws/task-handler.ts";
import { detectPageInput } from "../../shared/contracts/payloads.ts";
import { type DetectPagePorts, detectPage } from "../../shared/reading/detect-page.ts";

/** One page of a scan: drawn, and its words detected. */
export const createHandler = (ports: DetectPagePorts) =>
  taskHandler(detectPageInput, ({ caseId, page }) => detectPage(caseId, page, ports));
