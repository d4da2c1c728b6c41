import { logger } from "../../shared/aws/observation.ts";
import type { FiguresPorts } from "../../shared/learning/counters-store.ts";
import { rollUpDays } from "../../shared/learning/roll-up-days.ts";

/** Each hour: counts every workflow's day, and those before it that were not counted whole. */
export const createHandler = (ports: FiguresPorts) => async () => {
  const days = await rollUpDays(ports);
  logger.info("Rolled up", { days });
};
