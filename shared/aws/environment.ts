import { type EnvironmentOf, environmentSchema, type FunctionName } from "../contracts/functions.ts";

/** Happens at cold start when a variable is missing or malformed. Names only, never values. */
export class EnvironmentInvalidError extends Error {
  override readonly name = "EnvironmentInvalidError";

  constructor(functionName: string, variables: readonly string[]) {
    super(`${functionName} lacks or cannot use: ${variables.join(", ")}. They are supplied by its grants in infra/.`);
  }
}

/** A function's environment, checked once at cold start. @throws {EnvironmentInvalidError} naming every bad variable */
export function readEnvironment<N extends FunctionName>(functionName: N): EnvironmentOf<N> {
  const parsed = environmentSchema(functionName).safeParse(process.env);
  if (parsed.success) return parsed.data;
  throw new EnvironmentInvalidError(
    functionName,
    parsed.error.issues.map((issue) => issue.path.join(".")),
  );
}
