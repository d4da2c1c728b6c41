import batchGetItem from "dynalite/actions/batchGetItem.js";
import batchWriteItem from "dynalite/actions/batchWriteItem.js";
import deleteItem from "dynalite/actions/deleteItem.js";
import getItem from "dynalite/actions/getItem.js";
import putItem from "dynalite/actions/putItem.js";
import query from "dynalite/actions/query.js";
import scan from "dynalite/actions/scan.js";
import updateItem from "dynalite/actions/updateItem.js";
import batchGetItemRules from "dynalite/validations/batchGetItem.js";
import batchWriteItemRules from "dynalite/validations/batchWriteItem.js";
import deleteItemRules from "dynalite/validations/deleteItem.js";
import getItemRules from "dynalite/validations/getItem.js";
import validations from "dynalite/validations/index.js";
import putItemRules from "dynalite/validations/putItem.js";
import queryRules from "dynalite/validations/query.js";
import scanRules from "dynalite/validations/scan.js";
import updateItemRules from "dynalite/validations/updateItem.js";
import { AwsError } from "../wire/aws-error.ts";
import { maxItemBytes } from "./item.ts";

/** What dynalite judges: which requests are valid, whether conditions hold, what an update does, what a query finds. */
const operations = {
  PutItem: { rules: putItemRules, action: putItem },
  UpdateItem: { rules: updateItemRules, action: updateItem },
  DeleteItem: { rules: deleteItemRules, action: deleteItem },
  BatchWriteItem: { rules: batchWriteItemRules, action: batchWriteItem },
  GetItem: { rules: getItemRules, action: getItem },
  BatchGetItem: { rules: batchGetItemRules, action: batchGetItem },
  Query: { rules: queryRules, action: query },
  Scan: { rules: scanRules, action: scan },
};

export type Operation = keyof typeof operations;

/** A request that passed validation; its expressions are parsed and kept beside them under names with an underscore. */
export type ValidRequest = Readonly<Record<string, unknown>>;

/** @throws {AwsError} ValidationException or SerializationException, with AWS's message. */
export function validate(operation: Operation, input: object): ValidRequest {
  const { types, custom } = operations[operation].rules;
  return answer(() => {
    const request = validations.checkTypes({ ...input }, types);
    validations.checkValidations(request, types, custom, { options: { maxItemSize: maxItemBytes } });
    return request;
  });
}

/** Runs an operation that only reads. @throws {AwsError} as AWS would. */
export function read(operation: Operation, store: object, request: ValidRequest): Promise<Record<string, unknown>> {
  return new Promise((resolve, reject) => {
    operations[operation].action(store, request, (error, result) => {
      if (error) reject(asAwsError(error));
      else resolve(result ?? {});
    });
  });
}

/**
 * Runs an operation that writes, to its end and without letting anything else run: so no other request sees or makes a change
 * between a condition and the change it guards. Our store answers at once, and dynalite then does too.
 *
 * @throws {AwsError} as AWS would.
 */
export function writeAtOnce(operation: Operation, store: object, request: ValidRequest): Record<string, unknown> {
  let outcome: { error: unknown; result?: Record<string, unknown> } | undefined;
  operations[operation].action(store, request, (error, result) => {
    outcome = { error, ...(result ? { result } : {}) };
  });
  if (!outcome) throw new Error(`dynalite did not answer ${operation} at once, so its writes would not be isolated.`);
  if (outcome.error) throw asAwsError(outcome.error);
  return outcome.result ?? {};
}

/** Runs a function of dynalite that throws its errors. @throws {AwsError} in place of them. */
export function answer<Result>(run: () => Result): Result {
  try {
    return run();
  } catch (error) {
    throw asAwsError(error);
  }
}

/** dynalite's errors carry the body of AWS's answer. */
function asAwsError(error: unknown): unknown {
  if (!(error instanceof Error) || !("body" in error) || typeof error.body !== "object" || error.body === null)
    return error;
  const { __type, message, Message }: { __type?: unknown; message?: unknown; Message?: unknown } = error.body;
  return new AwsError(String(__type).split("#").at(-1) ?? "ValidationException", String(message ?? Message ?? ""));
}
