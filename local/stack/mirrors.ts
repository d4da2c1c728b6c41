import type { S3Client } from "@aws-sdk/client-s3";
import * as z from "zod";
import type { Clock } from "../clock/clock.ts";
import { type Inbox, openInbox } from "../mirror/inbox.ts";
import { openOutcomes } from "../mirror/outcomes.ts";
import type { Storage } from "../storage/storage.ts";
import type { StateDirectory } from "./state-directory.ts";

export interface MirrorsOptions {
  readonly outputs: Readonly<Record<string, unknown>>;
  readonly state: StateDirectory;
  readonly s3: S3Client;
  readonly storage: Storage;
  readonly clock: Clock;
  report(problem: string, error?: unknown): void;
  readonly settleMilliseconds?: number | undefined;
}

/** The template's outputs say which buckets the folders stand for. */
const buckets = z.object({ IntakeBucket: z.string(), OutcomeBucket: z.string() });

export interface Mirrors {
  /** Told of every object that was put into any bucket; from the first moment on, so that no outcome is missed. */
  objectWritten(bucket: string, key: string): void;
  /** Fetches the outcomes that an earlier run did not get to, then watches the inbox. */
  begin(): Promise<void>;
  drop(file: string, key: string): Promise<void>;
  inboxIdle(): Promise<void>;
  outcomesIdle(): Promise<void>;
  close(): Promise<void>;
}

/** The inbox and outcomes folders, in step with their buckets. */
export function openMirrors(options: MirrorsOptions): Mirrors {
  const { outputs, state, s3, storage, clock, report, settleMilliseconds } = options;
  const { IntakeBucket, OutcomeBucket } = buckets.parse(outputs);
  const outcomes = openOutcomes({
    directory: state.outcomes,
    temporaryDirectory: state.temporary,
    bucket: OutcomeBucket,
    s3,
    report,
  });
  let inbox: Inbox | undefined;
  return {
    objectWritten: (bucket, key) => {
      if (bucket === OutcomeBucket) outcomes.written(key);
    },
    begin: async () => {
      await outcomes.recover();
      const directory = state.inbox;
      inbox = await openInbox({ directory, bucket: IntakeBucket, s3, storage, clock, report, settleMilliseconds });
    },
    drop: async (file, key) => {
      if (inbox === undefined) throw new Error("The inbox is not open yet.");
      await inbox.drop(file, key);
    },
    inboxIdle: async () => inbox?.idle(),
    outcomesIdle: outcomes.idle,
    close: async () => {
      await inbox?.close();
      await outcomes.close();
    },
  };
}
