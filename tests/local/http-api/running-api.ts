import { generateKeyPair, SignJWT } from "jose";
import { TurnedClock } from "../../../local/clock/turned-clock.ts";
import { createAuthorizer } from "../../../local/http-api/authorizer.ts";
import { type HttpApiOptions, openHttpApi } from "../../../local/http-api/http-api.ts";
import { readInvokePermissions } from "../../../local/lambda/permissions.ts";
import type { PageRequest } from "../../../local/stack/loopback.ts";
import { aFunction, aRole, writtenTemplate } from "../stack/written-assembly.ts";

const issuer = "https://cognito-idp.us-east-1.amazonaws.com/us-east-1_pool";
const functionArn = { "Fn::GetAtt": ["Handler", "Arn"] };
const api = { Ref: "Api" };

const route = (RouteKey: string, more: Record<string, unknown> = {}) => ({
  Type: "AWS::ApiGatewayV2::Route",
  Properties: {
    ApiId: api,
    RouteKey,
    Target: { "Fn::Join": ["", ["integrations/", { Ref: "Integration" }]] },
    ...more,
  },
});
const signedIn = (...AuthorizationScopes: string[]) => ({
  AuthorizationType: "JWT",
  AuthorizerId: { Ref: "Authorizer" },
  AuthorizationScopes,
});

export const apiResources = {
  Role: aRole,
  Handler: aFunction("any"),
  Api: { Type: "AWS::ApiGatewayV2::Api", Properties: { ProtocolType: "HTTP", Name: "Api" } },
  Stage: {
    Type: "AWS::ApiGatewayV2::Stage",
    Properties: {
      ApiId: api,
      StageName: "$default",
      AutoDeploy: true,
      DefaultRouteSettings: { ThrottlingRateLimit: 2, ThrottlingBurstLimit: 4 },
      AccessLogSettings: {
        DestinationArn: "arn:log",
        Format:
          '{"route":"$context.routeKey","sub":"$context.authorizer.claims.sub","status":"$context.status","agent":"$context.identity.userAgent"}',
      },
    },
  },
  Integration: {
    Type: "AWS::ApiGatewayV2::Integration",
    Properties: {
      ApiId: api,
      IntegrationType: "AWS_PROXY",
      IntegrationUri: functionArn,
      PayloadFormatVersion: "2.0",
      TimeoutInMillis: 100,
    },
  },
  Authorizer: {
    Type: "AWS::ApiGatewayV2::Authorizer",
    Properties: {
      ApiId: api,
      AuthorizerType: "JWT",
      IdentitySource: ["$request.header.Authorization"],
      JwtConfiguration: { Audience: ["page"], Issuer: issuer },
    },
  },
  Open: route("GET /api/open"),
  Case: route("GET /api/cases/{caseId}"),
  Mine: route("GET /api/cases/mine"),
  Rest: route("ANY /api/files/{path+}"),
  Post: route("POST /api/cases"),
  Closed: route("GET /api/closed", signedIn("cases.read", "cases.admin")),
  MayInvoke: {
    Type: "AWS::Lambda::Permission",
    Properties: {
      Action: "lambda:InvokeFunction",
      FunctionName: functionArn,
      Principal: "apigateway.amazonaws.com",
      SourceArn: { "Fn::Join": ["", ["arn:aws:execute-api:us-east-1:000000000000:", api, "/*/*/api/*"]] },
    },
  },
};

const ours = await generateKeyPair("RS256");
export const theirs = await generateKeyPair("RS256");

export function runningApi(options: Partial<HttpApiOptions> & { resources?: typeof apiResources } = {}) {
  const { resources = apiResources, ...overrides } = options;
  const template = writtenTemplate({ resources, assets: { any: { "index.mjs": "" } } });
  const clock = new TurnedClock();
  const events: Record<string, unknown>[] = [];
  const accessLog: string[] = [];
  const localIssuer = "http://127.0.0.1:4702";
  const running = openHttpApi({
    template,
    clock,
    authorize: createAuthorizer({
      clock,
      localise: (text) => text.replace(issuer, localIssuer),
      keysOf: () => async () => ours.publicKey,
    }),
    mayInvoke: readInvokePermissions(template),
    invoke: async (_, event) => {
      events.push(Object(event));
      return { statusCode: 200, body: "ok" };
    },
    accessLog: (line) => accessLog.push(line),
    report: () => undefined,
    ...overrides,
  });

  const call = async (method: string, path: string, more: Partial<PageRequest> = {}) => {
    const request = { method, path, rawQuery: "", headers: {}, body: Buffer.alloc(0), sourceIp: "127.0.0.1", ...more };
    const { status, headers, body } = await running.handle(request);
    return { status, headers, body: String(body ?? "") };
  };
  const seconds = () => Math.floor(clock.now().getTime() / 1000);
  const token = (claims: Record<string, unknown> = {}, { key = ours.privateKey } = {}) =>
    new SignJWT({
      iss: localIssuer,
      sub: "somebody",
      client_id: "page",
      scope: "openid cases.read",
      iat: seconds(),
      exp: seconds() + 900,
      ...claims,
    })
      .setProtectedHeader({ alg: "RS256" })
      .sign(key);
  const callClosed = (authorization?: string) =>
    call("GET", "/api/closed", authorization === undefined ? {} : { headers: { authorization } });
  return { call, callClosed, token, clock, events, accessLog, template };
}
