import { randomUUID } from "node:crypto";
import { mkdir, rename, stat, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { GetObjectCommand, paginateListObjectsV2, type S3Client } from "@aws-sdk/client-s3";

export interface OutcomesOptions {
  readonly directory: string;
  /** On the same disk as `directory`: files are written here and then moved, so that nobody reads half of one. */
  readonly temporaryDirectory: string;
  readonly bucket: string;
  readonly s3: S3Client;
  report(problem: string, error?: unknown): void;
}

export interface Outcomes {
  /** The bucket has a new object, or a new version of one. */
  written(key: string): void;
  /** Fetches what an earlier run did not get to. */
  recover(): Promise<void>;
  idle(): Promise<void>;
  close(): Promise<void>;
}

const fetchesAtOnce = 4;

/** Keeps a folder that shows what lies in a bucket. The bucket is the truth: what is changed in the folder changes nothing. */
export function openOutcomes({ directory, temporaryDirectory, bucket, s3, report }: OutcomesOptions): Outcomes {
  const waiting = new Set<string>();
  const fetching = new Map<string, Promise<void>>();
  let closed = false;

  const next = () => {
    for (const key of waiting) {
      if (closed || fetching.size >= fetchesAtOnce) return;
      if (fetching.has(key)) continue; // it changed while it was fetched: once more, afterwards
      waiting.delete(key);
      const task = fetchObject(key)
        .catch((error: unknown) => {
          if (!closed) report(`${key} could not be copied to the outcomes folder; the next start tries again.`, error);
        })
        .finally(() => {
          fetching.delete(key);
          next();
        });
      fetching.set(key, task);
    }
  };

  const fetchObject = async (key: string): Promise<void> => {
    const { Body } = await s3.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
    const content = (await Body?.transformToByteArray()) ?? new Uint8Array();
    const path = join(directory, ...safeSegments(key));
    const temporary = join(temporaryDirectory, randomUUID());
    await mkdir(dirname(path), { recursive: true });
    await mkdir(temporaryDirectory, { recursive: true });
    await writeFile(temporary, content);
    await rename(temporary, path);
  };

  const written = (key: string) => {
    if (key.endsWith("/")) return; // a folder marker
    waiting.add(key);
    next();
  };

  return {
    written,
    recover: async () => {
      await mkdir(directory, { recursive: true });
      for await (const { Contents = [] } of paginateListObjectsV2({ client: s3 }, { Bucket: bucket })) {
        for (const { Key, Size, LastModified } of Contents) {
          if (Key === undefined) continue;
          const found = await stat(join(directory, ...safeSegments(Key))).catch(() => undefined);
          // S3 gives whole seconds, so a copy made within the object's own second is made again: better once too often.
          const current = found?.size === Size && (found?.mtimeMs ?? 0) >= (LastModified?.getTime() ?? 0) + 1000;
          if (!current) written(Key);
        }
      }
    },
    idle: async () => {
      while (waiting.size > 0 || fetching.size > 0) {
        await Promise.all(fetching.values());
        await new Promise((resolve) => setImmediate(resolve));
      }
    },
    close: async () => {
      closed = true;
      await Promise.all(fetching.values());
    },
  };
}

/** A key is anything; a path must stay inside the folder. */
function safeSegments(key: string): string[] {
  return key
    .split("/")
    .filter((segment) => segment !== "")
    .map((segment) =>
      segment === "." || segment === ".." ? segment.replaceAll(".", "%2E") : segment.replaceAll("\0", "%00"),
    );
}
