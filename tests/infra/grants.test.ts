import { expect, it } from "vitest";
import { functions } from "../../shared/contracts/functions.ts";
import { grantsOf } from "./policies.ts";
import { synthesize } from "./synthesized.ts";

const grants = grantsOf(await synthesize());
const onTable = (table: string) =>
  grants.filter(({ resource }) => resource.startsWith(`<${table}`)).flatMap(({ actions }) => actions);

it("lets nobody change or delete an entry of the ledger", () => {
  expect([...new Set(onTable("LedgerTable"))].sort()).toEqual(["dynamodb:PutItem", "dynamodb:Query"]);
});

it("lets no function change who may do what", () => {
  expect([...new Set(onTable("PeopleTable"))]).toEqual(["dynamodb:Query"]);
});

it("grants no scan; items are read and written by key", () => {
  const itemActions = ["GetItem", "PutItem", "UpdateItem", "DeleteItem", "Query", "BatchWriteItem"].map(
    (action) => `dynamodb:${action}`,
  );
  const granted = grants.flatMap(({ actions }) => actions).filter((action) => action.startsWith("dynamodb:"));
  expect(granted.filter((action) => !itemActions.includes(action))).toEqual([]);
});

it("lets only those functions wake a review that its machine does not call", () => {
  const wakers = grants.filter(({ actions }) => actions.includes("states:SendTaskSuccess")).map(({ heldBy }) => heldBy);
  expect(wakers.sort()).toEqual(["Functions/RecordDecision", "Functions/SweepOutbox"]);
});

it("lets every function write to its own log group and to no other", () => {
  const logging = grants.filter(({ actions }) => actions.includes("logs:PutLogEvents"));
  expect(logging).toHaveLength(Object.keys(functions).length);
  for (const { heldBy, resource } of logging)
    expect(resource).toMatch(new RegExp(`^<${heldBy.replace("/", "")}Logs[0-9A-F]{8}\\.Arn>$`));
});
