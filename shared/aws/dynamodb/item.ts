import type { AttributeValue } from "@aws-sdk/client-dynamodb";
import { marshall, unmarshall } from "@aws-sdk/util-dynamodb";

export type Item = Record<string, AttributeValue>;

export const toItem = (value: Readonly<Record<string, unknown>>): Item =>
  marshall(value, { removeUndefinedValues: true });
export const fromItem = (item: Item): Record<string, unknown> => unmarshall(item);

/** Did a condition of this write not hold? For a transaction: was any of its conditions the cause? */
export function isConditionFailed(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if (error.name === "ConditionalCheckFailedException") return true;
  if (error.name !== "TransactionCanceledException") return false;
  const codes = cancellationCodes(error);
  return codes.some((code) => code === "ConditionalCheckFailed" || code === "TransactionConflict");
}

/** Was a transaction cancelled only because there was too much at once? */
export const isTransactionThrottled = (error: Error): boolean =>
  error.name === "TransactionCanceledException" &&
  cancellationCodes(error).some((code) => code === "ThrottlingError" || code === "ProvisionedThroughputExceeded");

function cancellationCodes(error: Error): unknown[] {
  if (!("CancellationReasons" in error) || !Array.isArray(error.CancellationReasons)) return [];
  return error.CancellationReasons.map((reason: { Code?: unknown }) => reason.Code);
}
