import { describe, expect, it } from "vitest";
import * as z from "zod";
import { functions } from "../../shared/contracts/functions.ts";
import { routes } from "../../shared/contracts/routes.ts";
import { written } from "./policies.ts";
import { pathOf, synthesize } from "./synthesized.ts";

const template = await synthesize();

const lambdaShape = z.object({
  Description: z.string().optional(),
  MemorySize: z.number(),
  Timeout: z.number(),
  Runtime: z.string(),
  Architectures: z.array(z.string()).optional(),
  LoggingConfig: z.object({ LogFormat: z.string(), LogGroup: z.unknown() }).optional(),
  ReservedConcurrentExecutions: z.number().optional(),
  Environment: z.object({ Variables: z.record(z.string(), z.unknown()) }).optional(),
});
const lambdas = new Map(
  template
    .ofType("AWS::Lambda::Function")
    .map((one) => lambdaShape.parse(one.Properties))
    .map((lambda) => [String(lambda.Environment?.Variables.POWERTOOLS_SERVICE_NAME), lambda]),
);

describe.each(Object.entries(functions))("function %s", (name, declared) => {
  const lambda = lambdas.get(name);

  it("is supplied with exactly the variables it declares", () => {
    const variables = Object.keys(lambda?.Environment?.Variables ?? {}).filter((key) => !key.startsWith("POWERTOOLS_"));
    expect(variables.sort()).toEqual([...declared.environment].sort());
  });

  it("has the memory, time and description that the contract gives it", () => {
    expect(lambda).toMatchObject({
      Description: declared.description,
      MemorySize: declared.memoryMegabytes,
      Timeout: declared.timeoutSeconds,
    });
  });

  it("runs on arm64 and Node.js 24, logs JSON to a group of its own, and reserves no concurrency", () => {
    expect(lambda).toMatchObject({
      Runtime: "nodejs24.x",
      Architectures: ["arm64"],
      LoggingConfig: { LogFormat: "JSON", LogGroup: { Ref: expect.any(String) } },
    });
    expect(lambda?.ReservedConcurrentExecutions).toBeUndefined();
  });
});

