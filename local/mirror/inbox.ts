import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { mkdir, readFile, rename, stat } from "node:fs/promises";
import { basename, dirname, join, relative, sep } from "node:path";
import { HeadObjectCommand, PutObjectCommand, type S3Client } from "@aws-sdk/client-s3";
import { watch } from "chokidar";
import type { Clock } from "../clock/clock.ts";
import type { Storage } from "../storage/storage.ts";
import { createSettling, type FileState } from "./settling.ts";
import { openUploadNotes, type UploadNote } from "./upload-notes.ts";

export interface InboxOptions {
  readonly directory: string;
  readonly bucket: string;
  readonly s3: S3Client;
  readonly storage: Storage;
  readonly clock: Clock;
  report(problem: string, error?: unknown): void;
  /** How long a file must stand still before it counts as whole. @default 600 */
  readonly settleMilliseconds?: number | undefined;
}

export interface Inbox {
  /** Moves a file of the same disk into the folder, as a new drop even where the very same file lies there already. */
  drop(file: string, key: string): Promise<void>;
  /** Resolves when every file that was seen is in the bucket. */
  idle(): Promise<void>;
  close(): Promise<void>;
}

/** S3's limit on a key, in bytes of UTF-8. */
const maxKeyBytes = 1024;
const uploadsAtOnce = 4;
const retryMilliseconds = 5_000;
/** Up to this size a file is read whole, which is faster; beyond it is streamed, so that four at once fit into memory. */
const maxBufferedBytes = 16 * 1024 * 1024;
/** Metadata of another drop: it must be there before the drop is. */
const sidecarSuffix = ".meta.json";

/**
 * Uploads what is put into a folder, each file once it has stopped growing. Names become keys as they are. Hidden files are left
 * alone. What was uploaded is noted on disk, so that a restart uploads nothing twice; a file removed and put there again is a new drop.
 */
export async function openInbox(options: InboxOptions): Promise<Inbox> {
  const { directory, bucket, s3, storage, clock, report, settleMilliseconds = 600 } = options;
  await mkdir(directory, { recursive: true });
  const notes = openUploadNotes(storage);
  await notes.forgetMissing((key) =>
    stat(join(directory, key)).then(
      () => true,
      () => false,
    ),
  );
  const queue: { key: string; state: FileState }[] = [];
  const uploading = new Map<string, Promise<void>>();
  const retries = new Set<NodeJS.Timeout>();
  let closed = false;

  const next = () => {
    while (!closed && uploading.size < uploadsAtOnce) {
      // A file that changed while it was uploaded goes again afterwards, never beside itself.
      const index = queue.findIndex(({ key }) => !uploading.has(key));
      const [entry] = index < 0 ? [] : queue.splice(index, 1);
      if (!entry) return;
      const task = upload(entry.key, entry.state)
        .catch((error: unknown) => {
          if (closed) return;
          report(`${entry.key} could not be uploaded from the inbox; it is tried again.`, error);
          const timer = setTimeout(() => {
            retries.delete(timer);
            settling.saw(entry.key);
          }, retryMilliseconds);
          retries.add(timer);
        })
        .finally(() => {
          uploading.delete(entry.key);
          next();
        });
      uploading.set(entry.key, task);
    }
  };

  const settling = createSettling({
    directory,
    settleMilliseconds,
    first: (key) => key.endsWith(sidecarSuffix),
    settled: (key, state) => {
      if (key.endsWith(sidecarSuffix)) queue.unshift({ key, state });
      else if (settling.isPending(key + sidecarSuffix)) return settling.saw(key);
      else queue.push({ key, state });
      next();
    },
  });

  const upload = async (key: string, state: FileState): Promise<void> => {
    const path = join(directory, key);
    await uploading.get(key + sidecarSuffix); // it was queued ahead of this one
    const known = await notes.find(key);
    if (known?.uploaded && known.sizeBytes === state.sizeBytes && known.modifiedAt === state.modifiedAt) return;
    const body = state.sizeBytes <= maxBufferedBytes ? await readFile(path) : undefined;
    const { sha256, md5 } = await digests(body ?? path);
    const intent: UploadNote = { ...state, sha256, uploaded: false, startedAt: clock.now().toISOString() };
    const same = known?.sha256 === sha256;
    if (!same || (!known.uploaded && !(await arrived(key, md5, known.startedAt)))) {
      await notes.write(key, intent);
      await s3.send(
        new PutObjectCommand({
          Bucket: bucket,
          Key: key,
          Body: body ?? createReadStream(path),
          ContentLength: body?.length ?? state.sizeBytes,
        }),
      );
    }
    await notes.write(key, { ...intent, uploaded: true });
  };

  /** Whether an upload that a crash interrupted reached the bucket after all. */
  const arrived = async (key: string, md5: string, startedAt: string): Promise<boolean> => {
    try {
      const { ETag, LastModified } = await s3.send(new HeadObjectCommand({ Bucket: bucket, Key: key }));
      const sinceMilliseconds = (LastModified?.getTime() ?? 0) - Date.parse(startedAt);
      return ETag === `"${md5}"` && sinceMilliseconds >= -1000; // S3 gives whole seconds
    } catch {
      return false;
    }
  };

  const keyOf = (path: string) => relative(directory, path).split(sep).join("/");
  const watcher = watch(directory, {
    followSymlinks: false,
    ignored: (path) => path !== directory && basename(path).startsWith("."),
  });
  const saw = (path: string) => {
    const key = keyOf(path);
    if (Buffer.byteLength(key) <= maxKeyBytes) settling.saw(key);
    else
      report(`${key.slice(0, 80)}… has a path longer than ${maxKeyBytes} bytes, which S3 does not take. Shorten it.`);
  };
  watcher.on("add", saw);
  watcher.on("change", saw);
  watcher.on("unlink", (path) => {
    notes.forget(keyOf(path)).catch((error: unknown) => {
      if (!closed) report(`${keyOf(path)} was removed from the inbox, which could not be noted.`, error);
    });
  });
  watcher.on("error", (error) => report("The inbox cannot be watched.", error));
  await new Promise<void>((resolve) => watcher.once("ready", () => resolve()));

  return {
    drop: async (file, key) => {
      await notes.forget(key);
      await mkdir(dirname(join(directory, key)), { recursive: true });
      await rename(file, join(directory, key));
      saw(join(directory, key));
    },
    idle: async () => {
      while (settling.pending() > 0 || queue.length > 0 || uploading.size > 0 || retries.size > 0) {
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    },
    close: async () => {
      closed = true;
      settling.close();
      for (const timer of retries) clearTimeout(timer);
      await watcher.close();
      await Promise.all(uploading.values());
    },
  };
}

async function digests(content: Buffer | string): Promise<{ sha256: string; md5: string }> {
  const sha256 = createHash("sha256");
  const md5 = createHash("md5");
  const chunks: Iterable<Buffer> | AsyncIterable<Buffer> =
    typeof content === "string" ? createReadStream(content) : [content];
  for await (const chunk of chunks) {
    sha256.update(chunk);
    md5.update(chunk);
  }
  return { sha256: sha256.digest("hex"), md5: md5.digest("hex") };
}
