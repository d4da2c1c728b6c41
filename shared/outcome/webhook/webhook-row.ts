import * as z from "zod";
import { caseEvents } from "../../contracts/outcome.ts";

/** Events that say that an outcome is there. */
export const outcomeEventType = z.enum(["CaseDecided", "CaseRejected", "CaseWithdrawn"]);

/** An outcome on its way to the webhook. */
export const webhookRow = z.object({
  type: outcomeEventType,
  /** As the bus had it: references, no content. */
  detail: caseEvents.CaseDecided,
  /** When the outcome was announced, ISO 8601. */
  occurredAt: z.string(),
  status: z.enum(["due", "delivered", "dead"]),
  /** Attempts since it was stored, or made due again by hand. */
  attempts: z.int().nonnegative(),
  /** Start of these attempts, ISO 8601: they end three days later. */
  since: z.string(),
  /** When it is tried next; while an attempt is under way, when it counts as lost. */
  nextAt: z.string(),
  /** HTTP status or the error's name of the last attempt; never what the receiver said. */
  lastAnswer: z.string().nullable(),
  revision: z.int().nonnegative(),
});
export type WebhookRow = z.infer<typeof webhookRow>;

export interface WebhookStore {
  /** Stores a row unless the outcome has one. Answers whether it is new. */
  add(row: WebhookRow): Promise<boolean>;
  find(key: WebhookKey): Promise<WebhookRow | null>;
  /** Rows to be sent at `at`, longest due first; at most `limit` of each of 8 shards. */
  due(at: Date, limit: number): Promise<WebhookKey[]>;
  dead(limit: number): Promise<WebhookKey[]>;
  /** Writes `row` in place of its revision before; false when somebody else wrote meanwhile. */
  replace(row: WebhookRow): Promise<boolean>;
}

export type WebhookKey = Pick<WebhookRow["detail"], "caseId" | "outcomeId">;
