/** What a Task state calls. `resource` and `resourceType` are the words that the history uses. */
export type Resource =
  | { readonly kind: "function"; readonly functionArn: string }
  | {
      readonly kind: "invoke" | "startExecution" | "integration";
      readonly arn: string;
      readonly resourceType: string;
      readonly resource: string;
      /** request: the answer is the result; token: a SendTask call brings it; child: the end of the started execution brings it. */
      readonly pattern: "request" | "token" | "child";
    };

const functionArn = /^arn:[^:]+:lambda:[^:]*:\d{12}:function:[\w-]+(:[\w$-]+)?$/;
const serviceArn = /^arn:[^:]+:states:[^:]*:[^:]*:(?<resourceType>aws-sdk:\w+|\w+):(?<resource>[\w.:]+)$/;

/** Reads a Task's Resource; undefined for what this engine does not do. `integrations` are further ARNs that somebody answers. */
export function readResource(arn: string, integrations: ReadonlySet<string>): Resource | undefined {
  if (functionArn.test(arn)) return { kind: "function", functionArn: arn };
  const parts = serviceArn.exec(arn)?.groups;
  const resourceType = parts?.resourceType;
  const resource = parts?.resource;
  if (resourceType === undefined || resource === undefined) return undefined;
  if (integrations.has(arn)) return { kind: "integration", arn, resourceType, resource, pattern: "request" };
  switch (`${resourceType}:${resource}`) {
    case "lambda:invoke":
      return { kind: "invoke", arn, resourceType, resource, pattern: "request" };
    case "lambda:invoke.waitForTaskToken":
      return { kind: "invoke", arn, resourceType, resource, pattern: "token" };
    case "states:startExecution":
      return { kind: "startExecution", arn, resourceType, resource, pattern: "request" };
    case "states:startExecution.sync:2":
      return { kind: "startExecution", arn, resourceType, resource, pattern: "child" };
    default:
      return undefined;
  }
}

/** Arguments that the optimised integrations take here; the first one is required. */
const argumentsTaken = {
  invoke: ["FunctionName", "Payload"],
  startExecution: ["StateMachineArn", "Input", "Name", "TraceHeader"],
} as const;

/** What is wrong with a Task's literal Arguments, in a sentence; those that an expression makes are checked when it ran. */
export function argumentsProblem(target: Resource, template: unknown): string | undefined {
  if (target.kind === "function" || target.kind === "integration") return undefined;
  if (template === undefined || typeof template !== "object" || template === null) return undefined;
  const taken: readonly string[] = argumentsTaken[target.kind];
  const unknown = Object.keys(template).filter((name) => !taken.includes(name));
  if (unknown.length > 0) return `${target.arn} does not take ${unknown.join(", ")} here, only ${taken.join(", ")}.`;
  const [required] = argumentsTaken[target.kind];
  return Object.hasOwn(template, required) ? undefined : `${target.arn} needs ${required} in its Arguments.`;
}
