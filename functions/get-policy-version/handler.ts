import { routeHandler } from "../../shared/aws/http/route-handler.ts";
import type { People } from "../../shared/people/people.ts";
import { getPolicyVersion } from "../../shared/policy/get-policy.ts";
import type { Policies } from "../../shared/policy/policy-store.ts";

/** GET /api/workflows/{workflow}/policy/versions/{version} */
export const createHandler = (ports: { people: People; policies: Policies; now: () => Date }) =>
  routeHandler("getPolicyVersion", ports, ({ personId, path }) =>
    getPolicyVersion(path.workflow, path.version, personId, ports),
  );
