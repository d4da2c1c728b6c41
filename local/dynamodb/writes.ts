import { AwsError } from "../wire/aws-error.ts";
import { type Call, type Input, type Output, withCapacity } from "./call.ts";
import { Bill, chargeRefusedWrite, chargeWrite } from "./capacity.ts";
import { itemBytes, maxItemBytes } from "./item.ts";
import { authoriseTable } from "./permissions.ts";
import { RequestStore } from "./request-store.ts";
import { type ValidRequest, validate, writeAtOnce } from "./rules.ts";
import type { Change } from "./table-memory.ts";
import { actionKinds, invalid, judgeTransaction, keyOf, parseActions, transactWriteInput } from "./transactions.ts";

/** PutItem, UpdateItem, DeleteItem. */
export async function writeItem(
  operation: "PutItem" | "UpdateItem" | "DeleteItem",
  input: Input,
  call: Call,
): Promise<Output> {
  const { database, authorise, principal } = call;
  const request = validate(operation, input);
  const tableName = String(request.TableName);
  authoriseTable(authorise, principal, operation, { tables: database.tables, tableName, request });
  const store = new RequestStore(database.tables);
  const bill = new Bill(database.tables);
  try {
    const output = writeAtOnce(operation, store, request);
    checkSizes(store.changes);
    chargeChanges(bill, store.changes, call);
    await database.commit(store.changes);
    return withCapacity(output, bill, input.ReturnConsumedCapacity, "one");
  } catch (error) {
    if (error instanceof AwsError && error.name === "ConditionalCheckFailedException") {
      throw refusedWrite(error, input, request, bill, call);
    }
    throw error;
  }
}

function refusedWrite(
  error: AwsError,
  input: Input,
  request: ValidRequest,
  bill: Bill,
  { database, meter }: Call,
): AwsError {
  const memory = database.tables.get(String(request.TableName));
  const existing = memory?.items.get(keyOf(request, memory).text);
  chargeRefusedWrite(bill, String(request.TableName), existing);
  meter.writeUnits += bill.total;
  if (input.ReturnValuesOnConditionCheckFailure !== "ALL_OLD" || !existing) return error;
  return new AwsError(error.name, error.message, error.status, { Item: existing });
}

/** AWS lets some of a batch fail by itself; here it is written whole, and nothing is ever left unprocessed. */
export async function batchWrite(input: Input, call: Call): Promise<Output> {
  const { database, authorise, principal } = call;
  const request = validate("BatchWriteItem", input);
  for (const [tableName, requests] of Object.entries(recordOf(request.RequestItems))) {
    for (const entry of listOf(requests)) {
      const { PutRequest, DeleteRequest } = recordOf(entry);
      const image = { ...recordOf(PutRequest), ...recordOf(DeleteRequest) };
      authoriseTable(authorise, principal, "BatchWriteItem", { tables: database.tables, tableName, request: image });
    }
  }
  const store = new RequestStore(database.tables);
  const output = writeAtOnce("BatchWriteItem", store, request);
  checkSizes(store.changes);
  const bill = new Bill(database.tables);
  chargeChanges(bill, store.changes, call);
  await database.commit(store.changes);
  return withCapacity(output, bill, input.ReturnConsumedCapacity, "list");
}

/** All actions or none, in one write to the disk together with the token that makes a repetition harmless. */
export async function transactWrite(input: Input, call: Call): Promise<Output> {
  const { database, authorise, principal, tokens, meter } = call;
  const parsed = transactWriteInput.safeParse(input);
  if (!parsed.success)
    throw invalid(
      `TransactWriteItems: ${parsed.error.issues.map(({ message, path }) => `${path.join(".")}: ${message}`).join("; ")}`,
    );
  const { ClientRequestToken: token, ReturnConsumedCapacity } = parsed.data;
  const actions = parseActions(parsed.data);
  for (const { kind, tableName, request } of actions) {
    authoriseTable(authorise, principal, actionKinds[kind].permission, { tables: database.tables, tableName, request });
  }
  if (token !== undefined && tokens.wasDone(token, input.TransactItems)) {
    return withCapacity({}, new Bill(database.tables), ReturnConsumedCapacity, "list");
  }
  const { changes, bill } = judgeTransaction(actions, database.tables, (units) => {
    meter.writeUnits += units;
  });
  checkSizes(changes);
  await database.commit(changes, token === undefined ? [] : tokens.remember(token, input.TransactItems));
  return withCapacity({}, bill, ReturnConsumedCapacity, "list");
}

function chargeChanges(bill: Bill, changes: readonly Change[], { database, meter }: Call): void {
  for (const change of changes) {
    const memory = database.tables.get(change.table);
    if (memory) chargeWrite(bill, memory, change);
  }
  meter.writeUnits += bill.total;
}

/** dynalite checked the length in characters; AWS counts bytes. */
function checkSizes(changes: readonly Change[]): void {
  if (changes.some(({ after }) => after && itemBytes(after) > maxItemBytes)) {
    throw invalid("Item size has exceeded the maximum allowed size");
  }
}

const recordOf = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value) ? { ...value } : {};

const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
