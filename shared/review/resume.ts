import type { OutboxRow } from "../case/case-record.ts";
import type { Outbox } from "../case/case-store.ts";

/** Ends the wait of one task token. `gone`: nobody waits for it any more (timed out, stopped, or woken before). */
export interface TaskTokens {
  succeed(taskToken: string, output: unknown): Promise<"woken" | "gone">;
}

export interface Resumer {
  /** Wakes the workflow and clears the outbox row. A failure leaves the row to the sweeper. */
  wake(row: OutboxRow): Promise<void>;
}

/**
 * A token that is gone needs no further try: the decision is stored, so a machine that went on to the next round finds it
 * there, and one that died is continued by the reconciler.
 */
export function createResumer({ tokens, outbox }: { tokens: TaskTokens; outbox: Pick<Outbox, "remove"> }): Resumer {
  return {
    wake: async (row) => {
      await tokens.succeed(row.taskToken, row.wakeUp);
      await outbox.remove(row);
    },
  };
}

/** Wakes what a crash left in the outbox. Returns how many were woken, and the errors of those that stay for the next sweep. */
export async function sweepOutbox(
  { outbox, resumer }: { outbox: Pick<Outbox, "due">; resumer: Resumer },
  limit = 100,
): Promise<{ woken: number; failed: unknown[] }> {
  const rows = await outbox.due(limit);
  const results = await Promise.allSettled(rows.map((row) => resumer.wake(row)));
  const failed = results.flatMap((result): unknown[] => (result.status === "rejected" ? [result.reason] : []));
  return { woken: rows.length - failed.length, failed };
}
