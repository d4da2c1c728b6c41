import { Duration } from "aws-cdk-lib";
import { CfnBucket, type IBucket } from "aws-cdk-lib/aws-s3";
import { Construct } from "constructs";
import type { HandlerFunction } from "../functions/handler-function.ts";
import { type AccessLogging, privateBucket } from "./private-bucket.ts";

export interface IntakeBucketProps {
  readonly logging: AccessLogging;
  /** A case is keyed on bucket, key and version: a replaced version must outlive the case that came from it. */
  readonly versionRetentionDays: number;
}

/** Where documents are dropped, as `<workflow>/<anything>`. Every new version is announced on the account's default event bus. */
export class IntakeBucket extends Construct {
  readonly #bucket: IBucket;

  constructor(scope: Construct, id: string, { logging, versionRetentionDays }: IntakeBucketProps) {
    super(scope, id);
    this.#bucket = privateBucket(this, {
      logging,
      lifecycleRules: [{ noncurrentVersionExpiration: Duration.days(versionRetentionDays) }],
    });
    // Not by the construct's own property: that adds a Lambda which does no more than this.
    const resource = this.#bucket.node.defaultChild;
    if (resource instanceof CfnBucket)
      resource.notificationConfiguration = { eventBridgeConfiguration: { eventBridgeEnabled: true } };
  }

  get bucketName(): string {
    return this.#bucket.bucketName;
  }

  /** Pattern of the events that announce a drop. */
  get dropPattern() {
    return {
      source: ["aws.s3"],
      detailType: ["Object Created"],
      detail: { bucket: { name: [this.#bucket.bucketName] } },
    };
  }

  /** To register a drop: its metadata, and its sidecar. Listing makes S3 say "not found" for a sidecar that is not there. */
  grantInspect(fn: HandlerFunction): void {
    fn.supply("INTAKE_BUCKET", this.#bucket.bucketName);
    fn.allow(["s3:GetObject", "s3:GetObjectVersion"], [this.#bucket.arnForObjects("*")]);
    fn.allow(["s3:ListBucket"], [this.#bucket.bucketArn]);
  }

  /** To read the very version that a case was opened for. */
  grantReadVersion(fn: HandlerFunction): void {
    fn.supply("INTAKE_BUCKET", this.#bucket.bucketName);
    fn.allow(["s3:GetObjectVersion"], [this.#bucket.arnForObjects("*")]);
  }

  /** To sign uploads: a presigned address can do no more than who signed it. */
  grantSignUpload(fn: HandlerFunction): void {
    fn.supply("INTAKE_BUCKET", this.#bucket.bucketName);
    fn.allow(["s3:PutObject"], [this.#bucket.arnForObjects("*")]);
  }
}
