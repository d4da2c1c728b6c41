import { RemovalPolicy } from "aws-cdk-lib";
import { ServicePrincipal } from "aws-cdk-lib/aws-iam";
import { Key } from "aws-cdk-lib/aws-kms";
import { Topic } from "aws-cdk-lib/aws-sns";
import { EmailSubscription } from "aws-cdk-lib/aws-sns-subscriptions";
import { Construct } from "constructs";

/** Where alarms go. On a key of the account's own, because CloudWatch cannot publish to a topic on AWS's managed key. */
export class AlarmTopic extends Construct {
  readonly topic: Topic;

  constructor(scope: Construct, id: string, { email }: { email: string | undefined }) {
    super(scope, id);
    const key = new Key(this, "Key", {
      description: "Encrypts alarm notifications",
      enableKeyRotation: true,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    key.grantEncryptDecrypt(new ServicePrincipal("cloudwatch.amazonaws.com"));
    this.topic = new Topic(this, "Default", { masterKey: key, enforceSSL: true });
    if (email !== undefined) this.topic.addSubscription(new EmailSubscription(email));
  }
}
