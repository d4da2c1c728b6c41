import { routeHandler } from "../../shared/aws/http/route-handler.ts";
import { type GetAttachmentPorts, getAttachment } from "../../shared/case/get-attachment.ts";

/** GET /api/cases/{caseId}/attachments/{attachmentId}: an address to download from, valid for minutes. */
export const createHandler = (ports: GetAttachmentPorts) =>
  routeHandler("getAttachment", ports, ({ personId, path }) => getAttachment(path, personId, ports));
