import { compile, expressionIn } from "./expression.ts";
import { jsonType, plainJson, ResultNotJsonError } from "./plain-json.ts";

/** What an expression sees: `$states` and the variables in scope. */
export type Bindings = Readonly<Record<string, unknown>>;

/** An expression of a state failed, was undefined, or had the wrong type: States.QueryEvaluationError. `location` is the field. */
export class QueryEvaluationError extends Error {
  override readonly name = "QueryEvaluationError";
  readonly location: string | undefined;

  constructor(problem: string, location?: string) {
    super(problem);
    this.location = location;
  }
}

/**
 * A template with its expressions replaced by what they evaluate to.
 *
 * @param location - the field, as AWS reports it: "Output", "Arguments/Payload".
 * @throws {QueryEvaluationError} worded as AWS words it.
 */
export async function evaluate(template: unknown, location: string, bindings: Bindings): Promise<unknown> {
  if (typeof template === "string") {
    const text = expressionIn(template);
    return text === undefined ? template : evaluateExpression(text, location, bindings);
  }
  if (Array.isArray(template)) {
    const list: unknown[] = [];
    for (const [index, entry] of template.entries()) {
      list.push(await evaluate(entry, `${location}[${index}]`, bindings));
    }
    return list;
  }
  if (typeof template !== "object" || template === null) return template;
  const members: [string, unknown][] = [];
  for (const [key, entry] of Object.entries(template)) {
    members.push([key, await evaluate(entry, `${location}/${key}`, bindings)]);
  }
  return Object.fromEntries(members);
}

async function evaluateExpression(text: string, location: string, bindings: Bindings): Promise<unknown> {
  const problem = (what: string) =>
    new QueryEvaluationError(
      `The JSONata expression '${text}' specified for the field '${location}' ${what}`,
      location,
    );
  let result: unknown;
  try {
    result = await compile(text).evaluate(undefined, bindings);
  } catch (error) {
    throw problem(`threw an error during evaluation. ${describe(error)}`);
  }
  if (result === undefined) throw problem("returned nothing (undefined).");
  try {
    return plainJson(result);
  } catch (error) {
    if (error instanceof ResultNotJsonError) throw problem("returned an unsupported result type.");
    throw error;
  }
}

/** Checks the type of a field's value; the message tells an expression from a literal. */
export function expectType(value: unknown, type: string, template: unknown, location: string): void {
  if (jsonType(value) === type) return;
  const text = typeof template === "string" ? expressionIn(template) : undefined;
  const what =
    text === undefined
      ? `The value of the field '${location}'`
      : `The JSONata expression '${text}' specified for the field '${location}'`;
  throw new QueryEvaluationError(
    `${what} returned an unexpected result type. Expected '${type}', but was '${jsonType(value)}' for value: ${JSON.stringify(value)}`,
    location,
  );
}

/** JSONata throws plain objects: { code: "T2001", message: "…" }. */
function describe(error: unknown): string {
  if (typeof error !== "object" || error === null) return String(error);
  const code = "code" in error && typeof error.code === "string" ? `${error.code}: ` : "";
  const message = "message" in error ? String(error.message) : "";
  return `${code}${message}`;
}
