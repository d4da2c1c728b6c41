import { expressionIn, expressionsOf } from "../expression/expression.ts";

/** Members that only JSONPath states have. */
export const jsonPathMembers = [
  "Parameters",
  "InputPath",
  "OutputPath",
  "ResultPath",
  "ResultSelector",
  "Result",
  "Variable",
  "TimeoutSecondsPath",
  "HeartbeatSecondsPath",
  "SecondsPath",
  "TimestampPath",
  "ItemsPath",
  "MaxConcurrencyPath",
  "ErrorPath",
  "CausePath",
  "Iterator",
];

const neutralMembers = new Set(["Type", "Comment", "QueryLanguage", "Next", "End", "Assign", "Error", "Cause"]);

/**
 * Whether a state written in JSONPath does the same in JSONata: a Pass, Succeed or Fail that queries nothing. Machines that mix
 * the languages end in such states.
 */
export function meansTheSameInJsonata(state: unknown): boolean {
  if (typeof state !== "object" || state === null || !("Type" in state)) return false;
  if (!["Pass", "Succeed", "Fail"].includes(String(state.Type))) return false;
  return Object.entries(state).every(([member, value]) => neutralMembers.has(member) && queriesNothing(value));
}

function queriesNothing(template: unknown): boolean {
  if (typeof template === "string") return expressionIn(template) === undefined && !template.startsWith("States.");
  if (typeof template !== "object" || template === null) return true;
  return (
    Object.keys(template).every((key) => !key.endsWith(".$")) &&
    Object.values(template).every(queriesNothing) &&
    expressionsOf(template, "").next().done === true
  );
}
