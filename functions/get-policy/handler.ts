import { routeHandler } from "../../shared/aws/http/route-handler.ts";
import { type GetPolicyPorts, getPolicy } from "../../shared/policy/get-policy.ts";

/** GET /api/workflows/{workflow}/policy */
export const createHandler = (ports: GetPolicyPorts) =>
  routeHandler("getPolicy", ports, ({ personId, path }) => getPolicy(path.workflow, personId, ports));
