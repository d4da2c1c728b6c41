import { Logger } from "@aws-lambda-powertools/logger";
import { Metrics, MetricUnit } from "@aws-lambda-powertools/metrics";

/** Structured logs; every line carries the case id as correlation id. Ids, names and figures only: never document text, tokens or addresses. */
export const logger = new Logger();
export const metrics = new Metrics();

/** Metrics that alarms watch, by name, with what they count. */
export type MetricName =
  | "ReviewUnanswered"
  | "PageCapReached"
  | "CaseRecovered"
  | "WakeUpFailed"
  | "WebhookDead"
  | "WebhookSweepFailed";

export function count(name: MetricName, value = 1): void {
  metrics.addMetric(name, MetricUnit.Count, value);
  metrics.publishStoredMetrics();
}

/** Where an error came from, without its message, which may quote a document. */
export const framesOf = (error: unknown): string[] =>
  error instanceof Error
    ? (error.stack ?? "")
        .replace(error.message, "") // it may span lines that look like frames
        .split("\n")
        .filter((line) => line.startsWith("    at "))
    : [];
