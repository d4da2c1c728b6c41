import * as z from "zod";
import { groupedWrites } from "../events/durable-work.ts";
import type { Storage } from "../storage/storage.ts";

const note = z.object({
  sizeBytes: z.number(),
  modifiedAt: z.number(),
  sha256: z.string(),
  /** False while the upload is under way: after a crash nobody knows whether it arrived. */
  uploaded: z.boolean(),
  startedAt: z.string(),
});
export type UploadNote = z.infer<typeof note>;

export interface UploadNotes {
  find(key: string): Promise<UploadNote | undefined>;
  write(key: string, note: UploadNote): Promise<void>;
  forget(key: string): Promise<void>;
  /** Forgets files that were removed while nobody watched. */
  forgetMissing(exists: (key: string) => Promise<boolean>): Promise<void>;
}

const prefix = "inbox/";

export function openUploadNotes(storage: Storage): UploadNotes {
  const write = groupedWrites(storage);
  const forget = (key: string) => write({ key: prefix + key, delete: true });
  return {
    forget,
    find: async (key) => {
      const found = note.safeParse(await storage.get(prefix + key));
      return found.success ? found.data : undefined;
    },
    write: (key, value) => write({ key: prefix + key, value }),
    forgetMissing: async (exists) => {
      const missing: string[] = [];
      for await (const [stored] of storage.entries(prefix)) {
        const key = stored.slice(prefix.length);
        if (!(await exists(key))) missing.push(key);
      }
      await Promise.all(missing.map(forget));
    },
  };
}
