import { type AccessKey, type Credentials, openCredentials } from "../iam/credentials.ts";
import type { Principal } from "../iam/principal.ts";
import { type Grant, operator, readPrincipals } from "../iam/principals.ts";
import type { Template } from "../template/template.ts";

/** Who may sign requests, found by what the template refers to roles with: their ARNs. */
export interface Roles {
  readonly credentials: Credentials;
  readonly operatorKey: AccessKey;
  principalOf(roleArn: string): Principal;
  keyOf(roleArn: string): AccessKey;
}

/** @throws {Error} for an ARN that is no role of the template: a typing error in a construct, found at boot */
export function openRoles(template: Template, directory: string, without: readonly Grant[]): Roles {
  const principals = readPrincipals(template, { without });
  const credentials = openCredentials(directory, [...principals.values(), operator]);
  const logicalIds = new Map(
    template.ofType("AWS::IAM::Role").map((role) => [role.attribute("Arn"), role.logicalId] as const),
  );
  const principalOf = (roleArn: string): Principal => {
    const principal = principals.get(logicalIds.get(roleArn) ?? "");
    if (principal) return principal;
    throw new Error(`The template refers to the role ${roleArn}, which it does not hold.`);
  };
  return {
    credentials,
    operatorKey: credentials.keyOf(operator.name),
    principalOf,
    keyOf: (roleArn) => credentials.keyOf(principalOf(roleArn).name),
  };
}
