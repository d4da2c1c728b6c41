import type { IBucket } from "aws-cdk-lib/aws-s3";
import { Construct } from "constructs";
import type { HandlerFunction } from "../functions/handler-function.ts";
import { type AccessLogging, privateBucket } from "./private-bucket.ts";

/** What was decided, as `<workflow>/<caseId>.json`, for the systems that act on it. Kept until their owner deletes it. */
export class OutcomeBucket extends Construct {
  readonly #bucket: IBucket;

  constructor(scope: Construct, id: string, { logging }: { logging: AccessLogging }) {
    super(scope, id);
    this.#bucket = privateBucket(this, { logging });
  }

  get bucketName(): string {
    return this.#bucket.bucketName;
  }

  /** To tell others what was decided. */
  grantRead(fn: HandlerFunction): void {
    fn.supply("OUTCOME_BUCKET", this.#bucket.bucketName);
    fn.allow(["s3:GetObject"], [this.#bucket.arnForObjects("*")]);
  }

  grantDeliver(fn: HandlerFunction): void {
    fn.supply("OUTCOME_BUCKET", this.#bucket.bucketName);
    fn.allow(["s3:PutObject"], [this.#bucket.arnForObjects("*")]);
  }
}
