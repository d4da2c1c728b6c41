import { randomBytes } from "node:crypto";
import type { Clock } from "../clock/clock.ts";
import { type Range, SortedMap } from "../dynamodb/sorted-map.ts";
import type { Storage, Write } from "../storage/storage.ts";
import type { Bucket } from "./buckets.ts";
import { type Blob, type ObjectVersion, objectVersion } from "./object-version.ts";

/** What a writer says of a new version; the index adds its identity. */
export type NewVersion = Omit<ObjectVersion, "versionId" | "sequencer" | "lastModified">;

export interface Stored {
  readonly version: ObjectVersion;
  readonly writes: readonly Write[];
  /** Files that nobody needs once the writes are on disk. */
  readonly unwanted: readonly Blob[];
}

/** A place in a listing: behind one key, or behind every key that begins with it. */
export interface Position {
  readonly key: string;
  readonly allUnder: boolean;
}

const prefix = "version/";

/** Which versions of which keys exist, oldest first: in memory, and in the storage by what `add` and `remove` return. */
export class ObjectIndex {
  readonly #clock: Clock;
  readonly #buckets: ReadonlyMap<string, SortedMap<readonly ObjectVersion[]>>;
  /** Files of buckets that the template no longer has; it might have them again. */
  readonly #blobsOfOthers: string[] = [];
  #lastSequencer = 0n;

  constructor(buckets: Iterable<string>, clock: Clock) {
    this.#clock = clock;
    this.#buckets = new Map([...buckets].map((name) => [name, new SortedMap<readonly ObjectVersion[]>()]));
  }

  async load(storage: Storage): Promise<void> {
    for await (const [storageKey, value] of storage.entries(prefix)) {
      const version = objectVersion.parse(value);
      const keys = this.#buckets.get(storageKey.slice(prefix.length).split("/")[0] ?? "");
      const order = orderOf(version.key);
      if (keys) keys.set(order, [...(keys.get(order) ?? []), version]);
      else this.#blobsOfOthers.push(...version.blobs.map(({ name }) => name));
      const sequencer = BigInt(`0x${version.sequencer}`);
      if (sequencer > this.#lastSequencer) this.#lastSequencer = sequencer;
    }
  }

  /** The newest version, delete markers included. */
  latest(bucket: string, key: string): ObjectVersion | undefined {
    return this.#versions(bucket, key).at(-1);
  }

  version(bucket: string, key: string, versionId: string): ObjectVersion | undefined {
    return this.#versions(bucket, key).find((version) => version.versionId === versionId);
  }

  /** Newest versions in the order of their keys' UTF-8 bytes, from `from` on and behind `after`; delete markers left out. */
  *newest(bucket: string, from: string, after: Position | undefined): Generator<ObjectVersion> {
    const range: Range = {
      gte: orderOf(from),
      ...(after ? { gt: orderOf(after.key) + (after.allUnder ? "~" : "") } : {}),
    };
    for (const [, versions] of this.#buckets.get(bucket)?.entries(range) ?? []) {
      const version = versions.at(-1);
      if (version && !version.deleteMarker) yield version;
    }
  }

  /** Every file that some version needs. */
  *blobNames(): Generator<string> {
    yield* this.#blobsOfOthers;
    for (const keys of this.#buckets.values()) {
      for (const [, versions] of keys.entries())
        for (const { blobs } of versions) for (const { name } of blobs) yield name;
    }
  }

  add(bucket: Bucket, fresh: NewVersion): Stored {
    const version: ObjectVersion = {
      ...fresh,
      versionId: bucket.versioned ? randomBytes(24).toString("base64url") : "null",
      sequencer: this.#nextSequencer(),
      lastModified: this.#clock.now().toISOString(),
    };
    const before = this.#versions(bucket.name, fresh.key);
    const replaced = bucket.versioned ? [] : before.filter(({ versionId }) => versionId === "null");
    this.#set(bucket.name, fresh.key, [...before.filter((old) => !replaced.includes(old)), version]);
    const writes = [
      ...replaced.map((old) => ({ key: storageKey(bucket.name, old), delete: true as const })),
      { key: storageKey(bucket.name, version), value: version },
    ];
    return { version, writes, unwanted: replaced.flatMap(({ blobs }) => blobs) };
  }

  remove(bucket: Bucket, version: ObjectVersion): Stored {
    this.#set(
      bucket.name,
      version.key,
      this.#versions(bucket.name, version.key).filter((other) => other !== version),
    );
    return { version, writes: [{ key: storageKey(bucket.name, version), delete: true }], unwanted: version.blobs };
  }

  #versions(bucket: string, key: string): readonly ObjectVersion[] {
    return this.#buckets.get(bucket)?.get(orderOf(key)) ?? [];
  }

  #set(bucket: string, key: string, versions: readonly ObjectVersion[]): void {
    const keys = this.#buckets.get(bucket);
    if (versions.length === 0) keys?.delete(orderOf(key));
    else keys?.set(orderOf(key), versions);
  }

  /** Microseconds since 1970, or one more than the last: a clock set back does not reorder versions. */
  #nextSequencer(): string {
    const now = BigInt(this.#clock.now().getTime()) * 1000n;
    this.#lastSequencer = now > this.#lastSequencer ? now : this.#lastSequencer + 1n;
    return this.#lastSequencer.toString(16).toUpperCase().padStart(16, "0");
  }
}

/** Text whose order is that of the key's UTF-8 bytes, as S3 lists keys; and that is safe within a storage key. */
const orderOf = (key: string) => Buffer.from(key, "utf8").toString("hex");

const storageKey = (bucket: string, { key, sequencer }: ObjectVersion) =>
  `${prefix}${bucket}/${orderOf(key)}/${sequencer}`;
