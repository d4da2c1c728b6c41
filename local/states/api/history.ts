import * as z from "zod";
import {
  executionInput,
  existing,
  type Operation,
  pagedInput,
  pageSize,
  pageToken,
  placeOf,
  readInput,
  seconds,
} from "./request.ts";

const historyInput = executionInput.extend({
  ...pagedInput.shape,
  reverseOrder: z.boolean().optional(),
  includeExecutionData: z.boolean().optional(),
});

/** Events are numbered from 1 without gaps, so a page is a range of numbers. */
export const getExecutionHistory: Operation = async ({ engine, input, principal }) => {
  const { executionArn, maxResults, nextToken, reverseOrder, includeExecutionData } = readInput(historyInput, input);
  engine.ports.authorise(principal, "states:GetExecutionHistory", executionArn);
  await existing(engine, executionArn);
  const { lastEventId } = await engine.store.progressOf(executionArn);
  const skipped = nextToken === undefined ? 0 : Number(placeOf(nextToken));
  const length = Math.min(pageSize(maxResults), lastEventId - skipped);
  const ids = Array.from({ length }, (_, index) =>
    reverseOrder ? lastEventId - skipped - index : skipped + index + 1,
  );
  const events = await Promise.all(ids.map((id) => engine.store.event(executionArn, id)));
  const seen = skipped + length;
  return {
    events: events.map((event) => ({
      ...(includeExecutionData === false ? withoutData(event) : event),
      timestamp: seconds(event.timestamp),
    })),
    ...(seen < lastEventId ? { nextToken: pageToken(String(seen)) } : {}),
  };
};

const dataMembers = ["input", "output", "parameters", "assignedVariables", "cause"];

/** includeExecutionData: false leaves payloads out of the details. */
function withoutData(event: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(event).map(([member, details]) => {
      if (typeof details !== "object" || details === null) return [member, details];
      return [member, Object.fromEntries(Object.entries(details).filter(([name]) => !dataMembers.includes(name)))];
    }),
  );
}
