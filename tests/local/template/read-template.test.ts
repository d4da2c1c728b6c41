import { readFileSync } from "node:fs";
import { join } from "node:path";
import {
  Aws,
  CfnCondition,
  CfnMapping,
  CfnOutput,
  CfnParameter,
  CfnResource,
  aws_cloudfront as cloudfront,
  aws_cognito as cognito,
  aws_dynamodb as dynamodb,
  aws_events as events,
  Fn,
  aws_apigatewayv2 as gateway,
  aws_kms as kms,
  aws_lambda as lambda,
  aws_logs as logs,
  aws_cloudfront_origins as origins,
  type Stack,
  aws_s3 as s3,
  aws_stepfunctions as sfn,
  aws_sns as sns,
  aws_sqs as sqs,
  Token,
} from "aws-cdk-lib";
import { beforeAll, describe, expect, it } from "vitest";
import { readTemplate } from "../../../local/template/read-template.ts";
import {
  AssemblyNotReadableError,
  ResourceNotInTemplateError,
  type Template,
  TemplateNotResolvableError,
} from "../../../local/template/template.ts";
import { synthesize } from "./synthesized-app.ts";
import { temporaryDirectory } from "./temporary-directory.ts";

const openCase = (stack: Stack, code: string, environment: Record<string, string> = {}) =>
  new lambda.Function(stack, "OpenCase", {
    runtime: lambda.Runtime.NODEJS_24_X,
    handler: "index.handler",
    code: lambda.Code.fromAsset(code),
    environment,
  });

