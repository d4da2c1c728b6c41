import * as z from "zod";
import { wildcard } from "../iam/wildcard.ts";
import type { Template } from "../template/template.ts";

/** The template's distribution uses more than is imitated. */
export class DistributionNotImitatedError extends Error {
  override readonly name = "DistributionNotImitatedError";
}

type Origin = { readonly kind: "bucket"; readonly name: string } | { readonly kind: "api" };

interface Behavior {
  /** Against the path with its leading slash. */
  matches(path: string): boolean;
  readonly origin: Origin;
  readonly methods: readonly string[];
  readonly headersPolicyId?: string;
}

export interface Distribution {
  readonly domainName: string;
  readonly defaultRootObject: string;
  /** In the order in which CloudFront tries them; the last matches everything. */
  readonly behaviors: readonly Behavior[];
}

/** AWS's managed policies that hand the API all it needs, the Authorization header above all. @see CloudFront developer guide, "Use managed policies" */
const cachingDisabled = "4135ea2d-6df8-44a3-9df3-4b5a84be39ad";
const allViewerExceptHost = "b689b0a8-53d0-40ab-baf2-68738e2966ac";

const behaviorShape = z.object({
  TargetOriginId: z.string(),
  AllowedMethods: z.array(z.string()).default(["GET", "HEAD"]),
  CachePolicyId: z.string().optional(),
  OriginRequestPolicyId: z.string().optional(),
  ResponseHeadersPolicyId: z.string().optional(),
  FunctionAssociations: z.array(z.unknown()).max(0, "CloudFront functions are not imitated").default([]),
  LambdaFunctionAssociations: z.array(z.unknown()).max(0, "Lambda@Edge is not imitated").default([]),
});

const shape = z.object({
  DistributionConfig: z.object({
    DefaultRootObject: z.string().default(""),
    Origins: z.array(z.object({ Id: z.string(), DomainName: z.string(), OriginPath: z.literal("").default("") })),
    DefaultCacheBehavior: behaviorShape,
    CacheBehaviors: z.array(behaviorShape.extend({ PathPattern: z.string() })).default([]),
    CustomErrorResponses: z
      .array(z.unknown())
      .max(0, "custom error responses would replace the API's own answers")
      .default([]),
  }),
});

/** The template's one distribution. @throws {DistributionNotImitatedError} */
export function readDistribution(template: Template): Distribution {
  const [resource, ...others] = template.ofType("AWS::CloudFront::Distribution");
  if (!resource || others.length > 0) {
    const count = resource ? others.length + 1 : 0;
    throw new DistributionNotImitatedError(`The template has ${count} distributions; the one machine serves one page.`);
  }
  const { success, data, error } = shape.safeParse(resource.properties);
  if (!success) throw new DistributionNotImitatedError(`${resource.logicalId}: ${z.prettifyError(error)}`);
  const config = data.DistributionConfig;

  const origins = new Map(config.Origins.map(({ Id, DomainName }) => [Id, originOf(template, DomainName)]));
  const behavior = (declared: z.infer<typeof behaviorShape>, pattern: string): Behavior => {
    const origin = origins.get(declared.TargetOriginId);
    if (!origin) throw new DistributionNotImitatedError(`The behavior ${pattern} names no origin of the distribution.`);
    const forwardsAll =
      declared.CachePolicyId === cachingDisabled && declared.OriginRequestPolicyId === allViewerExceptHost;
    if (origin.kind === "api" && !forwardsAll) {
      throw new DistributionNotImitatedError(
        `The behavior ${pattern} leads to the API without the policies CachingDisabled and AllViewerExceptHostHeader, so CloudFront would keep the Authorization header from it.`,
      );
    }
    return {
      matches: wildcard(pattern),
      origin,
      methods: declared.AllowedMethods,
      ...(declared.ResponseHeadersPolicyId === undefined ? {} : { headersPolicyId: declared.ResponseHeadersPolicyId }),
    };
  };
  return {
    domainName: resource.attribute("DomainName"),
    defaultRootObject: config.DefaultRootObject,
    behaviors: [
      ...config.CacheBehaviors.map((declared) => behavior(declared, slashed(declared.PathPattern))),
      behavior(config.DefaultCacheBehavior, "*"),
    ],
  };
}

const slashed = (pattern: string) => (pattern.startsWith("/") ? pattern : `/${pattern}`);

function originOf(template: Template, domainName: string): Origin {
  const bucket = template
    .ofType("AWS::S3::Bucket")
    .find((candidate) => candidate.attribute("RegionalDomainName") === domainName);
  if (bucket) return { kind: "bucket", name: bucket.ref };
  const api = template
    .ofType("AWS::ApiGatewayV2::Api")
    .find((candidate) => candidate.attribute("ApiEndpoint") === `https://${domainName}`);
  if (api) return { kind: "api" };
  throw new DistributionNotImitatedError(
    `The origin ${domainName} is neither a bucket nor the HTTP API of this template.`,
  );
}
