import * as z from "zod";
import { arnWildcard, wildcard } from "../iam/wildcard.ts";
import type { Template } from "../template/template.ts";

/** Whether a service may put messages into a queue on behalf of one of its resources. */
export type QueueSendPermitted = (queueArn: string, servicePrincipal: string, sourceArn: string) => boolean;

const strings = z.union([z.string(), z.array(z.string())]).transform((value) => [value].flat());
const shape = z.object({
  PolicyDocument: z.object({
    Statement: z.array(
      z.object({
        Effect: z.enum(["Allow", "Deny"]),
        Action: strings,
        Resource: strings,
        Principal: z.union([z.string(), z.object({ Service: strings.optional() })]).optional(),
        Condition: z.record(z.string(), z.record(z.string(), z.unknown())).default({}),
      }),
    ),
  }),
});

/** Reads the Allow statements of AWS::SQS::QueuePolicy. Denials there are about TLS, which loopback does not have. */
export function readQueuePolicies(template: Template): QueueSendPermitted {
  const allowed = template
    .ofType("AWS::SQS::QueuePolicy")
    .flatMap(({ properties }) => shape.parse(properties).PolicyDocument.Statement)
    .filter(({ Effect }) => Effect === "Allow");
  return (queueArn, servicePrincipal, sourceArn) =>
    allowed.some(
      ({ Action, Resource, Principal, Condition }) =>
        Action.some((action) => wildcard(action.toLowerCase())("sqs:sendmessage")) &&
        Resource.some((resource) => arnWildcard(resource)(queueArn)) &&
        (typeof Principal === "string" ? Principal === "*" : Principal?.Service?.includes(servicePrincipal) === true) &&
        sourceMatches(Condition, sourceArn),
    );
}

function sourceMatches(
  condition: Readonly<Record<string, Readonly<Record<string, unknown>>>>,
  sourceArn: string,
): boolean {
  return Object.entries(condition).every(([operator, keys]) =>
    Object.entries(keys).every(([key, value]) => {
      if (key.toLowerCase() !== "aws:sourcearn" || !/^(Arn|String)(Equals|Like)$/.test(operator)) return false;
      return strings.parse(value).some((pattern) => arnWildcard(pattern)(sourceArn));
    }),
  );
}
