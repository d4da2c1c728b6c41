import { routeHandler } from "../../shared/aws/http/route-handler.ts";
import type { People } from "../../shared/people/people.ts";

/** GET /api/me, with the absent colleagues in whose place one may act. Somebody without any role is answered too: with none. */
export const createHandler = (ports: { people: People; now: () => Date }) =>
  routeHandler("getMe", ports, async ({ personId }) => {
    const person = await ports.people.find(personId);
    return person ?? { personId, name: "you", memberships: [], covers: [] };
  });
