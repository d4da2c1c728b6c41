import { Duration } from "aws-cdk-lib";
import type { IBucket } from "aws-cdk-lib/aws-s3";
import { Construct } from "constructs";
import type { HandlerFunction } from "../functions/handler-function.ts";
import { type AccessLogging, privateBucket } from "./private-bucket.ts";

export interface EvidenceBucketProps {
  readonly logging: AccessLogging;
  readonly retentionDays: number;
}

/** Prefix of what belongs to one case. */
const ofCases = "cases/";
/** Prefix of the reference lists that owners upload: they have no date of expiry. */
const ofLists = "lists/";

/** What a case was judged on: texts, proposals and page images under `cases/`, reference lists under `lists/`. */
export class EvidenceBucket extends Construct {
  readonly #bucket: IBucket;

  constructor(scope: Construct, id: string, { logging, retentionDays }: EvidenceBucketProps) {
    super(scope, id);
    this.#bucket = privateBucket(this, {
      logging,
      lifecycleRules: [
        { prefix: ofCases, expiration: Duration.days(retentionDays) },
        { noncurrentVersionExpiration: Duration.days(retentionDays) },
      ],
    });
  }

  get bucketName(): string {
    return this.#bucket.bucketName;
  }

  /** Origin of presigned page images, for the page's content security policy. */
  get origin(): string {
    return `https://${this.#bucket.bucketRegionalDomainName}`;
  }

  /** To add what was read, drawn or proposed. */
  grantAdd(fn: HandlerFunction): void {
    this.#grant(fn, "s3:PutObject", ofCases);
  }

  /** To read what may not be there yet. */
  grantFind(fn: HandlerFunction): void {
    this.#grant(fn, "s3:GetObject", ofCases);
    this.#grantTellMissing(fn);
  }

  /** To sign addresses of page images: a presigned address can do no more than who signed it. */
  grantSignAddress(fn: HandlerFunction): void {
    this.#grant(fn, "s3:GetObject", ofCases);
  }

  /** To weigh a case against the reference lists, of which any may be missing. */
  grantFindLists(fn: HandlerFunction): void {
    this.#grant(fn, "s3:GetObject", ofLists);
    this.#grantTellMissing(fn);
  }

  grantReplaceLists(fn: HandlerFunction): void {
    this.#grant(fn, "s3:PutObject", ofLists);
  }

  #grant(fn: HandlerFunction, action: string, prefix: string): void {
    fn.supply("EVIDENCE_BUCKET", this.#bucket.bucketName);
    fn.allow([action], [this.#bucket.arnForObjects(`${prefix}*`)]);
  }

  /**
   * Who may list is told "not found"; who may not is told "access denied" of an object that is not there. Without a
   * condition on the prefix: S3 asks for this permission without one when it answers a GET.
   */
  #grantTellMissing(fn: HandlerFunction): void {
    fn.allow(["s3:ListBucket"], [this.#bucket.bucketArn]);
  }
}
