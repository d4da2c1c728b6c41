import * as z from "zod";
import type { Clock } from "../clock/clock.ts";
import type { Authorise } from "../iam/principal.ts";
import type { Storage } from "../storage/storage.ts";
import type { Template } from "../template/template.ts";
import { AwsError, NotImitatedError } from "../wire/aws-error.ts";
import type { AwsService } from "../wire/service.ts";
import type { Call, Input, Meter, Output } from "./call.ts";
import { Database } from "./database.ts";
import { describeTable, describeTimeToLive, listTables } from "./descriptions.ts";
import { batchGet, getItem, search, transactGet } from "./reads.ts";
import { declaredTables } from "./tables.ts";
import { TransactionTokens } from "./transaction-tokens.ts";
import { batchWrite, transactWrite, writeItem } from "./writes.ts";

export interface DynamoDBOptions {
  readonly template: Template;
  /** Of this service alone. Whoever opened it closes it, after this service. */
  readonly storage: Storage;
  readonly clock: Clock;
  readonly authorise: Authorise;
}

export interface DynamoDB extends AwsService {
  /** Capacity units since the service was opened, as AWS would bill them on demand; transactions count double. */
  consumed(): { readonly readUnits: number; readonly writeUnits: number };
  /** Resolves when all that was answered is on disk and no timer is left. */
  close(): Promise<void>;
}

const operations: Readonly<Record<string, (input: Input, call: Call) => Promise<Output>>> = {
  PutItem: (input, call) => writeItem("PutItem", input, call),
  UpdateItem: (input, call) => writeItem("UpdateItem", input, call),
  DeleteItem: (input, call) => writeItem("DeleteItem", input, call),
  BatchWriteItem: batchWrite,
  TransactWriteItems: transactWrite,
  GetItem: getItem,
  BatchGetItem: batchGet,
  Query: (input, call) => search("Query", input, call),
  Scan: (input, call) => search("Scan", input, call),
  TransactGetItems: transactGet,
  DescribeTable: describeTable,
  DescribeTimeToLive: describeTimeToLive,
  ListTables: listTables,
};

const input = z.record(z.string(), z.unknown());

/**
 * DynamoDB over the template's tables: dynalite's rules, our own memory, one fsynced batch for each change or transaction.
 *
 * @throws {TableKeysChangedError} when the data on disk belongs to tables with other keys.
 */
export async function openDynamoDB({ template, storage, clock, authorise }: DynamoDBOptions): Promise<DynamoDB> {
  const database = await Database.open(declaredTables(template), storage, clock);
  const tokens = new TransactionTokens(clock);
  await tokens.load(storage);
  const meter: Meter = { readUnits: 0, writeUnits: 0 };
  return {
    name: "dynamodb",
    handle: async ({ headers, body, principal }) => {
      const name = headers["x-amz-target"]?.split(".")[1] ?? "";
      const operation = operations[name];
      if (!operation)
        throw new NotImitatedError(
          `DynamoDB's ${name || "requests without x-amz-target"}; tables come from the template`,
        );
      const call = { database, authorise, principal, tokens, meter };
      try {
        return {
          status: 200,
          headers: { "content-type": "application/x-amz-json-1.0" },
          body: JSON.stringify(await operation(parse(body), call)),
        };
      } catch (error) {
        if (error instanceof AwsError) await database.settled(); // a refusal, too, must not rest on what a crash could undo
        throw error;
      }
    },
    consumed: () => ({ ...meter }),
    close: () => database.close(),
  };
}

function parse(body: Buffer): Input {
  try {
    return input.parse(JSON.parse(body.toString("utf8")));
  } catch {
    throw new AwsError("SerializationException", "The request's body is not a JSON object.");
  }
}
