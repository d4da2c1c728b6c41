import { type Role, role } from "../contracts/identifiers.ts";

/** Does somebody with this role have at least the authority of the other? Roles are declared in order of authority. */
export const roleReaches = (held: Role, needed: Role): boolean =>
  role.options.indexOf(held) >= role.options.indexOf(needed);
