import { type EventBridgeClient, PutEventsCommand } from "@aws-sdk/client-eventbridge";
import type { Announcer } from "../case/executions.ts";
import { eventSource } from "../contracts/outcome.ts";

/** Happens when the bus takes the request but refuses the event. Retried by whoever announces. */
export class EventRefusedError extends Error {
  override readonly name = "EventRefusedError";

  constructor(type: string, code: string) {
    super(`The event bus refused ${type}: ${code}. It is announced again when the step is retried.`);
  }
}

export function busAnnouncer({ client, bus }: { client: EventBridgeClient; bus: string }): Announcer {
  return {
    announce: async ({ type, detail }) => {
      const entry = { EventBusName: bus, Source: eventSource, DetailType: type, Detail: JSON.stringify(detail) };
      const { FailedEntryCount, Entries } = await client.send(new PutEventsCommand({ Entries: [entry] }));
      if (FailedEntryCount) throw new EventRefusedError(type, Entries?.[0]?.ErrorCode ?? "no code");
    },
  };
}
