import * as z from "zod";
import type { Template, TemplateResource } from "../template/template.ts";
import { PolicyNotImitatedError } from "./condition.ts";
import type { Statement } from "./principal.ts";

/** One policy that applies to one role, both by logical id. */
export interface AttachedPolicy {
  readonly role: string;
  /** Logical id; `<role>/<PolicyName>` for a policy inside the role; the name for a policy that AWS manages. */
  readonly policy: string;
  readonly statements: readonly Statement[];
}

const strings = z.union([z.string(), z.array(z.string())]);

/** CloudFormation takes a condition's value as boolean or number too; IAM compares text. */
const conditionValue = z
  .union([z.string(), z.boolean(), z.number(), z.array(z.string())])
  .transform((value) => (Array.isArray(value) ? value : String(value)));

const statement = z.object({
  Effect: z.enum(["Allow", "Deny"]),
  Action: strings.optional(),
  NotAction: strings.optional(),
  Resource: strings.optional(),
  NotResource: strings.optional(),
  Condition: z.record(z.string(), z.record(z.string(), conditionValue)).optional(),
});

const document = z.object({ Statement: z.union([z.array(statement), statement.transform((only) => [only])]) });

const role = z.object({
  Policies: z.array(z.object({ PolicyName: z.string(), PolicyDocument: document })).default([]),
  ManagedPolicyArns: z.array(z.string()).default([]),
});

const policy = z.object({ PolicyDocument: document, Roles: z.array(z.string()).default([]) });

/** Policies that AWS manages, as AWS publishes them. */
const awsManaged: Readonly<Record<string, readonly Statement[]>> = {
  "service-role/AWSLambdaBasicExecutionRole": [
    { Effect: "Allow", Action: ["logs:CreateLogGroup", "logs:CreateLogStream", "logs:PutLogEvents"], Resource: "*" },
  ],
};

const awsManagedPrefix = "arn:aws:iam::aws:policy/";

/**
 * Every policy of every role in the template: inline, attached through `Roles`, attached by ARN. Who may assume a role is not read.
 *
 * @throws {PolicyNotImitatedError} for an AWS-managed policy whose text this machine does not have.
 */
export function attachedPolicies(template: Template): readonly AttachedPolicy[] {
  const roles = template.ofType("AWS::IAM::Role");
  const standAlone = [...template.ofType("AWS::IAM::Policy"), ...template.ofType("AWS::IAM::ManagedPolicy")].map(
    (resource) => ({ resource, ...read(policy, resource) }),
  );
  return roles.flatMap((resource) => {
    const { Policies, ManagedPolicyArns } = read(role, resource);
    const attached = (policy: string, statements: readonly Statement[]) => ({
      role: resource.logicalId,
      policy,
      statements,
    });
    return [
      ...Policies.map(({ PolicyName, PolicyDocument }) =>
        attached(`${resource.logicalId}/${PolicyName}`, statementsOf(PolicyDocument)),
      ),
      ...standAlone
        .filter(({ Roles, resource: { ref } }) => Roles.includes(resource.ref) || ManagedPolicyArns.includes(ref))
        .map(({ resource: { logicalId }, PolicyDocument }) => attached(logicalId, statementsOf(PolicyDocument))),
      ...ManagedPolicyArns.filter((arn) => arn.startsWith(awsManagedPrefix)).map((arn) => {
        const name = arn.slice(awsManagedPrefix.length);
        const statements = awsManaged[name];
        if (!statements) {
          throw new PolicyNotImitatedError(
            `${resource.logicalId} uses the AWS-managed policy ${name}, whose text this machine does not have. ` +
              "State the grants in the template, or add the policy to local/iam/policies.ts.",
          );
        }
        return attached(name.split("/").at(-1) ?? name, statements);
      }),
    ];
  });
}

/** zod leaves optional members out or undefined; the Statement port wants them left out. */
function statementsOf({ Statement }: z.infer<typeof document>): readonly Statement[] {
  return Statement.map(({ Effect, ...optional }) => ({
    Effect,
    ...Object.fromEntries(Object.entries(optional).filter(([, value]) => value !== undefined)),
  }));
}

function read<Shape extends z.ZodType>(shape: Shape, { logicalId, properties }: TemplateResource): z.infer<Shape> {
  const { success, data, error } = shape.safeParse(properties);
  if (success) return data;
  throw new PolicyNotImitatedError(`${logicalId} is not a policy this machine can read: ${z.prettifyError(error)}`);
}
