import { routeHandler } from "../../shared/aws/http/route-handler.ts";
import { type ListPeoplePorts, listPeople } from "../../shared/people/list-people.ts";

/** GET /api/workflows/{workflow}/people: experts and owners. */
export const createHandler = (ports: ListPeoplePorts) =>
  routeHandler("listPeople", ports, ({ personId, path }) => listPeople(path.workflow, personId, ports));
