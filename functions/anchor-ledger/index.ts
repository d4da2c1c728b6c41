import { dynamoDb } from "../../shared/aws/clients.ts";
import { dynamoMovedChains } from "../../shared/aws/dynamodb/moved-chains.ts";
import { readEnvironment } from "../../shared/aws/environment.ts";
import { s3Anchors } from "../../shared/aws/s3/anchors.ts";
import { s3 } from "../../shared/aws/s3/client.ts";
import { createHandler } from "./handler.ts";

const env = readEnvironment("anchor-ledger");

export const handler = createHandler({
  chains: dynamoMovedChains({ client: dynamoDb(), ledgerTable: env.LEDGER_TABLE }),
  anchors: s3Anchors({ client: s3(), bucket: env.ANCHOR_BUCKET }),
  now: () => new Date(),
});
