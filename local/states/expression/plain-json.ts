/** JSONata gave something that JSON cannot hold (a function, a regular expression). */
export class ResultNotJsonError extends Error {
  override readonly name = "ResultNotJsonError";

  constructor(kind: string) {
    super(`The expression returned a ${kind}; JSON has no place for it. Return data instead.`);
  }
}

/**
 * A copy of a JSONata result as plain JSON: JSONata marks its arrays, lends out its inputs and may return functions.
 *
 * @throws {ResultNotJsonError} for functions and lambdas, at any depth.
 */
export function plainJson(value: unknown): unknown {
  if (typeof value === "number") return Object.is(value, -0) ? 0 : value;
  if (value === null || typeof value === "string" || typeof value === "boolean") return value;
  if (Array.isArray(value)) return value.map((entry) => plainJson(entry ?? null));
  if (typeof value !== "object" || value === undefined) throw new ResultNotJsonError(typeof value);
  if ("_jsonata_lambda" in value || "_jsonata_function" in value || value instanceof RegExp) {
    throw new ResultNotJsonError("function");
  }
  const copy: Record<string, unknown> = {};
  for (const [key, entry] of Object.entries(value)) {
    if (entry === undefined) continue;
    // Plain assignment to __proto__ would set the prototype and lose the member.
    if (key === "__proto__") Object.defineProperty(copy, key, { value: plainJson(entry), enumerable: true });
    else copy[key] = plainJson(entry);
  }
  return copy;
}

/** JSON's name for the type of a value, as AWS's error messages use it. */
export function jsonType(value: unknown): string {
  if (value === null) return "null";
  return Array.isArray(value) ? "array" : typeof value;
}