describe("what holds state", () => {
  const kinds = ["AWS::S3::Bucket", "AWS::DynamoDB::Table", "AWS::Cognito::UserPool"];
  const stateful = template.resources.filter(({ Type }) => kinds.includes(Type));

  it("is retained", () => {
    expect(stateful).toHaveLength(10);
    for (const { logicalId, DeletionPolicy, UpdateReplacePolicy } of stateful)
      expect([logicalId, DeletionPolicy, UpdateReplacePolicy]).toEqual([logicalId, "Retain", "Retain"]);
  });

  it("keeps its logical id: another id is another table, and executions that wait for a year need the old function and role", () => {
    const needed = template.resources.filter(
      (one) =>
        stateful.includes(one) ||
        one.Type === "AWS::StepFunctions::StateMachine" ||
        (one.Type === "AWS::Lambda::Function" && pathOf(one).startsWith("Functions/")) ||
        (one.Type === "AWS::IAM::Role" && pathOf(one).includes("Machine/")),
    );
    expect(needed.map(({ logicalId }) => logicalId).sort()).toMatchInlineSnapshot(`
      [
        "AccessLogBucketDA470295",
        "AutomateInvoiceMachineA59EB1F9",
        "AutomateInvoiceMachineRole0E036CDC",
        "CaseMachine71DC9E3E",
        "CaseMachineRole7DB42927",
        "CaseTable0AD2663F",
        "EvidenceBucketFBA44255",
        "FunctionsAnchorLedger69480DC0",
        "FunctionsAnswerPolicyChange9850C7D2",
        "FunctionsApplyPolicyChange86D074E5",
        "FunctionsAssignReviewC0686CEE",
        "FunctionsAttachEvidenceC4069BC2",
        "FunctionsAwaitSignature3DBB6907",
        "FunctionsClaimReview983FCAFD",
        "FunctionsDeliverOutcome4DEE63B6",
        "FunctionsDetectPage6CFB75E3",
        "FunctionsGateProposal2E42F76B",
        "FunctionsGetAttachment1226FC63",
        "FunctionsGetCaseA416CEF9",
        "FunctionsGetListDE69613C",
        "FunctionsGetMeB30EF4D2",
        "FunctionsGetMetrics714C1BD1",
        "FunctionsGetPageC2A7DF8F",
        "FunctionsGetPolicyA333E5C7",
        "FunctionsGetPolicyVersionEFEDB206",
        "FunctionsListPeopleE5B2A728",
        "FunctionsListReviews874F89C0",
        "FunctionsOpenCase9D963FE7",
        "FunctionsOpenReview1E4A7DC8",
        "FunctionsProposeInvoice61B622F0",
        "FunctionsProposePolicyChange263BC257",
        "FunctionsPutListD68A165A",
        "FunctionsPutPerson0DC48C45",
        "FunctionsReadDocument6160E43F",
        "FunctionsReconcileA7FC4E8E",
        "FunctionsRecordDecisionE6F83DEE",
        "FunctionsRedrive567FDB08",
        "FunctionsReleaseReviewA0FAA65B",
        "FunctionsRenderPages38F2972C",
        "FunctionsReopenCaseD53FFDA3",
        "FunctionsReportImpact9137185D",
        "FunctionsRollUp24572D86",
        "FunctionsSendMessageA49ED32B",
        "FunctionsSendWebhooks0BDBC8EB",
        "FunctionsSetAbsenceBAE56C90",
        "FunctionsStopWorkflow76EA6BAC",
        "FunctionsSubmitCase76E336FF",
        "FunctionsSweepOutbox56C7DF00",
        "FunctionsWithdrawCaseB5451AF5",
        "IntakeBucket8068C236",
        "LedgerAnchorsBucketCB6EA0C1",
        "LedgerTable38A58B60",
        "OutcomeBucket96E83BB7",
        "PageFiles79CCA538",
        "PeopleTableAF298A5B",
        "PolicyChangeMachineFF74004B",
        "PolicyChangeMachineRoleBD3D5A84",
        "ReviewMachine49B6703C",
        "ReviewMachineRole921CC39B",
        "SignIn1BF1EF28",
      ]
    `);
  });

  it("is protected and restorable, as far as it is a table", () => {
    for (const { Properties } of template.ofType("AWS::DynamoDB::Table"))
      expect(Properties).toMatchObject({
        BillingMode: "PAY_PER_REQUEST",
        DeletionProtectionEnabled: true,
        PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
      });
  });

  it("is private, encrypted, without CORS, and speaks TLS only, as far as it is a bucket", () => {
    const policies = template.ofType("AWS::S3::BucketPolicy").map(({ Properties }) => JSON.stringify(Properties));
    for (const { logicalId, Properties } of template.ofType("AWS::S3::Bucket")) {
      expect(Properties.PublicAccessBlockConfiguration).toEqual({
        BlockPublicAcls: true,
        BlockPublicPolicy: true,
        IgnorePublicAcls: true,
        RestrictPublicBuckets: true,
      });
      expect(Properties.BucketEncryption).toBeDefined();
      expect(Properties.CorsConfiguration).toBeUndefined();
      const own = policies.find((policy) => policy.includes(`{"Ref":"${logicalId}"}`));
      expect(own).toContain("aws:SecureTransport");
    }
  });
});

const nameProperties: Readonly<Record<string, string>> = {
  "AWS::CloudWatch::Alarm": "AlarmName",
  "AWS::Cognito::UserPool": "UserPoolName",
  "AWS::Cognito::UserPoolClient": "ClientName",
  "AWS::Cognito::UserPoolDomain": "Domain",
  "AWS::DynamoDB::Table": "TableName",
  "AWS::Events::Rule": "Name",
  "AWS::IAM::Role": "RoleName",
  "AWS::Lambda::Function": "FunctionName",
  "AWS::Logs::LogGroup": "LogGroupName",
  "AWS::S3::Bucket": "BucketName",
  "AWS::SNS::Topic": "TopicName",
  "AWS::SQS::Queue": "QueueName",
  "AWS::StepFunctions::StateMachine": "StateMachineName",
};

