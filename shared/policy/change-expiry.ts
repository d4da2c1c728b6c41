import type { PolicyChange } from "../contracts/policy.ts";

/** Is it too late to sign? One that never waited does not expire. */
export const hasExpired = ({ expiresAt }: PolicyChange, at: Date): boolean =>
  expiresAt !== null && at >= new Date(expiresAt);
