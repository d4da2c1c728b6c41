import { taskHandler } from "../../shared/aws/task-handler.ts";
import { caseReference } from "../../shared/contracts/payloads.ts";
import { type ReadDocumentPorts, readDocument } from "../../shared/reading/read-document.ts";

/** First step of `automate-*`: what the document says of itself, and which pages need text detection. */
export const createHandler = (ports: ReadDocumentPorts) =>
  taskHandler(caseReference, ({ caseId }) => readDocument(caseId, ports));
