import { routeHandler } from "../../shared/aws/http/route-handler.ts";
import { describeList, type ListPorts } from "../../shared/workflows/invoices/reference-list.ts";

/** GET /api/workflows/{workflow}/lists/{list} */
export const createHandler = (ports: ListPorts) =>
  routeHandler("getList", ports, ({ personId, path }) => describeList(path, personId, ports));
