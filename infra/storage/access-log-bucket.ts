import { Duration, RemovalPolicy } from "aws-cdk-lib";
import { BlockPublicAccess, Bucket, BucketEncryption, type IBucket, ObjectOwnership } from "aws-cdk-lib/aws-s3";
import { Construct } from "constructs";
import { asBucket } from "./private-bucket.ts";

/** Who asked which bucket and the page for what. Delivered by S3 and CloudFront, read by nobody but an auditor. */
export class AccessLogBucket extends Construct {
  readonly bucket: IBucket;

  constructor(scope: Construct, id: string, { retentionDays }: { retentionDays: number }) {
    super(scope, id);
    this.bucket = asBucket(
      new Bucket(this, "Default", {
        blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
        // CloudFront's standard logs are delivered by ACL; everything else still goes by policy.
        objectOwnership: ObjectOwnership.BUCKET_OWNER_PREFERRED,
        encryption: BucketEncryption.S3_MANAGED,
        enforceSSL: true,
        minimumTLSVersion: 1.2,
        removalPolicy: RemovalPolicy.RETAIN,
        lifecycleRules: [{ expiration: Duration.days(retentionDays) }],
      }),
    );
  }
}
