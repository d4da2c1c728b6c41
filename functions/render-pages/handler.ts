import { taskHandler } from "../../shared/aws/task-handler.ts";
import { caseReference } from "../../shared/contracts/payloads.ts";
import { type RenderPagesPorts, renderPages } from "../../shared/reading/render-pages.ts";

/** First step of `review`: pictures of the pages, so that no document of a stranger reaches a browser. */
export const createHandler = (ports: RenderPagesPorts) =>
  taskHandler(caseReference, ({ caseId }) => renderPages(caseId, ports));
