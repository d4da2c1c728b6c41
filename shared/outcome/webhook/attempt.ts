import type { WebhookRow } from "./webhook-row.ts";

/** What came of one attempt: the HTTP status, or why there was none. */
export type Answer = { readonly status: number } | { readonly errorName: string };

const firstPauseSeconds = 10;
const longestPauseSeconds = 60 * 60;
/** After this, attempts end: some 80 of them, the last 70 an hour apart at most. */
const giveUpAfterSeconds = 3 * 24 * 60 * 60;

/** Refusals that pass: too slow, in conflict, too early, too many. Every other 4xx will be said again. */
const passingRefusals: readonly number[] = [408, 409, 425, 429];

export const isDelivered = (answer: Answer): boolean =>
  "status" in answer && answer.status >= 200 && answer.status < 300;

/** The receiver said that it will never take it: gone, not found, not authorised, not understood. */
const isFinal = (answer: Answer): boolean =>
  "status" in answer && answer.status >= 400 && answer.status < 500 && !passingRefusals.includes(answer.status);

/**
 * Where an attempt leaves its row. A redirect is not followed, and is a failure that may be mended, like 5xx and silence.
 *
 * @param draw - random, in [0, 1): pauses are between half and all of 10 s, 20 s, 40 s … one hour, so that what failed
 *   together does not come back together.
 */
export function afterAttempt(row: WebhookRow, answer: Answer, at: Date, draw: number): WebhookRow {
  const attempted = {
    ...row,
    attempts: row.attempts + 1,
    lastAnswer: "status" in answer ? String(answer.status) : answer.errorName,
  };
  if (isDelivered(answer)) return { ...attempted, status: "delivered" };
  const pauseSeconds = Math.min(longestPauseSeconds, firstPauseSeconds * 2 ** Math.min(row.attempts, 20));
  const nextAt = new Date(at.getTime() + pauseSeconds * 1000 * (0.5 + draw / 2));
  const ended = nextAt.getTime() > new Date(row.since).getTime() + giveUpAfterSeconds * 1000;
  if (isFinal(answer) || ended) return { ...attempted, status: "dead" };
  return { ...attempted, nextAt: nextAt.toISOString() };
}