describe("a template with one resource of each kind", () => {
  let template: Template;
  const output = (name: string) => template.outputs[name];

  beforeAll(() => {
    const directory = synthesize((stack, { code, definition }) => {
      const intake = new s3.Bucket(stack, "Intake");
      const outcomes = new s3.Bucket(stack, "Outcomes", { bucketName: "signoff-outcomes" });
      const partitionKey = { name: "pk", type: dynamodb.AttributeType.STRING };
      const cases = new dynamodb.Table(stack, "Cases", { partitionKey });
      const ledger = new dynamodb.TableV2(stack, "Ledger", { partitionKey });
      const bus = new events.EventBus(stack, "Bus");
      const rule = new events.Rule(stack, "Dropped", { eventBus: bus, eventPattern: { source: ["aws.s3"] } });
      const dead = new sqs.Queue(stack, "Dead");
      const alarms = new sns.Topic(stack, "Alarms");
      const api = new gateway.HttpApi(stack, "Api");
      const people = new cognito.UserPool(stack, "People");
      const person = people.addClient("Person", { authFlows: { userPassword: true } });
      const page = new cloudfront.Distribution(stack, "Page", {
        defaultBehavior: { origin: new origins.HttpOrigin(intake.bucketRegionalDomainName) },
      });
      const key = new kms.Key(stack, "Key");
      const log = new logs.LogGroup(stack, "Log", { logGroupName: `/aws/vendedlogs/states/${Aws.STACK_NAME}-case` });
      const handler = openCase(stack, code, { CASE_TABLE: cases.tableName, QUEUE: dead.queueUrl });
      const machine = new sfn.StateMachine(stack, "Case", {
        definitionBody: sfn.DefinitionBody.fromFile(definition),
        definitionSubstitutions: { openCaseArn: handler.functionArn },
      });
      const values: Record<string, string> = {
        bucket: intake.bucketName,
        bucketArn: intake.bucketArn,
        bucketDomain: intake.bucketRegionalDomainName,
        explicitBucket: outcomes.bucketArn,
        tableArn: cases.tableArn,
        ledgerArn: ledger.tableArn,
        busArn: bus.eventBusArn,
        ruleArn: rule.ruleArn,
        queueUrl: dead.queueUrl,
        queueArn: dead.queueArn,
        topicArn: alarms.topicArn,
        apiEndpoint: api.apiEndpoint,
        poolId: people.userPoolId,
        provider: people.userPoolProviderUrl,
        clientId: person.userPoolClientId,
        pageDomain: page.distributionDomainName,
        keyArn: key.keyArn,
        logArn: log.logGroupArn,
        functionArn: handler.functionArn,
        machineArn: machine.stateMachineArn,
        machineName: machine.stateMachineName,
      };
      for (const [name, value] of Object.entries(values)) new CfnOutput(stack, `Output${name}`, { value });
    });
    template = readTemplate(directory);
  });

  it.each([
    ["bucketArn", /^arn:aws:s3:::signoff-intake[a-f0-9]{8}$/],
    ["bucket", /^signoff-intake[a-f0-9]{8}$/],
    ["bucketDomain", /^signoff-intake[a-f0-9]{8}\.s3\.us-east-1\.amazonaws\.com$/],
    ["explicitBucket", /^arn:aws:s3:::signoff-outcomes$/],
    ["tableArn", /^arn:aws:dynamodb:us-east-1:000000000000:table\/Signoff-Cases[A-F0-9]{8}$/],
    ["ledgerArn", /^arn:aws:dynamodb:us-east-1:000000000000:table\/Signoff-Ledger[A-F0-9]{8}$/],
    ["busArn", /^arn:aws:events:us-east-1:000000000000:event-bus\/SignoffBus[A-F0-9]{8}$/],
    ["ruleArn", /^arn:aws:events:us-east-1:000000000000:rule\/SignoffBus[A-F0-9]{8}\/Signoff-Dropped[A-F0-9]{8}$/],
    ["queueUrl", /^https:\/\/sqs\.us-east-1\.amazonaws\.com\/000000000000\/Signoff-Dead[A-F0-9]{8}$/],
    ["queueArn", /^arn:aws:sqs:us-east-1:000000000000:Signoff-Dead[A-F0-9]{8}$/],
    ["topicArn", /^arn:aws:sns:us-east-1:000000000000:Signoff-Alarms[A-F0-9]{8}$/],
    ["apiEndpoint", /^https:\/\/[a-z0-9]{10}\.execute-api\.us-east-1\.amazonaws\.com$/],
    ["poolId", /^us-east-1_[a-z0-9]{9}$/],
    ["provider", /^https:\/\/cognito-idp\.us-east-1\.amazonaws\.com\/us-east-1_[a-z0-9]{9}$/],
    ["clientId", /^[a-z0-9]{26}$/],
    ["pageDomain", /^d[a-z0-9]{13}\.cloudfront\.net$/],
    ["keyArn", /^arn:aws:kms:us-east-1:000000000000:key\/[a-z0-9-]{36}$/],
    ["logArn", /^arn:aws:logs:us-east-1:000000000000:log-group:\/aws\/vendedlogs\/states\/Signoff-case:\*$/],
    ["functionArn", /^arn:aws:lambda:us-east-1:000000000000:function:Signoff-OpenCase[A-F0-9]{8}$/],
    ["machineArn", /^arn:aws:states:us-east-1:000000000000:stateMachine:Signoff-Case[A-F0-9]{8}$/],
    ["machineName", /^Signoff-Case[A-F0-9]{8}$/],
  ])("names its %s as AWS would", (name, shape) => {
    expect(output(`Output${name}`)).toMatch(shape);
  });

  it("finds a function's code and its environment", () => {
    const [handler] = template.ofType("AWS::Lambda::Function");
    const directory = template.functionCode(handler?.logicalId ?? "");
    expect(readFileSync(join(directory, "index.js"), "utf8")).toContain("handler");
    expect(handler?.properties.Environment).toEqual({
      Variables: { CASE_TABLE: template.ofType("AWS::DynamoDB::Table")[0]?.ref, QUEUE: output("OutputqueueUrl") },
    });
  });

  it("fills the placeholders of a state machine kept as an asset", () => {
    const [machine] = template.ofType("AWS::StepFunctions::StateMachine");
    expect(template.stateMachineDefinition(machine?.logicalId ?? "")).toMatchObject({
      States: { Open: { Resource: output("OutputfunctionArn") } },
    });
  });

  it("says which resources there are when asked for one there is not", () => {
    expect(() => template.resource("Ledgre")).toThrow(ResourceNotInTemplateError);
  });
});

