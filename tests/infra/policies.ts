import * as z from "zod";
import { pathOf, type Resource, type Synthesized } from "./synthesized.ts";

const oneOrMore = z
  .union([z.unknown().array(), z.unknown()])
  .transform((value) => (Array.isArray(value) ? value : [value]));
const policy = z.object({
  PolicyDocument: z.object({
    Statement: z.array(z.object({ Effect: z.string(), Action: oneOrMore, Resource: oneOrMore.optional() })),
  }),
});

export interface Grant {
  /** Path of the construct whose role holds it. */
  readonly heldBy: string;
  readonly actions: readonly string[];
  /** As cdk-nag writes it: `<LogicalId.Arn>/*`. */
  readonly resource: string;
}

/** Every resource of every statement of every role's policy, with the actions that go with it. */
export function grantsOf({ ofType }: Synthesized): Grant[] {
  return ofType("AWS::IAM::Policy").flatMap((one) =>
    policy
      .parse(one.Properties)
      .PolicyDocument.Statement.flatMap(({ Action, Resource: resources = [] }) =>
        resources.map((each) => ({ heldBy: holderOf(one), actions: Action.map(String), resource: written(each) })),
      ),
  );
}

const holderOf = (one: Resource) => pathOf(one).replace(/(\/Default)*\/(Service)?Role\/DefaultPolicy$/, "");

/** An intrinsic function as text: references in angle brackets, joins joined. */
export function written(value: unknown): string {
  if (typeof value === "string") return value;
  const parsed = intrinsic.safeParse(value);
  if (!parsed.success) return JSON.stringify(value);
  const [name, argument] = Object.entries(parsed.data)[0] ?? ["", ""];
  if (name === "Ref") return `<${String(argument)}>`;
  if (name === "Fn::Sub") return String(argument).replaceAll(/\$\{([^}]+)\}/g, "<$1>");
  if (name === "Fn::GetAtt" && Array.isArray(argument)) return `<${argument.join(".")}>`;
  if (name === "Fn::Join" && Array.isArray(argument) && Array.isArray(argument[1]))
    return argument[1].map(written).join(String(argument[0]));
  return JSON.stringify(value);
}

const intrinsic = z.record(z.string(), z.unknown()).refine((value) => Object.keys(value).length === 1);
