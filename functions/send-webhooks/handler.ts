import * as z from "zod";
import { count, framesOf, logger } from "../../shared/aws/observation.ts";
import { caseEvents, eventSource } from "../../shared/contracts/outcome.ts";
import {
  acceptOutcome,
  type SendWebhooksPorts,
  type Sent,
  sendDueWebhooks,
} from "../../shared/outcome/webhook/send-webhooks.ts";
import { outcomeEventType } from "../../shared/outcome/webhook/webhook-row.ts";

const scheduled = z.object({ "detail-type": z.literal("Scheduled Event") });
const announced = z
  .object({
    source: z.literal(eventSource),
    "detail-type": outcomeEventType,
    time: z.string(),
    detail: caseEvents.CaseDecided,
  })
  .transform(({ "detail-type": type, time, detail }) => ({ type, detail, occurredAt: time }));

/** On an outcome's event: stores that it is to be sent, and tries. Each minute: tries what is due. */
export const createHandler = (ports: SendWebhooksPorts) => async (event: unknown) => {
  const isTick = scheduled.safeParse(event).success;
  const sent = isTick ? await sweep(ports) : await acceptOutcome(announced.parse(event), ports);
  const { delivered, failed, dead } = sent;
  if (delivered > 0) logger.info("Outcomes were sent to the webhook", { delivered });
  if (failed > 0) logger.warn("The webhook did not take some outcomes; they are sent again later", { failed });
  if (dead.length === 0) return;
  count("WebhookDead", dead.length);
  logger.error("The webhook refused outcomes for good, or for three days; redrive sends them again", { dead });
};

/** Never throws: a tick that failed is not to lie among outcomes in the dead-letter queue, and the next one does its work. */
async function sweep(ports: SendWebhooksPorts): Promise<Sent> {
  try {
    return await sendDueWebhooks(ports);
  } catch (error) {
    count("WebhookSweepFailed");
    const errorName = error instanceof Error ? error.name : "unknown";
    logger.error("What is due could not be sent; the next minute tries again", { errorName, frames: framesOf(error) });
    return { delivered: 0, failed: 0, dead: [] };
  }
}
