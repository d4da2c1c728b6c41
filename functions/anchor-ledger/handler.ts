import { framesOf, logger } from "../../shared/aws/observation.ts";
import { type AnchorLedgerPorts, anchorLedger } from "../../shared/ledger/anchor-ledger.ts";

/** On schedule: the heads of all chains that moved, into the anchor bucket. A failure is retried by Lambda, then alarmed about. */
export const createHandler = (ports: AnchorLedgerPorts) => async () => {
  try {
    const { written } = await anchorLedger(ports);
    logger.info("The ledger is anchored", { written });
  } catch (error) {
    logger.error("The ledger could not be anchored", {
      errorName: error instanceof Error ? error.name : "unknown",
      frames: framesOf(error),
    });
    throw error;
  }
};
