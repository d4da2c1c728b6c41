import { aws_dynamodb as dynamodb, aws_iam as iam, aws_lambda as lambda, aws_s3 as s3 } from "aws-cdk-lib";
import { beforeAll, describe, expect, it } from "vitest";
import { authorise } from "../../../local/iam/authorise.ts";
import { PolicyNotImitatedError } from "../../../local/iam/condition.ts";
import { type Grant, listGrants, operator, readPrincipals } from "../../../local/iam/principals.ts";
import { readTemplate } from "../../../local/template/read-template.ts";
import type { Template } from "../../../local/template/template.ts";
import { synthesize } from "../template/synthesized-app.ts";

const lambdaPrincipal = new iam.ServicePrincipal("lambda.amazonaws.com");

describe("the roles of a template", () => {
  let template: Template;
  let role: string;
  let table: string;
  const may = (action: string, resource: string, without: readonly Grant[] = []) => {
    const principal = readPrincipals(template, { without }).get(role);
    if (!principal) throw new Error(`no role ${role}`);
    try {
      authorise(principal, action, resource);
      return true;
    } catch {
      return false;
    }
  };

  beforeAll(() => {
    template = readTemplate(
      synthesize((stack, { code }) => {
        const cases = new dynamodb.Table(stack, "Cases", {
          partitionKey: { name: "pk", type: dynamodb.AttributeType.STRING },
        });
        const intake = new s3.Bucket(stack, "Intake", { enforceSSL: true });
        const handler = new lambda.Function(stack, "OpenCase", {
          runtime: lambda.Runtime.NODEJS_24_X,
          handler: "index.handler",
          code: lambda.Code.fromAsset(code),
        });
        cases.grant(handler, "dynamodb:PutItem", "dynamodb:GetItem");
        const readIntake = new iam.PolicyStatement({
          actions: ["s3:GetObject"],
          resources: [intake.arnForObjects("invoices/*")],
        });
        const managed = new iam.ManagedPolicy(stack, "ReadIntake", { statements: [readIntake] });
        handler.role?.addManagedPolicy(managed);
        new iam.Role(stack, "Other", {
          assumedBy: lambdaPrincipal,
          inlinePolicies: {
            list: new iam.PolicyDocument({
              statements: [new iam.PolicyStatement({ actions: ["s3:ListBucket"], resources: [intake.bucketArn] })],
            }),
          },
        });
      }),
    );
    role = template.ofType("AWS::IAM::Role").find(({ logicalId }) => logicalId.startsWith("OpenCase"))?.logicalId ?? "";
    table = template.ofType("AWS::DynamoDB::Table")[0]?.attribute("Arn") ?? "";
  });

  it("hold what attached, managed and AWS-managed policies grant, and nothing else", () => {
    const intake = template.ofType("AWS::S3::Bucket")[0]?.attribute("Arn");
    expect(may("dynamodb:PutItem", table)).toBe(true);
    expect(may("s3:GetObject", `${intake}/invoices/a.pdf`)).toBe(true);
    expect(may("logs:PutLogEvents", "arn:aws:logs:us-east-1:000000000000:log-group:any:*")).toBe(true);
    expect(may("s3:ListBucket", intake ?? "")).toBe(false);
    expect(may("s3:GetObject", `${intake}/support/a.pdf`)).toBe(false);
  });

  it("list their grants one by one", () => {
    const grants = listGrants(template);
    expect(grants.filter((grant) => grant.resource === table)).toEqual([
      expect.objectContaining({ role, statement: 0, action: "dynamodb:PutItem" }),
      expect.objectContaining({ role, statement: 0, action: "dynamodb:GetItem" }),
    ]);
    expect(grants.map(({ role, policy, action }) => `${role} ${policy} ${action}`)).toContainEqual(
      expect.stringMatching(/^Other\w* Other\w*\/list s3:ListBucket$/),
    );
  });

  it("lose exactly the grant that a test takes away", () => {
    const grants = listGrants(template).filter((grant) => grant.role === role);
    const granted = (without: readonly Grant[]) =>
      grants.filter(({ action, resource }) => may(action, resource.replace("*", "x"), without));
    for (const grant of grants.filter(({ resource }) => resource !== "*")) {
      expect(granted([grant])).toEqual(grants.filter((other) => other !== grant));
    }
  });

  it("leave the operator free to do everything", () => {
    expect(() => authorise(operator, "dynamodb:Scan", table)).not.toThrow();
  });
});

describe("policies it cannot judge", () => {
  it.each([
    [
      "an AWS-managed policy whose text it does not have",
      (role: iam.Role) => role.addManagedPolicy(iam.ManagedPolicy.fromAwsManagedPolicyName("AdministratorAccess")),
      "AdministratorAccess",
    ],
    [
      "a condition operator it does not evaluate",
      (role: iam.Role) =>
        void role.addToPolicy(
          new iam.PolicyStatement({
            actions: ["s3:*"],
            resources: ["*"],
            conditions: { IpAddress: { "aws:SourceIp": "::1" } },
          }),
        ),
      "IpAddress",
    ],
  ])("stop the boot: %s", (_, grant, message) => {
    const template = readTemplate(
      synthesize((stack) => grant(new iam.Role(stack, "Role", { assumedBy: lambdaPrincipal }))),
    );
    expect(() => readPrincipals(template)).toThrow(PolicyNotImitatedError);
    expect(() => readPrincipals(template)).toThrow(message);
  });
});