describe("intrinsic functions", () => {
  const resolved = (build: (stack: Stack) => unknown, parameters: Record<string, string> = {}) => {
    const directory = synthesize((stack) => {
      new CfnOutput(stack, "Result", { value: Token.asString(build(stack)) });
    });
    return readTemplate(directory, parameters).outputs.Result;
  };

  it("joins, splits and selects", () => {
    expect(resolved(() => Fn.select(1, Fn.split("/", Fn.join("", [Aws.ACCOUNT_ID, "/", Aws.REGION]))))).toBe(
      "us-east-1",
    );
  });

  it("substitutes variables, pseudo parameters and attributes, and leaves literals", () => {
    const value = resolved((stack) => {
      new sqs.CfnQueue(stack, "Dead");
      return Fn.sub(`\${Who} in \${AWS::Region} sends to \${Dead.QueueName} for \${!Who}`, { Who: "operator" });
    });
    expect(value).toBe(`operator in us-east-1 sends to Signoff-Dead for \${Who}`);
  });

  it.each([
    ["prod", "retained"],
    ["test", "dropped"],
  ])("decides conditions for environment %s", (environment, expected) => {
    const build = (stack: Stack) => {
      const parameter = new CfnParameter(stack, "Environment", { default: "test" });
      const isProduction = Fn.conditionEquals(parameter.valueAsString, "prod");
      const retained = new CfnCondition(stack, "Retained", {
        expression: Fn.conditionAnd(isProduction, Fn.conditionNot(Fn.conditionOr(Fn.conditionNot(isProduction)))),
      });
      return Fn.conditionIf(retained.logicalId, "retained", "dropped");
    };
    expect(resolved(build, { Environment: environment })).toBe(expected);
  });

  it("looks up a mapping", () => {
    const value = resolved((stack) => {
      const mapping = new CfnMapping(stack, "Limits", { mapping: { "us-east-1": { pages: "500" } } });
      return mapping.findInMap(Aws.REGION, "pages");
    });
    expect(value).toBe("500");
  });

  it.each([
    [
      "an import",
      (stack: Stack) => new CfnOutput(stack, "Other", { value: Fn.importValue("there") }),
      "Other uses Fn::ImportValue",
    ],
    [
      "an availability zone",
      (stack: Stack) => new CfnOutput(stack, "Other", { value: Fn.select(0, Fn.getAzs()) }),
      "Fn::GetAZs",
    ],
    [
      "an attribute it does not know",
      (stack: Stack) => {
        const bucket = new s3.CfnBucket(stack, "Intake");
        new CfnOutput(stack, "Other", { value: bucket.attrWebsiteUrl });
      },
      'Intake (AWS::S3::Bucket) has no attribute "WebsiteURL"',
    ],
    [
      "a type it cannot name",
      (stack: Stack) => {
        const server = new CfnResource(stack, "Server", { type: "AWS::EC2::Instance" });
        new CfnOutput(stack, "Other", { value: server.ref });
      },
      "Server is a AWS::EC2::Instance",
    ],
    [
      "a parameter without value",
      (stack: Stack) => new CfnOutput(stack, "Other", { value: new CfnParameter(stack, "Mail").valueAsString }),
      '"Mail"',
    ],
  ])("refuses %s, naming the logical id", (_, build, message) => {
    const template = readTemplate(synthesize((stack) => void build(stack)));
    expect(() => template.outputs).toThrow(TemplateNotResolvableError);
    expect(() => template.outputs).toThrow(message);
  });

  it("drops resources whose condition does not hold, and properties without value", () => {
    const template = readTemplate(
      synthesize((stack) => {
        const never = new CfnCondition(stack, "Never", { expression: Fn.conditionEquals("a", "b") });
        new sqs.CfnQueue(stack, "Gone").cfnOptions.condition = never;
        new sqs.CfnQueue(stack, "Kept", { queueName: "kept", kmsMasterKeyId: Aws.NO_VALUE });
      }),
    );
    expect([...template.resources.keys()]).toEqual(["Kept"]);
    expect(template.resource("Kept").properties).toEqual({ QueueName: "kept" });
  });

  it("keeps names within AWS's limits", () => {
    const logicalId = "A".repeat(120);
    const template = readTemplate(
      synthesize((stack) => {
        new s3.CfnBucket(stack, "B".repeat(120));
        new CfnResource(stack, logicalId, { type: "AWS::Lambda::Function" });
      }),
    );
    expect(template.ofType("AWS::S3::Bucket")[0]?.ref).toMatch(/^[a-z0-9-]{63}$/);
    expect(template.ofType("AWS::Lambda::Function")[0]?.ref).toMatch(/^[A-Za-z0-9-]{64}$/);
  });
});

it("says that a directory is no cloud assembly", () => {
  expect(() => readTemplate(temporaryDirectory("empty"))).toThrow(AssemblyNotReadableError);
});
