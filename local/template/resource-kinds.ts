import { accountId, arn, bucketName, generatedId, physicalName, region } from "./physical-name.ts";

/** What AWS would answer for a resource: its `Ref` and its `Fn::GetAtt` attributes. */
export interface Identity {
  readonly ref: string;
  readonly attributes: Readonly<Record<string, string>>;
}

interface Naming {
  readonly stackName: string;
  readonly logicalId: string;
  /** The property, resolved, when the template states it as a string. */
  property(name: string): string | undefined;
}

type Kind = (naming: Naming) => Identity;

/** Explicit name where the template gives one, otherwise the deterministic one. */
const named = ({ stackName, logicalId, property }: Naming, nameProperty: string, maxLength: number) =>
  property(nameProperty) ?? physicalName(stackName, logicalId, maxLength);

const seeded = ({ stackName, logicalId }: Naming, length: number) => generatedId(`${stackName}/${logicalId}`, length);

/** A kind that others only ever refer to by name. */
const byName =
  (nameProperty: string, maxLength = 128): Kind =>
  (naming) => ({ ref: named(naming, nameProperty, maxLength), attributes: {} });

/** A kind that gets an id from AWS; `idAttributes` are the names under which GetAtt gives the same id. */
const byId =
  (...idAttributes: string[]): Kind =>
  (naming) => {
    const id = seeded(naming, 10);
    return { ref: id, attributes: Object.fromEntries(["Id", ...idAttributes].map((name) => [name, id])) };
  };

const table: Kind = (naming) => {
  const name = named(naming, "TableName", 255);
  return { ref: name, attributes: { Arn: arn("dynamodb", `table/${name}`) } };
};

const namedArn =
  (nameProperty: string, service: string, resource: (name: string) => string, maxLength: number): Kind =>
  (naming) => {
    const name = named(naming, nameProperty, maxLength);
    return { ref: name, attributes: { Arn: arn(service, resource(name)) } };
  };

