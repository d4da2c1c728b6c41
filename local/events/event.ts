import * as z from "zod";

/** What a publisher says; the bus adds the rest. */
export interface Announcement {
  readonly source: string;
  readonly detailType: string;
  readonly detail: unknown;
  readonly resources?: readonly string[];
  /** Name or ARN. @default the default bus, on which AWS's services publish */
  readonly bus?: string;
  /** @default now */
  readonly time?: Date;
  /** For a publisher that repeats itself after a crash. @default a new one */
  readonly id?: string;
}

/** An event as targets receive it. @see EventBridge user guide, "Event structure" */
export const busEvent = z.object({
  version: z.literal("0"),
  id: z.string(),
  "detail-type": z.string(),
  source: z.string(),
  account: z.string(),
  time: z.string(),
  region: z.string(),
  resources: z.array(z.string()),
  detail: z.unknown(),
});
export type BusEvent = z.infer<typeof busEvent>;
