import type { IdempotencyStore } from "../../shared/aws/dynamodb/idempotency.ts";
import { routeHandler } from "../../shared/aws/http/route-handler.ts";
import { type PutPersonPorts, putPerson } from "../../shared/people/put-person.ts";

/** POST /api/workflows/{workflow}/people/{personId}: owners only, never of themselves. */
export const createHandler = (ports: PutPersonPorts & { idempotency: IdempotencyStore }) =>
  routeHandler("putPerson", ports, ({ personId, path, body }) => putPerson(path, body, personId, ports));
