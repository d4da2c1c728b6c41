import { Aws, RemovalPolicy } from "aws-cdk-lib";
import { AccessLogFormat } from "aws-cdk-lib/aws-apigateway";
import {
  HttpApi,
  HttpMethod,
  HttpStage,
  LogGroupLogDestination,
  PayloadFormatVersion,
} from "aws-cdk-lib/aws-apigatewayv2";
import { HttpJwtAuthorizer } from "aws-cdk-lib/aws-apigatewayv2-authorizers";
import { HttpLambdaIntegration } from "aws-cdk-lib/aws-apigatewayv2-integrations";
import type { Metric } from "aws-cdk-lib/aws-cloudwatch";
import { LogGroup } from "aws-cdk-lib/aws-logs";
import { Construct } from "constructs";
import { routes } from "../../shared/contracts/routes.ts";
import type { CaseFunctions } from "../functions/case-functions.ts";
import type { SignIn } from "../sign-in/sign-in.ts";

export interface CaseApiProps {
  /** Requests a second over all callers; the burst is twice as many. */
  readonly requestsPerSecond: number;
  readonly logRetentionDays: number;
}

/** Fields of the access log: who, what, when, how it ended. No query string, no header, no body. */
const accessLogFields = {
  requestId: "$context.requestId",
  at: "$context.requestTimeEpoch",
  ip: "$context.identity.sourceIp",
  client: "$context.authorizer.claims.client_id",
  subject: "$context.authorizer.claims.sub",
  route: "$context.routeKey",
  path: "$context.path",
  status: "$context.status",
  responseBytes: "$context.responseLength",
  latencyMilliseconds: "$context.responseLatency",
  authorizerError: "$context.authorizer.error",
  integrationError: "$context.integrationErrorMessage",
};

/** The HTTP API under `/api`: every route of the contract, each asking for a token with one of its scopes. */
export class CaseApi extends Construct {
  readonly #api: HttpApi;

  constructor(scope: Construct, id: string, { requestsPerSecond, logRetentionDays }: CaseApiProps) {
    super(scope, id);
    this.#api = new HttpApi(this, "Default", {
      description: "Cases and reviews",
      createDefaultStage: false,
    });
    const accessLog = new LogGroup(this, "AccessLog", {
      retention: logRetentionDays,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    new HttpStage(this, "Stage", {
      httpApi: this.#api,
      autoDeploy: true,
      throttle: { rateLimit: requestsPerSecond, burstLimit: 2 * requestsPerSecond },
      accessLogSettings: {
        destination: new LogGroupLogDestination(accessLog),
        format: AccessLogFormat.custom(JSON.stringify(accessLogFields)),
      },
    });
  }

  /** `<id>.execute-api.<region>.amazonaws.com`, for CloudFront. */
  get domainName(): string {
    return `${this.#api.apiId}.execute-api.${Aws.REGION}.${Aws.URL_SUFFIX}`;
  }

  get url(): string {
    return `https://${this.domainName}`;
  }

  /** Adds the contract's routes, answered by `functions` to whom `signIn` vouches for. */
  serve(functions: CaseFunctions, signIn: SignIn): void {
    const authorizer = new HttpJwtAuthorizer("SignedIn", signIn.issuer, { jwtAudience: [...signIn.clientIds] });
    for (const [name, route] of Object.entries(routes)) {
      this.#api.addRoutes({
        path: route.path,
        methods: [HttpMethod[route.method]],
        integration: new HttpLambdaIntegration(name, functions[route.function].lambda, {
          payloadFormatVersion: PayloadFormatVersion.VERSION_2_0,
        }),
        authorizer,
        authorizationScopes: [...route.scopes],
      });
    }
  }

  /** Requests that failed for a reason of ours. */
  metricFailures(): Metric {
    return this.#api.metricServerError();
  }
}
