import type { Throttle } from "./declared-api.ts";

/** A token bucket: `burst` requests at once, refilled at `requestsPerSecond`. @see API Gateway, "Throttle requests" */
export function createThrottle({ requestsPerSecond, burst }: Throttle): (now: Date) => boolean {
  let tokens = burst;
  let filledAt: number | undefined;
  return (now) => {
    const at = now.getTime();
    tokens = Math.min(burst, tokens + (Math.max(0, at - (filledAt ?? at)) / 1000) * requestsPerSecond);
    filledAt = at;
    if (tokens < 1) return false;
    tokens -= 1;
    return true;
  };
}
