import type { IdempotencyStore } from "../../shared/aws/dynamodb/idempotency.ts";
import { routeHandler } from "../../shared/aws/http/route-handler.ts";
import { type ListPorts, replaceList } from "../../shared/workflows/invoices/replace-list.ts";

/** POST /api/workflows/{workflow}/lists/{list}: owners only. */
export const createHandler = (ports: ListPorts & { idempotency: IdempotencyStore }) =>
  routeHandler("putList", ports, ({ personId, path, body }) => replaceList(path, body.csv, personId, ports));
