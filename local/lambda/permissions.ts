import * as z from "zod";
import { arnWildcard } from "../iam/wildcard.ts";
import type { Template } from "../template/template.ts";
import { FunctionNotRunnableError } from "./declared-function.ts";

const shape = z.object({
  Action: z.string(),
  FunctionName: z.string(),
  Principal: z.string(),
  SourceArn: z.string().optional(),
});

/** Whether a service may invoke a function on behalf of one of its resources. */
export type InvokePermitted = (functionArn: string, servicePrincipal: string, sourceArn: string) => boolean;

/** Reads AWS::Lambda::Permission. Services that invoke without a role (API Gateway, EventBridge) need one, here as on AWS. */
export function readInvokePermissions(template: Template): InvokePermitted {
  const permissions = template.ofType("AWS::Lambda::Permission").map(({ logicalId, properties }) => {
    const { success, data, error } = shape.safeParse(properties);
    if (!success) throw new FunctionNotRunnableError(`${logicalId}: ${z.prettifyError(error)}`);
    return { ...data, matches: data.SourceArn === undefined ? () => true : arnWildcard(data.SourceArn) };
  });
  return (functionArn, servicePrincipal, sourceArn) =>
    permissions.some(
      ({ Action, FunctionName, Principal, matches }) =>
        (Action === "lambda:InvokeFunction" || Action === "lambda:*") &&
        (FunctionName === functionArn || functionArn.endsWith(`:function:${FunctionName}`)) &&
        Principal === servicePrincipal &&
        matches(sourceArn),
    );
}
