import type * as z from "zod";
import { type ReconcilePorts, reconcileCase } from "../case/reconcile.ts";
import type { redriveResponse } from "../contracts/api.ts";
import { reviveWebhooks } from "../outcome/webhook/send-webhooks.ts";
import type { WebhookStore } from "../outcome/webhook/webhook-row.ts";
import { type DeadLetterQueue, originalEvent } from "./dead-letter.ts";

export type RedriveReport = z.infer<typeof redriveResponse>;
type Failures = RedriveReport["failed"];

export interface RedrivePorts extends ReconcilePorts {
  readonly drops: readonly DeadLetterQueue[];
  /** Announced outcomes that were not even stored; none where no webhook is configured. */
  readonly outcomes: readonly DeadLetterQueue[];
  readonly webhooks: Pick<WebhookStore, "dead" | "find" | "replace">;
}

/** Cases looked at, or letters handed over, at the same time. */
const atOnce = 16;
/** Failures that the report names one by one; the rest are counted. */
const maxFailuresNamed = 50;

/**
 * Starts again what failed: dead letters, given-up webhooks, cases whose execution is dead (without the pause that the
 * reconciler keeps between its tries). Every part may run twice, also at the same time: a letter is hidden from the other run,
 * a case is opened and continued once, a row changes hands once.
 *
 * @param until - nothing new is begun after it; what is left is in the report, for another run.
 */
export async function redrive(ports: RedrivePorts, until: Date): Promise<RedriveReport> {
  const failed: Failures = [];
  const dropsReopened = await eachQueue(ports.drops, "drop", ports, until, failed);
  const outcomesStored = await eachQueue(ports.outcomes, "outcome", ports, until, failed);
  const revived = await attempt("webhooks", failed, () => reviveWebhooks(ports.webhooks, { now: ports.now, until }));
  const casesContinued = await continueCases(ports, until, failed);
  const named = failed.slice(0, maxFailuresNamed);
  if (failed.length > named.length)
    named.push({ what: `${failed.length - named.length} more`, because: "see the log of redrive" });
  return { casesContinued, dropsReopened, webhooksRetried: outcomesStored + (revived ?? 0), failed: named };
}

async function eachQueue(
  queues: readonly DeadLetterQueue[],
  kind: "drop" | "outcome",
  { now }: Pick<RedrivePorts, "now">,
  until: Date,
  failed: Failures,
): Promise<number> {
  let done = 0;
  for (const queue of queues) {
    await attempt(`the queue of ${kind}s`, failed, async () => {
      for (let letters = await queue.receive(); letters.length > 0; letters = await queue.receive()) {
        await Promise.all(
          letters.map((letter) =>
            attempt(`${kind} of message ${letter.messageId}`, failed, async () => {
              await queue.handOver(originalEvent(letter));
              await queue.delete(letter);
              done += 1;
            }),
          ),
        );
        if (now() < until) continue;
        failed.push(ranOut(`the rest of the ${kind}s`));
        return;
      }
    });
  }
  return done;
}

async function continueCases(ports: RedrivePorts, until: Date, failed: Failures): Promise<string[]> {
  const continued: string[] = [];
  const look = (caseId: string) =>
    attempt(`case ${caseId}`, failed, async () => {
      if (await reconcileCase(caseId, ports, { ignorePause: true })) continued.push(caseId);
    });
  await attempt("the open cases", failed, async () => {
    let together: string[] = [];
    for await (const caseId of ports.openCases.openSince(ports.now())) {
      together.push(caseId);
      if (together.length < atOnce) continue;
      await Promise.all(together.map(look));
      together = [];
      if (ports.now() < until) continue;
      failed.push(ranOut("the rest of the open cases"));
      break;
    }
    await Promise.all(together.map(look));
  });
  return continued.sort();
}

/** One failure keeps nothing else from being tried. */
async function attempt<T>(what: string, failed: Failures, work: () => Promise<T>): Promise<T | undefined> {
  try {
    return await work();
  } catch (error) {
    failed.push({ what, because: error instanceof Error ? error.name : "unknown" });
    return undefined;
  }
}

const ranOut = (what: string) => ({ what, because: "There was no time left; run redrive again" });
