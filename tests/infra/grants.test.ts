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

it("lets only those functions change who may do what that the ledger keeps each change of", () => {
  const changers = grants.filter(
    ({ resource, actions }) =>
      resource.startsWith("<PeopleTable") && actions.some((action) => action !== "dynamodb:Query"),
  );
  expect(changers.map(({ heldBy }) => heldBy).sort()).toEqual(["Functions/PutPerson", "Functions/SetAbsence"]);
  expect([...new Set(onTable("PeopleTable"))].sort()).toEqual([
    "dynamodb:DeleteItem",
    "dynamodb:PutItem",
    "dynamodb:Query",
  ]);
});

it("grants no scan; items are read and written by key", () => {
  const itemActions = ["GetItem", "PutItem", "UpdateItem", "DeleteItem", "Query", "BatchWriteItem"].map(
    (action) => `dynamodb:${action}`,
  );
  const granted = grants.flatMap(({ actions }) => actions).filter((action) => action.startsWith("dynamodb:"));
  expect(granted.filter((action) => !itemActions.includes(action))).toEqual([]);
});

const wakersOf = (machine: string) =>
  grants
    .filter(({ actions, resource }) => actions.includes("states:SendTaskSuccess") && resource.startsWith(`<${machine}`))
    .map(({ heldBy }) => heldBy);

it("lets only those functions wake a review that its machine does not call", () => {
  const wakers = wakersOf("ReviewMachine");
  expect(wakers.sort()).toEqual([
    "Functions/RecordDecision",
    "Functions/SendMessage",
    "Functions/SweepOutbox",
    "Functions/WithdrawCase",
  ]);
});

it("lets nobody wake a policy change but who answers it, and nobody start one but who makes it", () => {
  expect(wakersOf("PolicyChangeMachine")).toEqual(["Functions/AnswerPolicyChange"]);
  const starters = grants
    .filter(
      ({ actions, resource }) =>
        actions.includes("states:StartExecution") && resource.startsWith("<PolicyChangeMachine"),
    )
    .map(({ heldBy }) => heldBy);
  expect(starters.sort()).toEqual(["Functions/ProposePolicyChange", "Functions/StopWorkflow"]);
});

it("lets nothing that the policy-change machine calls wake it", () => {
  for (const { heldBy, actions } of grants) {
    if (heldBy === "Functions/AwaitSignature" || heldBy === "Functions/ApplyPolicyChange")
      expect(actions.filter((action) => action.startsWith("states:"))).toEqual([]);
  }
});

it("lets every function write to its own log group and to no other", () => {
  const logging = grants.filter(({ actions }) => actions.includes("logs:PutLogEvents"));
  expect(logging).toHaveLength(Object.keys(functions).length);
  for (const { heldBy, resource } of logging)
    expect(resource).toMatch(new RegExp(`^<${heldBy.replace("/", "")}Logs[0-9A-F]{8}\\.Arn>$`));
});
