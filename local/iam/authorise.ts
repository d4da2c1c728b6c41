import { AwsError } from "../wire/aws-error.ts";
import { type Condition, compileCondition, withoutVariables } from "./condition.ts";
import type { Authorise, Principal, RequestContext, Statement } from "./principal.ts";
import { arnWildcard, type Matcher, wildcard } from "./wildcard.ts";

interface CompiledStatement {
  readonly effect: Statement["Effect"];
  readonly actions: Matcher;
  readonly resources: Matcher;
  readonly condition: Condition;
}

/** A role's policies never change while the stack runs; compiling them once makes a check take microseconds. */
const compiledPolicies = new WeakMap<Principal, readonly CompiledStatement[]>();

/**
 * AWS's evaluation of identity policies: an explicit Deny wins, then any Allow, otherwise an implicit denial.
 *
 * Resource policies are not evaluated: in our template those of buckets and queues only deny requests without TLS, which a
 * loopback connection has no need of. Service control policies, boundaries and sessions do not exist on one machine.
 *
 * @throws {AwsError} AccessDeniedException, worded as AWS words it.
 * @throws {PolicyNotImitatedError} when a policy of the principal uses what this machine cannot evaluate.
 */
export const authorise: Authorise = (principal, action, resourceArn, context = {}) => {
  const decision = decide(compile(principal), action, resourceArn, context);
  if (decision === "Allow") return;
  const cause =
    decision === "Deny"
      ? "with an explicit deny in an identity-based policy"
      : `because no identity-based policy allows the ${action} action`;
  throw new AwsError(
    "AccessDeniedException",
    `User: ${principal.arn} is not authorized to perform: ${action} on resource: ${resourceArn} ${cause}`,
  );
};

function decide(
  statements: readonly CompiledStatement[],
  action: string,
  resourceArn: string,
  context: RequestContext,
): Statement["Effect"] | undefined {
  let decision: Statement["Effect"] | undefined;
  const lowerAction = action.toLowerCase();
  for (const { effect, actions, resources, condition } of statements) {
    if (effect === decision || !actions(lowerAction) || !resources(resourceArn) || !condition(context)) continue;
    if (effect === "Deny") return effect;
    decision = effect;
  }
  return decision;
}

/** Compiles a principal's policies now rather than at its first request, so that what cannot be evaluated stops the boot. */
export function compile(principal: Principal): readonly CompiledStatement[] {
  const known = compiledPolicies.get(principal);
  if (known) return known;
  const compiled = principal.statements.map((statement) => ({
    effect: statement.Effect,
    actions: either(statement.Action, statement.NotAction, (pattern) => wildcard(pattern.toLowerCase())),
    resources: either(statement.Resource, statement.NotResource, (pattern) => arnWildcard(withoutVariables(pattern))),
    condition: compileCondition(statement.Condition),
  }));
  compiledPolicies.set(principal, compiled);
  return compiled;
}

/** Matches what `included` lists, or everything but what `excluded` lists. */
function either(
  included: string | readonly string[] | undefined,
  excluded: string | readonly string[] | undefined,
  matcher: (pattern: string) => Matcher,
): Matcher {
  const matchers = [included ?? excluded ?? []].flat().map(matcher);
  const any: Matcher = (value) => matchers.some((matches) => matches(value));
  return included === undefined && excluded !== undefined ? (value) => !any(value) : any;
}
