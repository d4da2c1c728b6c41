import type { Authorise, Principal } from "../iam/principal.ts";
import type { Bill } from "./capacity.ts";
import type { Database } from "./database.ts";
import type { TransactionTokens } from "./transaction-tokens.ts";

/** Capacity units since the service was opened. */
export interface Meter {
  readUnits: number;
  writeUnits: number;
}

/** What every operation works with. */
export interface Call {
  readonly database: Database;
  readonly authorise: Authorise;
  readonly principal: Principal;
  readonly tokens: TransactionTokens;
  readonly meter: Meter;
}

export type Input = Readonly<Record<string, unknown>>;
export type Output = Readonly<Record<string, unknown>>;

/** The answer's `ConsumedCapacity` when the request asks for it: one object, or a list for requests over several tables. */
export function withCapacity(output: Output, bill: Bill, asked: unknown, shape: "one" | "list"): Output {
  const { ConsumedCapacity: _, ...rest } = output;
  if (asked !== "TOTAL" && asked !== "INDEXES") return rest;
  const capacities = bill.consumedCapacity(asked === "INDEXES");
  return { ...rest, ConsumedCapacity: shape === "one" ? capacities[0] : capacities };
}
