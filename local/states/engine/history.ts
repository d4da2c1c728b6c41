import type { HistoryEvent } from "./record.ts";

/** Events an execution may have. At this number only its end is recorded; anything else fails it. @see AWS Step Functions service quotas */
export const maxHistoryEvents = 25_000;

/** Where AWS puts the details of an event type: stateEnteredEventDetails, taskFailedEventDetails, … */
function detailsMember(type: string): string {
  if (type.endsWith("StateEntered")) return "stateEnteredEventDetails";
  if (type.endsWith("StateExited")) return "stateExitedEventDetails";
  return `${type.charAt(0).toLowerCase()}${type.slice(1)}EventDetails`;
}

export function historyEvent(
  head: { id: number; previousEventId: number; timestamp: string; type: string },
  details: Readonly<Record<string, unknown>> | undefined,
): HistoryEvent {
  return details === undefined ? head : { ...head, [detailsMember(head.type)]: details };
}

const notTruncated = { truncated: false };
export const inputDetails = (value: unknown) => ({ input: JSON.stringify(value), inputDetails: notTruncated });
export const outputDetails = (text: string) => ({ output: text, outputDetails: notTruncated });
