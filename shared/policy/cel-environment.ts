import { Environment } from "@marcbachmann/cel-js";
import type { Vocabulary } from "./vocabulary.ts";

/** One field as an expression sees it. `amount` is 0 where the field holds no number; `confidence` is 0 where it has none. */
const fieldSchema = { text: "string", amount: "double", confidence: "double", found: "bool" };

/** Longest expression tree and nesting: a policy is read by people, and evaluation stays in microseconds. */
const limits = { maxAstNodes: 500, maxDepth: 30, maxListElements: 500, maxMapEntries: 10, maxCallArguments: 8 };

/** The CEL environment of a workflow: an expression that names an unknown field or signal does not compile. */
export function celEnvironment({ fields, signals }: Vocabulary): Environment {
  const each = <S>(names: readonly string[], schema: S) => Object.fromEntries(names.map((name) => [name, schema]));
  const signalIds = Object.keys(signals);
  return new Environment({ limits })
    .registerVariable({ name: "field", schema: each(Object.keys(fields), fieldSchema) })
    .registerVariable({ name: "signal", schema: each(signalIds, "bool") })
    .registerVariable({ name: "unjudged", schema: each(signalIds, "bool") })
    .registerVariable({ name: "observed", schema: each(signalIds, "string") })
    .registerVariable({ name: "document", schema: { pages: "int", detected: "bool" } })
    .registerFunction("percent(double): string", percent)
    .registerFunction("money(double, string): string", money);
}

/** What binary fractions are off by: 0.57 × 100 is 56.99999999999999. */
const binaryError = 1e-9;

/** 0.714 → "71 %". Rounded down, so that a value below a limit never reads as the limit itself. */
export const percent = (share: number): string => `${Math.floor(share * 100 + binaryError)} %`;

/** 10000, "EUR" → "10 000.00 EUR", with no-break thin grouping as on the page. */
export const money = (amount: number, currency: string): string =>
  `${new Intl.NumberFormat("en-US", { minimumFractionDigits: 2, maximumFractionDigits: 2 }).format(amount).replaceAll(",", "\u202f")} ${currency}`.trim();
