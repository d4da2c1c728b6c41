import { Duration, RemovalPolicy } from "aws-cdk-lib";
import {
  BlockPublicAccess,
  Bucket,
  BucketEncryption,
  type IBucket,
  type LifecycleRule,
  ObjectOwnership,
} from "aws-cdk-lib/aws-s3";
import type { Construct } from "constructs";

/** Where a bucket's access is logged: the log bucket, and a prefix in it. */
export interface AccessLogging {
  readonly bucket: IBucket;
  readonly prefix: string;
}

/** A bucket as this house keeps them: private, encrypted, TLS only, versioned, retained, its access logged. */
export function privateBucket(
  scope: Construct,
  { logging, lifecycleRules = [] }: { logging: AccessLogging; lifecycleRules?: readonly LifecycleRule[] },
): IBucket {
  return asBucket(
    new Bucket(scope, "Default", {
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
      encryption: BucketEncryption.S3_MANAGED,
      enforceSSL: true,
      minimumTLSVersion: 1.2,
      versioned: true,
      removalPolicy: RemovalPolicy.RETAIN,
      serverAccessLogsBucket: logging.bucket,
      serverAccessLogsPrefix: logging.prefix,
      lifecycleRules: [{ abortIncompleteMultipartUploadAfter: Duration.days(1) }, ...lifecycleRules],
    }),
  );
}

/** CDK declares optional properties loosely: with `exactOptionalPropertyTypes`, its own class no longer fits its own interface. */
export function asBucket(bucket: Bucket): IBucket {
  return bucket as IBucket;
}
