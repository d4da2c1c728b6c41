/** A function is declared in contracts/functions.ts, but nothing was bundled for it. Synthesis stops. */
export class FunctionNotBundledError extends Error {
  override readonly name = "FunctionNotBundledError";

  constructor(functionName: string, directory: string) {
    super(
      `The function ${functionName} is declared in shared/contracts/functions.ts but ${directory}/index.mjs does not exist. ` +
        `Write functions/${functionName}/index.ts, then run npm run build.`,
    );
  }
}

/** A construct supplies a variable that the function never declared: one of the two is wrong. Synthesis stops. */
export class VariableNotDeclaredError extends Error {
  override readonly name = "VariableNotDeclaredError";

  constructor(functionName: string, variable: string, declared: ReadonlySet<string>) {
    super(
      `${variable} is supplied to ${functionName}, which declares only ${[...declared].join(", ")}. ` +
        "Declare it in shared/contracts/functions.ts, or drop the grant that supplies it.",
    );
  }
}

/** Messages for CDK's validation: variables that the function declares and no construct supplies. */
export function variablesNotSupplied(
  functionName: string,
  declared: ReadonlySet<string>,
  supplied: ReadonlySet<string>,
): string[] {
  return [...declared]
    .filter((variable) => !supplied.has(variable))
    .map(
      (variable) =>
        `${functionName} declares ${variable}, but no grant supplies it. Grant what it needs in infra/signoff-stack.ts, or drop the declaration.`,
    );
}
