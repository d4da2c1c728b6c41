import type { IdempotencyStore } from "../../shared/aws/dynamodb/idempotency.ts";
import { routeHandler } from "../../shared/aws/http/route-handler.ts";
import { type SetAbsencePorts, setAbsence } from "../../shared/people/set-absence.ts";

/** POST /api/me/absence: who covers until when, or that one is back. */
export const createHandler = (ports: SetAbsencePorts & { idempotency: IdempotencyStore }) =>
  routeHandler("setAbsence", ports, ({ personId, body }) => setAbsence(personId, body, ports));
