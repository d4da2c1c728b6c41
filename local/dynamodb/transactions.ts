import db from "dynalite/db/index.js";
import * as z from "zod";
import { AwsError } from "../wire/aws-error.ts";
import { Bill, chargeRefusedWrite, chargeWrite } from "./capacity.ts";
import type { Item } from "./item.ts";
import { itemBytes } from "./item.ts";
import { RequestStore } from "./request-store.ts";
import { answer, type Operation, type ValidRequest, validate, writeAtOnce } from "./rules.ts";
import type { Change, TableMemory } from "./table-memory.ts";

/** Limits of one transaction. @see DynamoDB quotas */
const maxActions = 100;
const maxTransactionBytes = 4 * 1024 * 1024;
/** A transaction prepares and commits: it pays twice. */
export const transactionFactor = 2;

/** What each kind of action is, as an operation of its own, and which permission it needs. */
export const actionKinds = {
  Put: { operation: "PutItem", permission: "PutItem" },
  Update: { operation: "UpdateItem", permission: "UpdateItem" },
  Delete: { operation: "DeleteItem", permission: "DeleteItem" },
  ConditionCheck: { operation: "DeleteItem", permission: "ConditionCheckItem" }, // same members: a key and a condition
} as const satisfies Record<string, { operation: Operation; permission: string }>;

type Kind = keyof typeof actionKinds;

export interface TransactionAction {
  readonly kind: Kind;
  readonly tableName: string;
  readonly request: ValidRequest;
  readonly returnItemOnFailure: boolean;
}

const kinds = z.enum(["Put", "Update", "Delete", "ConditionCheck"]);

export const transactWriteInput = z.object({
  TransactItems: z
    .array(z.partialRecord(kinds, z.record(z.string(), z.unknown())))
    .min(1)
    .max(maxActions),
  ClientRequestToken: z.string().min(1).max(36).optional(),
  ReturnConsumedCapacity: z.enum(["INDEXES", "TOTAL", "NONE"]).optional(),
});

/** @throws {AwsError} ValidationException for the first action that is malformed. */
export function parseActions({ TransactItems }: z.infer<typeof transactWriteInput>): readonly TransactionAction[] {
  return TransactItems.map((entry) => {
    const [only, ...others] = Object.entries(entry);
    if (!only || others.length > 0) {
      throw invalid("TransactItems can only contain one of Check, Put, Update or Delete");
    }
    const kind = kinds.parse(only[0]);
    const request = validate(actionKinds[kind].operation, { ...only[1] });
    if (kind === "ConditionCheck" && request.ConditionExpression === undefined) {
      throw invalid("A ConditionCheck needs a ConditionExpression");
    }
    return {
      kind,
      tableName: String(request.TableName),
      request,
      returnItemOnFailure: only[1]?.ReturnValuesOnConditionCheckFailure === "ALL_OLD",
    };
  });
}

/**
 * Judges every action against the tables as they are; their changes may be committed only all together. Nothing else runs
 * meanwhile, so there is never a conflict to report (TransactionConflict does not occur on one machine).
 *
 * @throws {AwsError} TransactionCanceledException with one reason for each action.
 */
export function judgeTransaction(
  actions: readonly TransactionAction[],
  tables: ReadonlyMap<string, TableMemory>,
  meter: (writeUnits: number) => void,
): { readonly changes: readonly Change[]; readonly bill: Bill } {
  refuseRepeatedItems(actions, tables);
  const bill = new Bill(tables);
  const changes: Change[] = [];
  const reasons = actions.map((action): CancellationReason => {
    const memory = tables.get(action.tableName);
    if (!memory) throw new AwsError("ResourceNotFoundException", "Requested resource not found");
    try {
      const made = judge(action, tables, memory);
      for (const change of made) chargeWrite(bill, memory, change, transactionFactor);
      changes.push(...made);
      if (action.kind === "ConditionCheck") chargeUnwritten(bill, action, memory);
      return { Code: "None" };
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      chargeUnwritten(bill, action, memory);
      return reasonOf(error, action, memory);
    }
  });
  meter(bill.total); // a cancelled transaction is paid for all the same
  if (reasons.some(({ Code }) => Code !== "None")) throw cancelled(reasons);
  const bytes = changes.reduce((sum, { after }) => sum + (after ? itemBytes(after) : 0), 0);
  if (bytes > maxTransactionBytes) throw invalid(`A transaction may hold ${maxTransactionBytes} bytes, not ${bytes}`);
  return { changes, bill };
}

function chargeUnwritten(bill: Bill, { tableName, request }: TransactionAction, memory: TableMemory): void {
  chargeRefusedWrite(bill, tableName, memory.items.get(keyOf(request, memory).text), transactionFactor);
}

interface CancellationReason {
  readonly Code: string;
  readonly Message?: string;
  readonly Item?: Item;
}

function judge(
  { kind, request }: TransactionAction,
  tables: ReadonlyMap<string, TableMemory>,
  memory: TableMemory,
): readonly Change[] {
  if (kind !== "ConditionCheck") {
    const store = new RequestStore(tables);
    writeAtOnce(actionKinds[kind].operation, store, request);
    return store.changes;
  }
  const key = keyOf(request, memory);
  answer(() => throwIfAny(key.invalid));
  answer(() => throwIfAny(db.checkConditional(request, memory.items.get(key.text))));
  return [];
}

function reasonOf(
  error: AwsError,
  { request, returnItemOnFailure }: TransactionAction,
  memory: TableMemory,
): CancellationReason {
  if (error.name !== "ConditionalCheckFailedException") return { Code: "ValidationError", Message: error.message };
  const item = returnItemOnFailure ? memory.items.get(keyOf(request, memory).text) : undefined;
  return { Code: "ConditionalCheckFailed", Message: error.message, ...(item ? { Item: item } : {}) };
}

function cancelled(reasons: readonly CancellationReason[]): AwsError {
  const message = `Transaction cancelled, please refer cancellation reasons for specific reasons [${reasons.map(({ Code }) => Code).join(", ")}]`;
  return new AwsError("TransactionCanceledException", message, 400, { Message: message, CancellationReasons: reasons });
}

function refuseRepeatedItems(actions: readonly TransactionAction[], tables: ReadonlyMap<string, TableMemory>): void {
  const seen = new Set<string>();
  for (const { tableName, request } of actions) {
    const memory = tables.get(tableName);
    if (!memory) continue;
    const key = keyOf(request, memory);
    if (key.invalid) continue; // becomes the reason for which the transaction is cancelled
    const address = `${tableName}/${key.text}`;
    if (seen.has(address)) throw invalid("Transaction request cannot include multiple operations on one item");
    seen.add(address);
  }
}

/** The primary key in a Put's Item or another action's Key. */
export function keyOf(
  { Item: item, Key }: ValidRequest,
  { table }: TableMemory,
): { text: string; invalid: Error | undefined } {
  const image = z.record(z.string(), z.custom<Item[string]>()).parse(item ?? Key);
  const names = table.KeySchema.map(({ AttributeName }) => AttributeName);
  const key = item ? Object.fromEntries(Object.entries(image).filter(([name]) => names.includes(name))) : image;
  const invalid = db.validateKey(key, table) ?? undefined;
  return { text: invalid ? "" : db.createKey(key, table), invalid };
}

function throwIfAny(error: Error | null | undefined): void {
  if (error) throw error;
}

export const invalid = (message: string) => new AwsError("ValidationException", message);
