import type { S3Client } from "@aws-sdk/client-s3";
import * as z from "zod";
import type { Clock } from "../clock/clock.ts";
import { type Inbox, openInbox } from "../mirror/inbox.ts";
import { type Outcomes, openOutcomes } from "../mirror/outcomes.ts";
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

/** Opens the inbox and outcomes folders, outcomes first so that nothing that the inbox sets off is missed. */
export async function openMirrors(
  options: MirrorsOptions,
): Promise<{ inbox: Inbox; outcomes: Outcomes; outcomeBucket: string }> {
  const { outputs, state, s3, storage, clock, report, settleMilliseconds } = options;
  const { IntakeBucket, OutcomeBucket } = buckets.parse(outputs);
  const outcomes = openOutcomes({
    directory: state.outcomes,
    temporaryDirectory: state.temporary,
    bucket: OutcomeBucket,
    s3,
    report,
  });
  await outcomes.recover();
  const directory = state.inbox;
  const inbox = await openInbox({ directory, bucket: IntakeBucket, s3, storage, clock, report, settleMilliseconds });
  return { inbox, outcomes, outcomeBucket: OutcomeBucket };
}
