import { count, logger } from "../../shared/aws/observation.ts";
import type { Outbox } from "../../shared/case/case-store.ts";
import { type Resumer, sweepOutbox } from "../../shared/review/resume.ts";

/** Each minute: wakes workflows whose decision is stored but was not delivered. */
export const createHandler = (ports: { outbox: Outbox; resumer: Resumer }) => async () => {
  const { woken, failed } = await sweepOutbox(ports);
  if (failed > 0) count("WakeUpFailed", failed);
  if (woken + failed > 0) logger.info("Swept the outbox", { woken, failed });
};
