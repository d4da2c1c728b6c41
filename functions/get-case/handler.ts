import { routeHandler } from "../../shared/aws/http/route-handler.ts";
import { type GetCasePorts, getCase } from "../../shared/case/get-case.ts";

/** GET /api/cases/{caseId} */
export const createHandler = (ports: GetCasePorts) =>
  routeHandler("getCase", ports, ({ personId, path }) => getCase(path.caseId, personId, ports));
