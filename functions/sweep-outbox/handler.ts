import { count, logger } from "../../shared/aws/observation.ts";
import type { Outbox } from "../../shared/case/case-store.ts";
import { type Resumer, sweepOutbox } from "../../shared/review/resume.ts";

/** Each minute: wakes workflows whose decision is stored but was not delivered. */
export const createHandler = (ports: { outbox: Outbox; resumer: Resumer }) => async () => {
  const { woken, failed } = await sweepOutbox(ports);
  if (woken > 0) logger.info("Swept the outbox", { woken });
  if (failed.length === 0) return;
  count("WakeUpFailed", failed.length);
  const errorNames = failed.map((error) => (error instanceof Error ? error.name : "unknown"));
  logger.warn("Some workflows could not be woken; the next sweep tries again", { errorNames });
};
