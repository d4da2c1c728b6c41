import * as z from "zod";
import { type Call, type Input, type Output, withCapacity } from "./call.ts";
import { Bill, chargeGets, chargeScan } from "./capacity.ts";
import type { Item } from "./item.ts";
import { authoriseTable } from "./permissions.ts";
import { RequestStore } from "./request-store.ts";
import { read, validate } from "./rules.ts";
import { invalid, transactionFactor } from "./transactions.ts";

const maxGets = 100;

export async function getItem(input: Input, call: Call): Promise<Output> {
  const request = validate("GetItem", input);
  authoriseTable(call.authorise, call.principal, "GetItem", {
    tables: call.database.tables,
    tableName: String(request.TableName),
    request,
  });
  const store = new RequestStore(call.database.tables);
  const output = await read("GetItem", store, request);
  return priced(output, call, input, "one", (bill) => chargeGets(bill, store, consistencyFactor(request)));
}

export async function batchGet(input: Input, call: Call): Promise<Output> {
  const request = validate("BatchGetItem", input);
  const byTable = z.record(z.string(), z.record(z.string(), z.unknown())).parse(request.RequestItems);
  for (const [tableName, keys] of Object.entries(byTable)) {
    authoriseTable(call.authorise, call.principal, "BatchGetItem", {
      tables: call.database.tables,
      tableName,
      request: keys,
    });
  }
  const store = new RequestStore(call.database.tables);
  const output = await read("BatchGetItem", store, request);
  return priced(output, call, input, "list", (bill) => {
    for (const [tableName, keys] of Object.entries(byTable)) {
      chargeGets(bill, { gets: store.gets.filter(({ table }) => table === tableName) }, consistencyFactor(keys));
    }
  });
}

/** Query and Scan. */
export async function search(operation: "Query" | "Scan", input: Input, call: Call): Promise<Output> {
  const request = validate(operation, input);
  authoriseTable(call.authorise, call.principal, operation, {
    tables: call.database.tables,
    tableName: String(request.TableName),
    request,
  });
  const start = z.record(z.string(), z.custom<Item[string]>()).optional().parse(request.ExclusiveStartKey);
  const store = new RequestStore(call.database.tables, start);
  const output = await read(operation, store, request);
  return priced(output, call, input, "one", (bill) => {
    chargeScan(bill, store, Number(output.ScannedCount), consistencyFactor(request));
    chargeGets(bill, store, consistencyFactor(request)); // items fetched for a local index that lacks attributes
  });
}

const transactGetInput = z.object({
  TransactItems: z
    .array(z.object({ Get: z.record(z.string(), z.unknown()) }))
    .min(1)
    .max(maxGets),
});

/** All items as of one moment: nothing is written between the first read and the last. */
export async function transactGet(input: Input, call: Call): Promise<Output> {
  const parsed = transactGetInput.safeParse(input);
  if (!parsed.success) throw invalid(`TransactGetItems: ${z.prettifyError(parsed.error)}`);
  const requests = parsed.data.TransactItems.map(({ Get }) => validate("GetItem", Get));
  for (const request of requests) {
    const tableName = String(request.TableName);
    authoriseTable(call.authorise, call.principal, "GetItem", { tables: call.database.tables, tableName, request });
  }
  const store = new RequestStore(call.database.tables);
  const outputs = await Promise.all(requests.map((request) => read("GetItem", store, request)));
  const Responses = outputs.map(({ Item: item }) => (item === undefined ? {} : { Item: item }));
  return priced({ Responses }, call, input, "list", (bill) => chargeGets(bill, store, transactionFactor));
}

/** Prices the answer, and gives it only once everything it may show is on disk. */
async function priced(
  output: Output,
  call: Call,
  input: Input,
  shape: "one" | "list",
  charge: (bill: Bill) => void,
): Promise<Output> {
  const bill = new Bill(call.database.tables);
  charge(bill);
  call.meter.readUnits += bill.total;
  await call.database.settled();
  return withCapacity(output, bill, input.ReturnConsumedCapacity, shape);
}

const consistencyFactor = ({ ConsistentRead }: Input) => (ConsistentRead === true ? 1 : 0.5);
