import { arn } from "../template/physical-name.ts";
import type { Template } from "../template/template.ts";
import { compile } from "./authorise.ts";
import { attachedPolicies } from "./policies.ts";
import type { Principal, Statement } from "./principal.ts";

/** Whoever runs the stack on this machine, as an account's administrator. */
export const operator: Principal = {
  name: "operator",
  arn: arn("iam", "user/operator", { region: "" }),
  statements: [{ Effect: "Allow", Action: "*", Resource: "*" }],
};

/** Address of one allowed action on one resource: the smallest thing that a template could fail to grant. */
export interface Grant {
  readonly role: string;
  readonly policy: string;
  /** Position in the policy document. */
  readonly statement: number;
  readonly action: string;
  readonly resource: string;
}

export interface PrincipalOptions {
  /** Grants taken away, so that a test can see who notices. @default none */
  readonly without?: readonly Grant[];
}

/**
 * Every role of the template by its logical id, its policies compiled.
 *
 * @throws {PolicyNotImitatedError} when a policy uses what this machine cannot evaluate.
 */
export function readPrincipals(
  template: Template,
  { without = [] }: PrincipalOptions = {},
): ReadonlyMap<string, Principal> {
  const policies = attachedPolicies(template);
  return new Map(
    template.ofType("AWS::IAM::Role").map(({ logicalId, ref }) => {
      const principal: Principal = {
        name: logicalId,
        // Lambda and Step Functions act in a session of the role; so AWS's messages name the session.
        arn: arn("sts", `assumed-role/${ref}/${template.stackName}`, { region: "" }),
        statements: policies
          .filter(({ role }) => role === logicalId)
          .flatMap(({ role, policy, statements }) =>
            statements.flatMap((statement, index) =>
              withoutGrants(
                statement,
                without.filter((grant) => grant.role === role && grant.policy === policy && grant.statement === index),
              ),
            ),
          ),
      };
      compile(principal);
      return [logicalId, principal];
    }),
  );
}

/** Every Allow of every role, one entry for each action and resource it lists. */
export function listGrants(template: Template): readonly Grant[] {
  return attachedPolicies(template).flatMap(({ role, policy, statements }) =>
    statements.flatMap(({ Effect, Action = [], Resource = [] }, statement) =>
      Effect === "Deny"
        ? []
        : [Action]
            .flat()
            .flatMap((action) => [Resource].flat().map((resource) => ({ role, policy, statement, action, resource }))),
    ),
  );
}

/** The statement, divided so that exactly the pairs of action and resource in `grants` are missing. */
function withoutGrants(statement: Statement, grants: readonly Grant[]): readonly Statement[] {
  if (grants.length === 0) return [statement];
  const resources = [statement.Resource ?? []].flat();
  return [statement.Action ?? []].flat().flatMap((action) => {
    const left = resources.filter(
      (resource) => !grants.some((grant) => grant.action === action && grant.resource === resource),
    );
    return left.length === 0 ? [] : [{ ...statement, Action: action, Resource: left }];
  });
}
