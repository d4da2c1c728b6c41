import type { Clock } from "../clock/clock.ts";
import type { Journal } from "../dynamodb/journal.ts";
import type { Storage, Write } from "../storage/storage.ts";
import { AwsError } from "../wire/aws-error.ts";
import type { Blobs } from "./blobs.ts";
import type { Bucket } from "./buckets.ts";
import { checkWriteConditions } from "./conditions.ts";
import type { CreationReason, Notifications } from "./notifications.ts";
import type { NewVersion, ObjectIndex, Stored } from "./object-index.ts";
import type { ObjectVersion } from "./object-version.ts";

/** What every operation works with. */
export interface Store {
  readonly buckets: ReadonlyMap<string, Bucket>;
  readonly index: ObjectIndex;
  readonly blobs: Blobs;
  readonly journal: Journal;
  readonly storage: Storage;
  readonly notifications: Notifications;
  readonly clock: Clock;
  /** Multipart uploads that were completed or aborted since the boot. */
  readonly finishedUploads: Set<string>;
}

export interface Creation {
  readonly bucket: Bucket;
  /** Its blobs are on disk. */
  readonly fresh: NewVersion;
  /** Conditions of the request, judged at the moment of the change. */
  readonly headers: Readonly<Record<string, string>>;
  readonly reason: CreationReason;
  /** Written together with the object. */
  readonly more?: readonly Write[];
}

/**
 * Makes an object's new version visible: its index entry and the event that tells of it in one batch; only then is the event
 * published and what was replaced removed.
 *
 * @throws {AwsError} when a condition fails; the blobs are then the caller's to keep or remove.
 */
export async function createVersion(
  store: Store,
  { bucket, fresh, headers, reason, more = [] }: Creation,
): Promise<ObjectVersion> {
  checkWriteConditions(headers, store.index.latest(bucket.name, fresh.key));
  const stored = store.index.add(bucket, fresh);
  const notification = store.notifications.prepare(bucket, stored.version, reason);
  await persist(store, stored, [...notification.writes, ...more]);
  notification.publish();
  return stored.version;
}

/** Writes the bytes, then makes them an object's new version; nothing stays behind when that is refused. */
export async function createFromBytes(
  store: Store,
  {
    fresh,
    ...creation
  }: Omit<Creation, "fresh"> & { readonly fresh: Omit<NewVersion, "blobs" | "size" | "deleteMarker"> },
  bytes: Buffer,
): Promise<ObjectVersion> {
  const blobs = [await store.blobs.write(bytes)];
  try {
    return await createVersion(store, {
      ...creation,
      fresh: { ...fresh, deleteMarker: false, size: bytes.length, blobs },
    });
  } catch (error) {
    if (error instanceof AwsError) await store.blobs.remove(blobs);
    throw error;
  }
}

/** Resolves when a change of the index is on disk; files that it left behind are removed after that, never before. */
export async function persist(store: Store, { writes, unwanted }: Stored, more: readonly Write[] = []): Promise<void> {
  await store.journal.append([...writes, ...more]);
  await store.blobs.remove(unwanted);
}