it("gives no physical names, save to the sign-in domain and the machines' log groups", () => {
  const named = template.resources.flatMap(({ Type, Properties }) => {
    const name = Properties[nameProperties[Type] ?? ""];
    return name === undefined ? [] : [`${Type} ${written(name)}`];
  });
  expect(named.sort()).toMatchInlineSnapshot(`
    [
      "AWS::Cognito::UserPoolDomain signoff-production-{"Fn::Select":[0,{"Fn::Split":["-",{"Fn::Select":[2,{"Fn::Split":["/",{"Ref":"AWS::StackId"}]}]}]}]}",
      "AWS::Logs::LogGroup /aws/lambda/<CustomCDKBucketDeployment8693BB64968944B69AAFB0CC9EB8756C81C01536>",
      "AWS::Logs::LogGroup /aws/vendedlogs/states/Signoff-automate-invoice",
      "AWS::Logs::LogGroup /aws/vendedlogs/states/Signoff-case",
      "AWS::Logs::LogGroup /aws/vendedlogs/states/Signoff-policy-change",
      "AWS::Logs::LogGroup /aws/vendedlogs/states/Signoff-review",
    ]
  `);
});

describe("the API", () => {
  const shape = z.object({
    RouteKey: z.string(),
    AuthorizationType: z.string(),
    AuthorizationScopes: z.array(z.string()),
  });
  const inTemplate = template.ofType("AWS::ApiGatewayV2::Route").map(({ Properties }) => shape.parse(Properties));

  it("has the routes of the contract and no other, each asking for a token with its scopes", () => {
    const byKey = (a: { RouteKey: string }, b: { RouteKey: string }) => a.RouteKey.localeCompare(b.RouteKey);
    expect(inTemplate.sort(byKey)).toEqual(
      Object.values(routes)
        .map(({ method, path, scopes }) => ({
          RouteKey: `${method} ${path}`,
          AuthorizationType: "JWT",
          AuthorizationScopes: [...scopes],
        }))
        .sort(byKey),
    );
  });

  it("takes tokens of both clients and of this pool only", () => {
    const [authorizer] = template.ofType("AWS::ApiGatewayV2::Authorizer");
    const clients = template.ofType("AWS::Cognito::UserPoolClient").map(({ logicalId }) => ({ Ref: logicalId }));
    expect(authorizer?.Properties.JwtConfiguration).toMatchObject({ Audience: clients });
    expect(JSON.stringify(authorizer?.Properties)).toContain("SignIn");
  });

  it("pitfall 16: is throttled, and logs access without query strings", () => {
    const [stage] = template.ofType("AWS::ApiGatewayV2::Stage");
    expect(stage?.Properties.DefaultRouteSettings).toEqual({ ThrottlingBurstLimit: 200, ThrottlingRateLimit: 100 });
    const log = JSON.stringify(stage?.Properties.AccessLogSettings);
    expect(log).toContain("$context.status");
    expect(log).not.toMatch(/querystring|header/i);
  });
});

describe("the page", () => {
  it("is served with a content security policy that names every source, and nothing unsafe", () => {
    const policy = written(
      z
        .object({
          ResponseHeadersPolicyConfig: z.object({
            SecurityHeadersConfig: z.object({
              ContentSecurityPolicy: z.object({ ContentSecurityPolicy: z.unknown() }),
            }),
          }),
        })
        .parse(template.ofType("AWS::CloudFront::ResponseHeadersPolicy")[0]?.Properties).ResponseHeadersPolicyConfig
        .SecurityHeadersConfig.ContentSecurityPolicy.ContentSecurityPolicy,
    );
    expect(policy).toMatch(
      /^default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' https:\/\/<EvidenceBucket/,
    );
    expect(policy).not.toMatch(/unsafe|\*|data:|http:/);
  });

  it("shares its origin with the API, and replaces none of the API's answers", () => {
    const [distribution] = template.ofType("AWS::CloudFront::Distribution");
    const config = z.record(z.string(), z.unknown()).parse(distribution?.Properties.DistributionConfig);
    expect(config.CustomErrorResponses).toBeUndefined();
    expect(config.CacheBehaviors).toMatchObject([{ PathPattern: "/api/*", ViewerProtocolPolicy: "https-only" }]);
  });
});

