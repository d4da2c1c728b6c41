import { routeHandler } from "../../shared/aws/http/route-handler.ts";
import { type GetPagePorts, getPage } from "../../shared/case/get-page.ts";

/** GET /api/cases/{caseId}/pages/{page}: an address for an `<img>`, valid for minutes. */
export const createHandler = (ports: GetPagePorts) =>
  routeHandler("getPage", ports, ({ personId, path }) => getPage(path.caseId, path.page, personId, ports));
