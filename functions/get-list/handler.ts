import { routeHandler } from "../../shared/aws/http/route-handler.ts";
import type { People } from "../../shared/people/people.ts";
import { describeList } from "../../shared/workflows/invoices/describe-list.ts";
import type { ListStore } from "../../shared/workflows/invoices/reference-list.ts";

/** GET /api/workflows/{workflow}/lists/{list} */
export const createHandler = (ports: { people: People; lists: Pick<ListStore, "find">; now: () => Date }) =>
  routeHandler("getList", ports, ({ personId, path }) => describeList(path, personId, ports));
