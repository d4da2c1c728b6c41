import type { Template } from "../template/template.ts";

/** What the one machine does itself, by the type of the template's resource. */
const imitated: ReadonlySet<string> = new Set([
  "AWS::ApiGatewayV2::Api",
  "AWS::ApiGatewayV2::Authorizer",
  "AWS::ApiGatewayV2::Integration",
  "AWS::ApiGatewayV2::Route",
  "AWS::ApiGatewayV2::Stage",
  "AWS::CloudFront::Distribution",
  "AWS::CloudFront::ResponseHeadersPolicy",
  "AWS::Cognito::UserPool",
  "AWS::Cognito::UserPoolClient",
  "AWS::Cognito::UserPoolDomain",
  "AWS::Cognito::UserPoolResourceServer",
  "AWS::DynamoDB::Table",
  "AWS::DynamoDB::GlobalTable",
  "AWS::Events::EventBus",
  "AWS::Events::Rule",
  "AWS::IAM::ManagedPolicy",
  "AWS::IAM::Policy",
  "AWS::IAM::Role",
  "AWS::Lambda::EventInvokeConfig",
  "AWS::Lambda::Function",
  "AWS::Lambda::Permission",
  "AWS::S3::Bucket",
  "AWS::SQS::Queue",
  "AWS::SecretsManager::Secret",
  "AWS::SQS::QueuePolicy",
  "AWS::StepFunctions::StateMachine",
  "Custom::CDKBucketDeployment",
]);

/** What the one machine leaves out, and what that means for whoever relies on it. */
const notImitated: Readonly<Record<string, string>> = {
  "AWS::CloudWatch::Alarm": "Alarms never go off here; what they watch is in the logs folder.",
  "AWS::CloudWatch::CompositeAlarm": "Alarms never go off here; what they watch is in the logs folder.",
  "AWS::CloudWatch::Dashboard": "There are no dashboards here.",
  "AWS::SNS::Topic": "Nobody is notified: there is no SNS here.",
  "AWS::SNS::TopicPolicy": "Nobody is notified: there is no SNS here.",
  "AWS::SNS::Subscription": "Nobody is notified: there is no SNS here.",
  "AWS::KMS::Key": "Nothing is encrypted at rest here beyond what the disk does.",
  "AWS::KMS::Alias": "Nothing is encrypted at rest here beyond what the disk does.",
  "AWS::Logs::LogGroup": "Logs are files in the logs folder, set aside at 10 MB, without CloudWatch's retention.",
  "AWS::Logs::ResourcePolicy": "Logs are files in the logs folder, set aside at 10 MB, without CloudWatch's retention.",
  "AWS::Lambda::LayerVersion":
    "CDK's own layer for uploading the page is not needed: the page is served from the build.",
  "AWS::S3::BucketPolicy":
    "Bucket policies are not evaluated: they demand TLS, and connections here never leave the machine.",
  "AWS::Cognito::ManagedLoginBranding": "Sign-in looks different on AWS, and asks for a password there.",
  "AWS::CloudFront::OriginAccessControl": "The page's files are served from the build, so no origin access is signed.",
  "AWS::CDK::Metadata": "CDK's usage record has no meaning here.",
};

/** The template holds a type that was neither built nor left out on purpose: running without it would hide something. */
class ResourceTypeUnknownError extends Error {
  override readonly name = "ResourceTypeUnknownError";

  constructor(types: ReadonlyMap<string, string>) {
    const list = [...types].map(([type, logicalId]) => `${type} (${logicalId})`).join(", ");
    super(
      `The template holds what the one machine does not know: ${list}. Imitate it under local/, or say in local/stack/not-imitated.ts what leaving it out means.`,
    );
  }
}

/** Sentences on what this template has and the one machine leaves out, each once. @throws {ResourceTypeUnknownError} */
export function whatIsNotImitated(template: Template): readonly string[] {
  const sentences = new Set<string>();
  const unknown = new Map<string, string>();
  for (const { type, logicalId } of template.resources.values()) {
    const sentence = notImitated[type];
    if (sentence !== undefined) sentences.add(sentence);
    else if (!imitated.has(type)) unknown.set(type, logicalId);
  }
  if (unknown.size > 0) throw new ResourceTypeUnknownError(unknown);
  if (template.ofType("AWS::CloudFront::ResponseHeadersPolicy").length > 0) {
    sentences.add("Strict-Transport-Security is left out: the one machine speaks plain HTTP on 127.0.0.1.");
  }
  return [...sentences].sort();
}
