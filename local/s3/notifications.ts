import { randomUUID } from "node:crypto";
import * as z from "zod";
import type { Clock } from "../clock/clock.ts";
import type { Journal } from "../dynamodb/journal.ts";
import type { Storage, Write } from "../storage/storage.ts";
import { accountId } from "../template/physical-name.ts";
import type { Bucket } from "./buckets.ts";
import type { ObjectVersion } from "./object-version.ts";

const s3Event = z.object({
  /** The same each time that the event is published: a bus may tell a repetition by it. */
  id: z.string(),
  source: z.literal("aws.s3"),
  detailType: z.literal("Object Created"),
  time: z.string(),
  resources: z.array(z.string()),
  detail: z.record(z.string(), z.unknown()),
});

export type S3Event = z.infer<typeof s3Event>;

/** Resolves once the event is somewhere from where it cannot get lost. */
export type PublishEvent = (event: S3Event) => Promise<void>;

export type CreationReason = "PutObject" | "CopyObject" | "CompleteMultipartUpload";

const prefix = "event/";
const retryMilliseconds = 5000;

/**
 * Tells EventBridge of new objects, at least once, as S3 does: what is to be told is written together with the object, and
 * forgotten only when the bus has taken it. A refusal or a crash leaves it to be told again.
 */
export class Notifications {
  readonly #journal: Journal;
  readonly #publishEvent: PublishEvent;
  readonly #clock: Clock;
  readonly #report: (problem: string, error: unknown) => void;
  #closed = false;
  readonly #underway = new Set<Promise<void>>();
  readonly #timers = new Set<{ cancel(): void }>();

  constructor(
    journal: Journal,
    {
      publishEvent,
      clock,
      report,
    }: { publishEvent: PublishEvent; clock: Clock; report: (problem: string, error: unknown) => void },
  ) {
    this.#journal = journal;
    this.#report = report;
    this.#publishEvent = publishEvent;
    this.#clock = clock;
  }

  /** Publishes what the last run did not. */
  async resume(storage: Storage): Promise<void> {
    for await (const [key, value] of storage.entries(prefix)) this.#publish(key, s3Event.parse(value));
  }

  /** The write that goes with the object's own, and what to do once both are on disk. */
  prepare(
    bucket: Bucket,
    version: ObjectVersion,
    reason: CreationReason,
  ): { writes: readonly Write[]; publish: () => void } {
    if (!bucket.tellsEventBridge) return { writes: [], publish: () => {} };
    const event = objectCreated(bucket, version, reason);
    const key = `${prefix}${version.sequencer}`;
    return { writes: [{ key, value: event }], publish: () => this.#publish(key, event) };
  }

  /** Waits for what is under way; what is not taken by then is published at the next boot. */
  async close(): Promise<void> {
    this.#closed = true;
    for (const timer of this.#timers) timer.cancel();
    await Promise.all(this.#underway);
  }

  #publish(key: string, event: S3Event): void {
    if (this.#closed) return;
    const underway = this.#publishEvent(event)
      .then(() => this.#journal.append([{ key, delete: true }]))
      .catch((error: unknown) => {
        this.#report(`The event of object version ${event.id} was not taken; it is published again.`, error);
        this.#publishLater(key, event);
      })
      .finally(() => this.#underway.delete(underway));
    this.#underway.add(underway);
  }

  #publishLater(key: string, event: S3Event): void {
    if (this.#closed) return;
    const timer = this.#clock.at(new Date(this.#clock.now().getTime() + retryMilliseconds), () => {
      this.#timers.delete(timer);
      this.#publish(key, event);
    });
    this.#timers.add(timer);
  }
}

/** @see EventBridge user guide, "Amazon S3 events" */
function objectCreated(bucket: Bucket, version: ObjectVersion, reason: CreationReason): S3Event {
  return {
    id: randomUUID(),
    source: "aws.s3",
    detailType: "Object Created",
    time: version.lastModified,
    resources: [bucket.arn],
    detail: {
      version: "0",
      bucket: { name: bucket.name },
      object: {
        key: version.key,
        size: version.size,
        etag: version.etag,
        ...(bucket.versioned ? { "version-id": version.versionId } : {}),
        sequencer: version.sequencer,
      },
      "request-id": randomUUID().replaceAll("-", "").slice(0, 16).toUpperCase(),
      requester: accountId,
      "source-ip-address": "127.0.0.1",
      reason,
    },
  };
}