/** Every resource type of the template that this machine can name. @see CloudFormation resource reference, "Return values" */
export const resourceKinds: Readonly<Record<string, Kind>> = {
  "AWS::S3::Bucket": (naming) => {
    const name = naming.property("BucketName") ?? bucketName(naming.stackName, naming.logicalId);
    return {
      ref: name,
      attributes: {
        Arn: `arn:aws:s3:::${name}`,
        DomainName: `${name}.s3.amazonaws.com`,
        RegionalDomainName: `${name}.s3.${region}.amazonaws.com`,
        DualStackDomainName: `${name}.s3.dualstack.${region}.amazonaws.com`,
      },
    };
  },
  "AWS::S3::BucketPolicy": byName("Bucket"),
  "AWS::DynamoDB::Table": table,
  "AWS::DynamoDB::GlobalTable": table,
  "AWS::Lambda::Function": namedArn("FunctionName", "lambda", (name) => `function:${name}`, 64),
  "AWS::Lambda::Permission": byId(),
  "AWS::Lambda::EventInvokeConfig": byId(),
  "AWS::Lambda::EventSourceMapping": byId(),
  "AWS::Lambda::LayerVersion": (naming) => {
    const layer = arn("lambda", `layer:${named(naming, "LayerName", 64)}:1`);
    return { ref: layer, attributes: { LayerVersionArn: layer } };
  },
  "AWS::IAM::Role": (naming) => {
    const name = named(naming, "RoleName", 64);
    const path = naming.property("Path") ?? "/";
    return {
      ref: name,
      attributes: {
        Arn: arn("iam", `role${path}${name}`, { region: "" }),
        RoleId: `AROA${seeded(naming, 17).toUpperCase()}`,
      },
    };
  },
  "AWS::IAM::Policy": (naming) => ({ ref: seeded(naming, 10), attributes: { Id: seeded(naming, 10) } }),
  "AWS::IAM::ManagedPolicy": (naming) => {
    const policy = arn("iam", `policy/${named(naming, "ManagedPolicyName", 128)}`, { region: "" });
    return { ref: policy, attributes: { PolicyArn: policy } };
  },
  "AWS::StepFunctions::StateMachine": (naming) => {
    const name = named(naming, "StateMachineName", 80);
    const machine = arn("states", `stateMachine:${name}`);
    return { ref: machine, attributes: { Arn: machine, Name: name } };
  },
  "AWS::Events::EventBus": (naming) => {
    const name = named(naming, "Name", 256);
    return { ref: name, attributes: { Arn: arn("events", `event-bus/${name}`), Name: name } };
  },
  "AWS::Events::EventBusPolicy": byId(),
  "AWS::Events::Rule": (naming) => {
    const name = named(naming, "Name", 64);
    const bus = naming.property("EventBusName")?.split("/").at(-1);
    const onOwnBus = bus !== undefined && bus !== "default";
    return {
      ref: onOwnBus ? `${bus}|${name}` : name,
      attributes: { Arn: arn("events", `rule/${onOwnBus ? `${bus}/` : ""}${name}`) },
    };
  },
  "AWS::Events::Archive": byName("ArchiveName", 48),
  "AWS::Scheduler::Schedule": namedArn("Name", "scheduler", (name) => `schedule/default/${name}`, 64),
  "AWS::Scheduler::ScheduleGroup": namedArn("Name", "scheduler", (name) => `schedule-group/${name}`, 64),
  "AWS::SQS::Queue": (naming) => {
    const name = named(naming, "QueueName", 80);
    const url = `https://sqs.${region}.amazonaws.com/${accountId}/${name}`;
    return { ref: url, attributes: { Arn: arn("sqs", name), QueueName: name, QueueUrl: url } };
  },
  "AWS::SQS::QueuePolicy": byId(),
  "AWS::SNS::Topic": (naming) => {
    const name = named(naming, "TopicName", 256);
    return { ref: arn("sns", name), attributes: { TopicArn: arn("sns", name), TopicName: name } };
  },
  "AWS::SNS::TopicPolicy": byId(),
  "AWS::SNS::Subscription": (naming) => {
    const subscription = `${naming.property("TopicArn") ?? arn("sns", "topic")}:${seeded(naming, 20)}`;
    return { ref: subscription, attributes: { Arn: subscription } };
  },
  "AWS::ApiGatewayV2::Api": (naming) => {
    const id = seeded(naming, 10);
    return { ref: id, attributes: { ApiId: id, ApiEndpoint: `https://${id}.execute-api.${region}.amazonaws.com` } };
  },
  "AWS::ApiGatewayV2::Stage": byName("StageName"),
  "AWS::ApiGatewayV2::Route": byId("RouteId"),
  "AWS::ApiGatewayV2::Integration": byId("IntegrationId"),
  "AWS::ApiGatewayV2::Authorizer": byId("AuthorizerId"),
  "AWS::ApiGatewayV2::Deployment": byId("DeploymentId"),
  "AWS::ApiGateway::Account": byId(),
  "AWS::Cognito::UserPool": (naming) => {
    const id = `${region}_${seeded(naming, 9)}`;
    const provider = `cognito-idp.${region}.amazonaws.com/${id}`;
    return {
      ref: id,
      attributes: {
        Arn: arn("cognito-idp", `userpool/${id}`),
        ProviderName: provider,
        ProviderURL: `https://${provider}`,
        UserPoolId: id,
      },
    };
  },
  "AWS::Cognito::UserPoolClient": (naming) => {
    const id = seeded(naming, 26);
    return { ref: id, attributes: { ClientId: id, Name: named(naming, "ClientName", 128) } };
  },
  "AWS::Cognito::UserPoolDomain": (naming) => ({
    ref: named(naming, "Domain", 63),
    attributes: { CloudFrontDistribution: `d${seeded(naming, 13)}.cloudfront.net` },
  }),
  "AWS::Cognito::UserPoolResourceServer": byName("Identifier", 256),
  "AWS::Cognito::UserPoolGroup": byName("GroupName"),
  "AWS::Cognito::ManagedLoginBranding": byId("ManagedLoginBrandingId"),
  "AWS::CloudFront::Distribution": (naming) => {
    const id = `E${seeded(naming, 13).toUpperCase()}`;
    return { ref: id, attributes: { Id: id, DomainName: `d${seeded(naming, 13)}.cloudfront.net` } };
  },
  "AWS::CloudFront::OriginAccessControl": byId(),
  "AWS::CloudFront::ResponseHeadersPolicy": byId(),
  "AWS::CloudFront::CachePolicy": byId(),
  "AWS::CloudFront::OriginRequestPolicy": byId(),
  "AWS::CloudFront::Function": (naming) => {
    const name = named(naming, "Name", 64);
    const functionArn = arn("cloudfront", `function/${name}`, { region: "" });
    return { ref: functionArn, attributes: { FunctionARN: functionArn } };
  },
  "AWS::KMS::Key": (naming) => {
    const seed = seeded(naming, 32);
    const id = [seed.slice(0, 8), seed.slice(8, 12), seed.slice(12, 16), seed.slice(16, 20), seed.slice(20)].join("-");
    return { ref: id, attributes: { Arn: arn("kms", `key/${id}`), KeyId: id } };
  },
  "AWS::KMS::Alias": byName("AliasName", 256),
  "AWS::Logs::LogGroup": namedArn("LogGroupName", "logs", (name) => `log-group:${name}:*`, 512),
  "AWS::Logs::LogStream": byName("LogStreamName", 512),
  "AWS::Logs::MetricFilter": byName("FilterName", 512),
  "AWS::Logs::ResourcePolicy": byName("PolicyName", 255),
  "AWS::Logs::QueryDefinition": byId("QueryDefinitionId"),
  "AWS::CloudWatch::Alarm": namedArn("AlarmName", "cloudwatch", (name) => `alarm:${name}`, 255),
  "AWS::CloudWatch::CompositeAlarm": namedArn("AlarmName", "cloudwatch", (name) => `alarm:${name}`, 255),
  "AWS::CloudWatch::Dashboard": byName("DashboardName", 255),
  "AWS::SSM::Parameter": byName("Name", 1011),
  "AWS::SecretsManager::Secret": (naming) => {
    const secret = arn("secretsmanager", `secret:${named(naming, "Name", 512)}-${seeded(naming, 6)}`);
    return { ref: secret, attributes: { Id: secret } };
  },
  "AWS::Budgets::Budget": byId(),
  "AWS::CDK::Metadata": byId(),
};