describe("sign-in", () => {
  it("lets nobody sign themselves up", () => {
    expect(template.ofType("AWS::Cognito::UserPool")[0]?.Properties).toMatchObject({
      AdminCreateUserConfig: { AllowAdminCreateUserOnly: true },
      UserPoolTier: "ESSENTIALS",
      DeletionProtection: "ACTIVE",
    });
  });

  it("has a client without secret for persons and one with a secret, without people's scopes, for programs", () => {
    const clients = template.ofType("AWS::Cognito::UserPoolClient");
    const person = clients.find((one) => pathOf(one).endsWith("PersonClient"))?.Properties;
    const program = clients.find((one) => pathOf(one).endsWith("ProgramClient"))?.Properties;
    expect(person).toMatchObject({ GenerateSecret: false, AllowedOAuthFlows: ["code"] });
    expect(program).toMatchObject({ GenerateSecret: true, AllowedOAuthFlows: ["client_credentials"] });
    expect(JSON.stringify(program?.AllowedOAuthScopes)).not.toMatch(/reviews\.write|lists\.write/);
  });

  it("gives each client a look, without which its sign-in page is unavailable", () => {
    expect(template.ofType("AWS::Cognito::ManagedLoginBranding")).toHaveLength(2);
  });
});

it("has alarms that all say who is hurt, and tell somebody", () => {
  const alarms = template.ofType("AWS::CloudWatch::Alarm");
  expect(alarms.length).toBeGreaterThan(8);
  for (const { Properties } of alarms) {
    expect(Properties.AlarmDescription).toMatch(/\b(is|are) hurt\b/);
    expect(Properties.AlarmActions).toHaveLength(1);
  }
});

it("lets CloudWatch publish alarms to the encrypted topic", () => {
  const policy = JSON.stringify(template.ofType("AWS::SNS::TopicPolicy")[0]?.Properties);
  const key = JSON.stringify(template.ofType("AWS::KMS::Key")[0]?.Properties);
  expect(policy).toMatch(/"sns:Publish","Condition":\{"StringEquals".*"Effect":"Allow".*"cloudwatch.amazonaws.com"/);
  expect(key).toMatch(/"kms:GenerateDataKey\*".*"cloudwatch.amazonaws.com"/);
});

it("has the outputs that deploy, invite and the one machine read", () => {
  expect([...template.outputs].sort()).toEqual([
    "ApiUrl",
    "CaseTable",
    "EventBus",
    "EvidenceBucket",
    "IntakeBucket",
    "LedgerAnchorsBucket",
    "LedgerTable",
    "OutcomeBucket",
    "PageUrl",
    "PeopleTable",
    "PersonClientId",
    "ProgramClientId",
    "RedriveFunction",
    "UserPoolId",
  ]);
});

it("adds an e-mail subscription to alarms, and switches tracing off, when the settings say so", async () => {
  const other = await synthesize({ alarmEmail: "alarms@example.com", tracing: false });
  expect(other.ofType("AWS::SNS::Subscription").map(({ Properties }) => Properties.Endpoint)).toEqual([
    "alarms@example.com",
  ]);
  for (const { Properties } of other.ofType("AWS::StepFunctions::StateMachine"))
    expect(Properties.TracingConfiguration).toEqual({ Enabled: false });
  expect(template.ofType("AWS::SNS::Subscription")).toEqual([]);
});
