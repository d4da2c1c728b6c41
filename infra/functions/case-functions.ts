import { Construct } from "constructs";
import { type FunctionName, functions } from "../../shared/contracts/functions.ts";
import { HandlerFunction, type HandlerFunctionProps } from "./handler-function.ts";

/** Every function that contracts/functions.ts declares, by its name. */
export type CaseFunctions = Readonly<Record<FunctionName, HandlerFunction>>;

/** Creates them all; ids are the names in Pascal case, so that `open-case` becomes `Functions/OpenCase`. */
export function createCaseFunctions(scope: Construct, props: Omit<HandlerFunctionProps, "name">): CaseFunctions {
  const parent = new Construct(scope, "Functions");
  const names = Object.keys(functions).filter((name): name is FunctionName => name in functions);
  const created = names.map(
    (name) => [name, new HandlerFunction(parent, pascalCase(name), { name, ...props })] as const,
  );
  return Object.fromEntries(created) as unknown as CaseFunctions;
}

function pascalCase(name: string): string {
  return name.replaceAll(/(?:^|-)(\w)/g, (_, letter: string) => letter.toUpperCase());
}
