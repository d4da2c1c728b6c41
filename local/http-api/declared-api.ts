import * as z from "zod";
import type { Template, TemplateResource } from "../template/template.ts";

/** The template declares an HTTP API in a way that this machine cannot serve. */
class ApiNotImitatedError extends Error {
  override readonly name = "ApiNotImitatedError";
}

export interface JwtAuthorizer {
  readonly issuer: string;
  readonly audience: readonly string[];
}

export interface Route {
  /** `GET /api/cases/{caseId}`, or `$default`. */
  readonly routeKey: string;
  readonly functionArn: string;
  readonly timeoutSeconds: number;
  readonly authorizer?: JwtAuthorizer;
  /** One of these must be in the token. */
  readonly scopes: readonly string[];
  readonly throttle: Throttle;
}

/** API Gateway's own defaults where the stage sets none. */
export interface Throttle {
  readonly requestsPerSecond: number;
  readonly burst: number;
}

export interface DeclaredApi {
  readonly apiId: string;
  readonly arn: string;
  readonly stage: string;
  readonly routes: readonly Route[];
  /** Format of a line of the access log; none is written where the stage has none. */
  readonly accessLogFormat?: string;
}

const apiShape = z.object({
  ProtocolType: z.literal("HTTP"),
  CorsConfiguration: z.undefined({ error: "CORS is not imitated: page and API share an origin" }).optional(),
});
const integrationShape = z.object({
  ApiId: z.string(),
  IntegrationType: z.literal("AWS_PROXY"),
  IntegrationUri: z.string(),
  PayloadFormatVersion: z.literal("2.0"),
  TimeoutInMillis: z.number().default(30_000),
});
const routeShape = z.object({
  ApiId: z.string(),
  RouteKey: z.string(),
  Target: z.string(),
  AuthorizationType: z.enum(["NONE", "JWT"]).default("NONE"),
  AuthorizerId: z.string().optional(),
  AuthorizationScopes: z.array(z.string()).default([]),
});
const authorizerShape = z.object({
  AuthorizerType: z.literal("JWT"),
  IdentitySource: z.tuple([z.literal("$request.header.Authorization")]),
  JwtConfiguration: z.object({ Audience: z.array(z.string()), Issuer: z.string() }),
});
const limitsShape = z.object({
  ThrottlingRateLimit: z.number().optional(),
  ThrottlingBurstLimit: z.number().optional(),
});
const stageShape = z.object({
  ApiId: z.string(),
  StageName: z.literal("$default"),
  AutoDeploy: z.literal(true),
  AccessLogSettings: z.object({ Format: z.string() }).optional(),
  DefaultRouteSettings: limitsShape.default({}),
  RouteSettings: z.record(z.string(), limitsShape).default({}),
});

/** @see API Gateway quotas: 10,000 requests a second for an account, bursts of 5,000 */
const accountThrottle: Throttle = { requestsPerSecond: 10_000, burst: 5_000 };

/** The template's HTTP API. @throws {ApiNotImitatedError} when it has none, several, or one that uses more than is imitated */
export function readApi(template: Template): DeclaredApi {
  const [api, ...others] = template.ofType("AWS::ApiGatewayV2::Api");
  if (!api || others.length > 0) {
    throw new ApiNotImitatedError(
      `The template has ${api ? others.length + 1 : 0} HTTP APIs; the one machine serves one.`,
    );
  }
  read(apiShape, api);
  const [stageResource, ...otherStages] = template.ofType("AWS::ApiGatewayV2::Stage");
  if (!stageResource || otherStages.length > 0)
    throw new ApiNotImitatedError(`${api.logicalId} needs exactly one stage.`);
  const stage = read(stageShape, stageResource);

  const integrations = new Map(
    template.ofType("AWS::ApiGatewayV2::Integration").map((one) => [one.ref, read(integrationShape, one)]),
  );
  const authorizers = new Map(
    template.ofType("AWS::ApiGatewayV2::Authorizer").map((one) => [one.ref, read(authorizerShape, one)]),
  );
  const throttleOf = (routeKey: string): Throttle => {
    const limits = { ...stage.DefaultRouteSettings, ...stage.RouteSettings[routeKey] };
    return {
      requestsPerSecond: limits.ThrottlingRateLimit ?? accountThrottle.requestsPerSecond,
      burst: limits.ThrottlingBurstLimit ?? accountThrottle.burst,
    };
  };

  const routes = template.ofType("AWS::ApiGatewayV2::Route").map((resource): Route => {
    const route = read(routeShape, resource);
    const integration = integrations.get(route.Target.replace("integrations/", ""));
    if (!integration) throw new ApiNotImitatedError(`${resource.logicalId} has no integration ${route.Target}.`);
    const authorizer = authorizers.get(route.AuthorizerId ?? "");
    if (route.AuthorizationType === "JWT" && !authorizer) {
      throw new ApiNotImitatedError(`${resource.logicalId} names no authorizer that the template has.`);
    }
    return {
      routeKey: route.RouteKey,
      functionArn: functionArn(integration.IntegrationUri),
      timeoutSeconds: integration.TimeoutInMillis / 1000,
      ...(authorizer
        ? {
            authorizer: {
              issuer: authorizer.JwtConfiguration.Issuer,
              audience: authorizer.JwtConfiguration.Audience,
            },
          }
        : {}),
      scopes: route.AuthorizationScopes,
      throttle: throttleOf(route.RouteKey),
    };
  });
  return {
    apiId: api.ref,
    arn: `arn:aws:execute-api:us-east-1:000000000000:${api.ref}`,
    stage: stage.StageName,
    routes,
    ...(stage.AccessLogSettings ? { accessLogFormat: stage.AccessLogSettings.Format } : {}),
  };
}

/** An integration names the function by its ARN, or by API Gateway's address for invoking it. */
function functionArn(uri: string): string {
  const [found] = /arn:aws:lambda:[^:]+:\d+:function:[^/]+/.exec(uri) ?? [];
  if (found === undefined) throw new ApiNotImitatedError(`The integration ${uri} is not a Lambda function.`);
  return found;
}

function read<Shape extends z.ZodType>(shape: Shape, { logicalId, properties }: TemplateResource): z.infer<Shape> {
  const { success, data, error } = shape.safeParse(properties);
  if (success) return data;
  throw new ApiNotImitatedError(`${logicalId} uses what the one machine does not imitate: ${z.prettifyError(error)}`);
}
