import type { Metered } from "../../local/stack/metering.ts";
import { prices } from "../../shared/contracts/prices.ts";

/** What a run cost on AWS, in USD: each metered unit at its list price. */
export function bill(metered: Metered): { usd: number; lines: Record<keyof Metered, number> } {
  const lines = {
    apiRequests: metered.apiRequests * prices.httpApiRequest,
    stateTransitions: metered.stateTransitions * prices.stepFunctionsTransition,
    readUnits: metered.readUnits * prices.dynamoDbReadUnit,
    writeUnits: metered.writeUnits * prices.dynamoDbWriteUnit,
    s3Puts: metered.s3Puts * prices.s3PutOrList,
    s3Gets: metered.s3Gets * prices.s3Get,
    s3Lists: metered.s3Lists * prices.s3PutOrList,
    invocations: metered.invocations * prices.lambdaRequest,
    gigabyteSeconds: metered.gigabyteSeconds * prices.lambdaGigabyteSecond,
    events: metered.events * prices.eventBridgeEvent,
    textractPages: metered.textractPages * prices.textractDetectedPage,
  };
  return { usd: Object.values(lines).reduce((sum, line) => sum + line, 0), lines };
}

/** What lies between two readings of the meters, for each of `cases`. */
export function perCase(before: Metered, after: Metered, cases: number): Metered {
  const names = Object.keys(after) as (keyof Metered)[];
  const entries = names.map((name) => [name, (after[name] - before[name]) / cases]);
  return Object.fromEntries(entries) as unknown as Metered;
}
