import * as z from "zod";
import type { Authorise } from "../iam/principal.ts";
import { AwsError, NotImitatedError } from "../wire/aws-error.ts";
import type { AwsRequest, AwsResponse } from "../wire/service.ts";
import type { Announcement } from "./event.ts";
import { busName } from "./rule.ts";

export interface PutEventsPorts {
  readonly authorise: Authorise;
  busArn(name: string): string | undefined;
  publishEvent(announcement: Announcement): Promise<string>;
}

const entry = z.object({
  Source: z.string().min(1).optional(),
  DetailType: z.string().min(1).optional(),
  Detail: z.string().optional(),
  Resources: z.array(z.string()).default([]),
  EventBusName: z.string().optional(),
  Time: z.number().optional(),
});
const body = z.object({ Entries: z.array(entry).min(1).max(10) });

/** Size of all entries together. @see PutEvents, "Calculating entry size": 1 MB since 2025 */
const maxBytes = 1_048_576;

/** AWSEvents.PutEvents. A malformed entry fails alone; a missing grant fails the call. */
export async function handlePutEvents(request: AwsRequest, ports: PutEventsPorts): Promise<AwsResponse> {
  const target = request.headers["x-amz-target"] ?? "";
  if (target !== "AWSEvents.PutEvents")
    throw new NotImitatedError(`EventBridge ${target} (it has AWSEvents.PutEvents)`);
  const { success, data, error } = body.safeParse(JSON.parse(request.body.toString("utf8") || "{}"));
  if (!success) throw new AwsError("ValidationException", z.prettifyError(error));
  if (request.body.length > maxBytes)
    throw new AwsError(
      "ValidationException",
      `Total size of the entries in the request is over the limit of ${maxBytes} bytes.`,
      413,
    );

  const entries = data.Entries.map((one) => ({ ...one, bus: busName(one.EventBusName) }));
  for (const { bus, Source = "", DetailType = "" } of entries) {
    const busArn = ports.busArn(bus);
    if (busArn === undefined) throw new AwsError("ResourceNotFoundException", `Event bus ${bus} does not exist.`);
    ports.authorise(request.principal, "events:PutEvents", busArn, {
      "events:source": Source,
      "events:detail-type": DetailType,
    });
  }
  const results = await Promise.all(entries.map((one) => publish(one, ports)));
  const answer = { FailedEntryCount: results.filter((result) => "ErrorCode" in result).length, Entries: results };
  return { status: 200, headers: { "content-type": "application/x-amz-json-1.1" }, body: JSON.stringify(answer) };
}

type Result = { readonly EventId: string } | { readonly ErrorCode: string; readonly ErrorMessage: string };

async function publish(one: z.infer<typeof entry> & { bus: string }, ports: PutEventsPorts): Promise<Result> {
  const { Source, DetailType, Detail, Resources, Time, bus } = one;
  if (Source === undefined || DetailType === undefined || Detail === undefined) {
    return { ErrorCode: "InvalidArgument", ErrorMessage: "Source, DetailType and Detail are required." };
  }
  const detail = parsedObject(Detail);
  if (detail === undefined) return { ErrorCode: "MalformedDetail", ErrorMessage: "Detail is malformed." };
  const time = Time === undefined ? {} : { time: new Date(Time * 1000) };
  const EventId = await ports.publishEvent({
    source: Source,
    detailType: DetailType,
    detail,
    resources: Resources,
    bus,
    ...time,
  });
  return { EventId };
}

function parsedObject(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && !Array.isArray(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
