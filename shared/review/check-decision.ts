import type { Headline } from "../contracts/case.ts";
import type { Decision } from "../contracts/decision.ts";
import { fromMinor, toMinor } from "../values/amount.ts";
import { checkValue } from "../values/check-value.ts";
import type { WorkflowDefinition } from "../workflows/workflow.ts";
import { ValueInvalidError } from "./review-errors.ts";

type Problem = ValueInvalidError["errors"][number];
type Values = Readonly<Record<string, string | null>>;

/**
 * Checks every corrected value against its field and writes it canonically ("1.482,40" becomes "1482.40").
 * @throws {ValueInvalidError} with all problems, by JSON pointer
 */
export function checkDecision(decision: Decision, { fields, lineCells }: WorkflowDefinition): Decision {
  if (decision.action !== "correct") return decision;
  const problems: Problem[] = [];
  if (Object.keys(decision.fields).length === 0 && !decision.lines) {
    problems.push({ pointer: "/fields", detail: "A correction changes something: name a field, or send lines." });
  }
  const checked = {
    ...decision,
    fields: checkAll(decision.fields, fields, "/fields", problems),
    ...(decision.lines && {
      lines: decision.lines.map((line, index) => checkAll(line, lineCells, `/lines/${index}`, problems)),
    }),
  };
  if (problems.length > 0) throw new ValueInvalidError(problems);
  return checked;
}

function checkAll(values: Values, descriptors: WorkflowDefinition["fields"], path: string, problems: Problem[]) {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => {
      const descriptor = descriptors.find(({ field }) => field === name);
      const checked = checkOne(value, descriptor, descriptors);
      if ("value" in checked) return [name, checked.value];
      problems.push({
        pointer: `${path}/${name.replaceAll("~", "~0").replaceAll("/", "~1")}`,
        detail: checked.problem,
      });
      return [name, null];
    }),
  );
}

function checkOne(
  value: string | null,
  descriptor: WorkflowDefinition["fields"][number] | undefined,
  descriptors: WorkflowDefinition["fields"],
): { value: string | null } | { problem: string } {
  if (!descriptor)
    return { problem: `There is no such field. Known are ${descriptors.map(({ field }) => field).join(", ")}.` };
  if (value === null || value.trim() === "") {
    return descriptor.required ? { problem: `${descriptor.label} cannot be empty.` } : { value: null };
  }
  return checkValue(descriptor.format, value);
}

/**
 * Whoever lets a case through fills in what the software did not find.
 * @throws {ValueInvalidError} by JSON pointer of each required field that is still missing
 */
export function requireComplete(
  decision: Decision,
  missingFields: readonly string[],
  { fields }: Pick<WorkflowDefinition, "fields">,
): void {
  const corrected = decision.action === "correct" ? decision.fields : {};
  const missing = fields.filter(({ field }) => missingFields.includes(field) && !corrected[field]);
  if (missing.length === 0) return;
  throw new ValueInvalidError(
    missing.map(({ field, label }) => ({
      pointer: `/fields/${field}`,
      detail: `${label} was not found on the document. Fill it in, or reject.`,
    })),
  );
}

/** The amount a decision would let through: the corrected one where it was corrected, in minor units of its currency. */
export function amountAtStake(
  { amountMinor, currency }: Pick<Headline, "amountMinor" | "currency">,
  decision: Decision,
  { amount }: Pick<WorkflowDefinition, "amount">,
): { amountMinor: number | null; currency: string | null } {
  if (decision.action !== "correct") return { amountMinor, currency };
  const newCurrency =
    amount.currencyField in decision.fields ? (decision.fields[amount.currencyField] ?? null) : currency;
  // The amount as it is written: 1000 JPY corrected to KWD is 1,000,000 minor units, not 1,000.
  const written = amountMinor === null || currency === null ? null : fromMinor(amountMinor, currency);
  const text = amount.field in decision.fields ? (decision.fields[amount.field] ?? null) : written;
  return {
    amountMinor: text === null || newCurrency === null ? null : toMinor(text, newCurrency),
    currency: newCurrency,
  };
}
