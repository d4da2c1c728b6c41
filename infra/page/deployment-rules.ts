import { Stack, Validations } from "aws-cdk-lib";
import type { Construct } from "constructs";

/** The Lambda that uploads the page comes with CDK: its shape is not ours to mend. */
export function acknowledgeDeployment(scope: Construct): void {
  for (const child of Stack.of(scope).node.children) {
    if (child.node.id.startsWith("Custom::CDKBucketDeployment"))
      Validations.of(child).acknowledge(...rulesOfTheUploader);
  }
}

/** Its wildcards stand with all others, in infra/wildcards.ts. */
const rulesOfTheUploader = [
  {
    id: "AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole]",
    reason: "CDK's uploader logs by AWS's managed policy for it.",
  },
  { id: "AwsSolutions-L1", reason: "CDK chooses the uploader's runtime and moves it with CDK's versions." },
];
